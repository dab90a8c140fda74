import { themes } from '@nonconvex/experiments/figure'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { theme } from '../state/theme.js'
import { moved } from './camera.js'
import type { Seen } from './map-view.js'
import { paint } from './paint.js'
import { pictureType, pictureWidth, useRem } from './picture-size.js'
import { surfaceFor, usualCamera } from './surface-picture.js'

const STEP = 5
const arrows: { readonly [key: string]: readonly [by: number, up: number] } = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
}
/** Degrees for each pixel that it is dragged. */
const TURN = 0.4

/** The loss as a surface that is turned by dragging or by arrow keys. */
export function SurfaceView({ problem, places, runs, width }: Seen) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [camera, setCamera] = useState(() =>
    usualCamera((Math.atan2(problem.teacher[1], problem.teacher[0]) * 180) / Math.PI),
  )
  const rem = useRem()
  const tones = themes[theme.value]
  useLayoutEffect(() => {
    if (!canvas.current || width === 0) return
    const size = [pictureWidth(width, rem), pictureType(rem)] as const
    paint(canvas.current, surfaceFor({ problem, places, runs }, ...size, camera, tones))
  }, [problem, places, runs, width, rem, camera, tones])
  return (
    <div class="surface">
      <canvas
        ref={canvas}
        tabIndex={0}
        role="application"
        aria-label="The loss as a surface over the plane of w₁ and w₂. Arrow keys turn it; starts are set on the contours."
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
        }}
        onPointerMove={(event) => {
          if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
          const { movementX, movementY } = event
          setCamera((now) => moved(now, TURN * movementX, TURN * movementY))
        }}
        onKeyDown={(event) => {
          const arrow = arrows[event.key]
          if (!arrow) return
          event.preventDefault()
          setCamera((now) => moved(now, ...arrow))
        }}
      />
      <p class="note">
        Drag it, or press arrow keys on it, to turn it. Starts are set on the contours.
      </p>
    </div>
  )
}
