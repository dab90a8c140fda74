import type { Signal } from '@preact/signals'
import { themes } from '@nonconvex/experiments/figure'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { theme } from '../state/theme.js'
import { Crosshair } from './crosshair.js'
import { frameOf } from './frame.js'
import { mapShapes } from './map-picture.js'
import { paint } from './paint.js'
import { type PictureProps, pictureType, pictureWidth, useRem } from './picture-props.js'
import { criticalPointShapes } from './critical-point-shapes.js'
import { runShapes } from './run-shapes.js'
import type { Point } from './initial-points.js'
import { useReveal } from './use-reveal.js'

interface Props extends PictureProps {
  readonly pointer: Signal<Point>
  readonly announcement: Signal<string>
  readonly onPick: (at: Point) => void
}

/**
 * The loss as contours. Three canvases lie over each other: the loss, what was found on it, the
 * crosshair.
 */
export function MapView({
  problem,
  points,
  runs,
  wanted,
  width,
  pointer,
  announcement,
  onPick,
}: Props) {
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
    (fractionOf) => {
      if (!above.current || width === 0) return
      const paths = runs.flatMap((run) => runShapes(run, frame, tones, fractionOf(run)))
      paint(above.current, {
        ...frame,
        shapes: [...paths, ...criticalPointShapes(points, frame, tones)],
      })
    },
    [points, frame, tones],
  )
  return (
    <div class="map">
      <canvas ref={ground} aria-hidden="true" />
      <canvas ref={above} aria-hidden="true" />
      <Crosshair {...{ frame, problem, pointer, announcement, onPick }} />
    </div>
  )
}
