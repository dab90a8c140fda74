import type { Signal } from '@preact/signals'
import { themes } from '@nonconvex/experiments/figure'
import { useEffect, useRef, useState } from 'preact/hooks'
import { canvasTheme } from '../state/theme.js'
import { toPixels, toPlane, type Frame } from './frame.js'
import { paint } from './paint.js'
import { pointInfo, type Problem } from './problem.js'
import type { Shape } from './shape.js'
import { rounded, type Point } from './initial-points.js'
import { describePoint } from './describe.js'

interface Props {
  readonly frame: Frame
  readonly problem: Problem
  readonly pointer: Signal<Point>
  readonly announcement: Signal<string>
  readonly onPick: (at: Point) => void
}

const STEP = 0.05
const FINE = 0.01
const arrows: { readonly [key: string]: Point } = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
}
/**
 * The position of the crosshair is announced to screen readers when it has rested this long, in
 * milliseconds.
 */
const PAUSE = 350

/**
 * The crosshair, moved by the pointer or by arrow keys. A click or Enter starts gradient descent.
 * starts a descent.
 */
export function Crosshair({ frame, problem, pointer, announcement, onPick }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [held, setHeld] = useState(false)
  const at = pointer.value
  const tones = themes[canvasTheme.value]
  useEffect(() => {
    if (canvas.current)
      paint(canvas.current, { ...frame, shapes: held ? cross(at, frame, tones.ink) : [] })
  }, [at, held, frame, tones])
  const timer = useRef(0)
  useEffect(
    () => () => {
      clearTimeout(timer.current)
    },
    [],
  )
  const planeOf = (event: MouseEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect()
    return rounded(toPlane(frame, event.clientX - box.left, event.clientY - box.top))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const arrow = arrows[event.key]
    // keys can come faster than the page is drawn: from where it is by now
    const here = pointer.peek()
    if (arrow) {
      const step = event.shiftKey ? FINE : STEP
      const next = rounded({ x: here.x + step * arrow.x, y: here.y + step * arrow.y })
      pointer.value = next
      clearTimeout(timer.current)
      timer.current = window.setTimeout(() => {
        announcement.value = describePoint(next, pointInfo(problem, next))
      }, PAUSE)
    } else if (event.key === 'Enter' || event.key === ' ') onPick(here)
    else return
    event.preventDefault()
  }
  return (
    <canvas
      ref={canvas}
      class="crosshair"
      tabIndex={0}
      role="application"
      aria-label="The loss over the plane of w₁ and w₂. Arrow keys move the crosshair, with Shift in smaller steps; Enter starts gradient descent there."
      onPointerMove={(event) => {
        setHeld(true)
        pointer.value = planeOf(event)
      }}
      onPointerLeave={(event) => {
        if (event.currentTarget !== document.activeElement) setHeld(false)
      }}
      onFocus={() => {
        setHeld(true)
      }}
      onBlur={() => {
        setHeld(false)
      }}
      onClick={(event) => {
        const here = planeOf(event)
        pointer.value = here
        onPick(here)
      }}
      onKeyDown={onKeyDown}
    />
  )
}

function cross(at: Point, frame: Frame, stroke: string): Shape[] {
  const { left, top, side, type } = frame
  const [x, y] = toPixels(frame, at)
  const gap = 0.45 * type
  return [
    {
      kind: 'lines',
      stroke,
      width: 1,
      opacity: 0.55,
      lines: [
        [left, y, x - gap, y],
        [x + gap, y, left + side, y],
        [x, top, x, y - gap],
        [x, y + gap, x, top + side],
      ],
    },
  ]
}
