import type { Signal } from '@preact/signals'
import { themes } from '@nonconvex/experiments/figure'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { theme } from '../state/theme.js'
import { Crosshair } from './crosshair.js'
import type { Run } from './descent.js'
import { frameOf } from './frame.js'
import { mapShapes } from './map-picture.js'
import { paint } from './paint.js'
import { pictureType, pictureWidth, useRem } from './picture-size.js'
import { placeShapes } from './place-shapes.js'
import type { Place } from './places.js'
import type { Problem } from './problem.js'
import { runShapes } from './run-shapes.js'
import type { Point } from './starts.js'
import { useReveal } from './use-reveal.js'

export interface Seen {
  readonly problem: Problem
  readonly places: readonly Place[]
  readonly runs: readonly Run[]
  /** where runs start, also those that are not there yet */
  readonly wanted: readonly Point[]
  /** of the room there is, in rem; 0 before it is known */
  readonly width: number
}

interface Props extends Seen {
  readonly pointer: Signal<Point>
  readonly said: Signal<string>
  readonly onStart: (at: Point) => void
}

/**
 * The loss as contours. Three canvases lie over each other: the loss, what was found on it, the
 * crosshair.
 */
export function MapView({ problem, places, runs, wanted, width, pointer, said, onStart }: Props) {
  const ground = useRef<HTMLCanvasElement>(null)
  const above = useRef<HTMLCanvasElement>(null)
  const rem = useRem()
  const tones = themes[theme.value]
  const frame = useMemo(() => frameOf(pictureWidth(width, rem), pictureType(rem)), [width, rem])
  useLayoutEffect(() => {
    if (!ground.current || width === 0) return
    paint(ground.current, { ...frame, shapes: mapShapes(problem, frame, tones) })
  }, [problem.teacher, problem.k, problem.stride, frame, tones])
  useReveal(
    { problem, runs, wanted },
    (shareOf) => {
      if (!above.current || width === 0) return
      const paths = runs.flatMap((run) => runShapes(run, frame, tones, shareOf(run)))
      paint(above.current, { ...frame, shapes: [...paths, ...placeShapes(places, frame, tones)] })
    },
    [places, frame, tones],
  )
  return (
    <div class="map">
      <canvas ref={ground} aria-hidden="true" />
      <canvas ref={above} aria-hidden="true" />
      <Crosshair {...{ frame, problem, pointer, said, onStart }} />
    </div>
  )
}
