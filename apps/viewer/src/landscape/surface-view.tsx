import { themes } from '@nonconvex/experiments/figure'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { canvasTheme } from '../state/theme.js'
import { moved, type Camera } from './camera.js'
import { paint } from './paint.js'
import {
  densityOf,
  iterationOf,
  type PictureProps,
  pictureType,
  pictureWidth,
  useRem,
} from './picture-props.js'
import { surfaceFor } from './surface-picture.js'

const STEP = 5
const arrows: { readonly [key: string]: readonly [by: number, up: number] } = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
}
/** Degrees for each pixel that it is dragged. */
const TURN = 0.4

interface Props extends PictureProps {
  readonly camera: Camera
  readonly onTurn: (turned: (from: Camera) => Camera) => void
}

/** The loss as a surface that is turned by dragging or by arrow keys. */
export function SurfaceView(props: Props) {
  const { problem, points, runs, scrub, width, rough, camera, onTurn } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const rem = useRem()
  const tones = themes[canvasTheme.value]
  const iteration = iterationOf(scrub)
  const [turning, setTurning] = useState(false)
  useLayoutEffect(() => {
    if (!canvas.current || width === 0) return
    const scene = { problem, points, runs, iteration, rough: rough || turning }
    const size = [pictureWidth(width, rem), pictureType(rem)] as const
    paint(canvas.current, surfaceFor(scene, ...size, camera, tones), densityOf(scene), tones.paper)
  }, [problem, points, runs, iteration, width, rem, camera, tones, rough, turning])
  return (
    <div class="surface">
      <canvas
        ref={canvas}
        tabIndex={0}
        role="application"
        aria-label="The loss as a surface over the plane of w₁ and w₂. Arrow keys rotate it; initial points are set in the contour view."
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
        }}
        onPointerMove={(event) => {
          if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
          const { movementX, movementY } = event
          setTurning(true)
          onTurn((now) => moved(now, TURN * movementX, TURN * movementY))
        }}
        onLostPointerCapture={() => {
          setTurning(false)
        }}
        onKeyDown={(event) => {
          const arrow = arrows[event.key]
          if (!arrow) return
          event.preventDefault()
          onTurn((now) => moved(now, ...arrow))
        }}
      />
      <p class="note">
        Drag to rotate it, or press the arrow keys on it. Initial points are set in the contour
        view.
      </p>
    </div>
  )
}
