import type { Signal } from '@preact/signals'
import { themes } from '@nonconvex/experiments/figure'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { canvasTheme } from '../state/theme.js'
import { basinShape } from './basin-shape.js'
import type { Basins } from './basins.js'
import { Crosshair } from './crosshair.js'
import { frameOf } from './frame.js'
import { axisShapes, mapShapes } from './map-picture.js'
import { paint } from './paint.js'
import {
  densityOf,
  iterationOf,
  type PictureProps,
  pictureType,
  pictureWidth,
  useRem,
} from './picture-props.js'
import { criticalPointShapes } from './critical-point-shapes.js'
import { runShapes } from './run-shapes.js'
import type { Point } from './initial-points.js'
import { TeacherGrip } from './teacher-grip.js'
import { useReveal } from './use-reveal.js'

interface Props extends PictureProps {
  /** undefined while they are not known, or not wanted */
  readonly basins: Basins | undefined
  /** direction of the teacher in degrees */
  readonly angle: number
  readonly pointer: Signal<Point>
  readonly announcement: Signal<string>
  readonly onPick: (at: Point) => void
}

/**
 * The loss as contours. Five canvases lie over each other: the axes, the loss, the basins of
 * attraction, what was found on it, the crosshair.
 */
export function MapView({
  problem,
  points,
  runs,
  scrub,
  wanted,
  width,
  rough,
  basins,
  angle,
  pointer,
  announcement,
  onPick,
}: Props) {
  const axes = useRef<HTMLCanvasElement>(null)
  const ground = useRef<HTMLCanvasElement>(null)
  const tint = useRef<HTMLCanvasElement>(null)
  const above = useRef<HTMLCanvasElement>(null)
  const rem = useRem()
  const tones = themes[canvasTheme.value]
  const density = densityOf({ rough })
  const frame = useMemo(() => frameOf(pictureWidth(width, rem), pictureType(rem)), [width, rem])
  useLayoutEffect(() => {
    if (axes.current && width > 0)
      paint(axes.current, { ...frame, shapes: axisShapes(frame, tones) }, 1, tones.paper)
  }, [frame, tones])
  useLayoutEffect(() => {
    if (!ground.current || width === 0) return
    const shapes = mapShapes(problem, frame, tones, rough)
    paint(ground.current, { ...frame, shapes }, density)
  }, [problem.teacher, problem.k, problem.stride, frame, tones, rough])
  useLayoutEffect(() => {
    if (!tint.current || width === 0) return
    const shapes = basins ? [basinShape(basins, frame, tones)] : []
    paint(tint.current, { ...frame, shapes })
  }, [basins, frame, tones])
  useReveal(
    { problem, runs, wanted },
    iterationOf(scrub),
    (fractionOf) => {
      if (!above.current || width === 0) return
      const paths = runs.flatMap((run) => runShapes(run, frame, tones, fractionOf(run), rough))
      const shapes = [...paths, ...criticalPointShapes(points, frame, tones)]
      paint(above.current, { ...frame, shapes }, density)
    },
    [points, frame, tones, rough],
  )
  return (
    <div class="map">
      <canvas ref={axes} aria-hidden="true" />
      <canvas ref={ground} class="loss" aria-hidden="true" />
      <canvas ref={tint} class="basins" aria-hidden="true" />
      <canvas ref={above} class="paths" aria-hidden="true" />
      <Crosshair {...{ frame, problem, pointer, announcement, onPick }} />
      <TeacherGrip frame={frame} angle={angle} />
    </div>
  )
}
