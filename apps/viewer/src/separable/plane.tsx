import { useMemo, useRef, useState } from 'preact/hooks'
import { counted } from '@nonconvex/optim/claims'
import { MAX_POINTS, rounded, type LabeledPoint } from './points.js'
import { gridFor, lineOf, regionsOf } from './regions.js'
import type { Snapshot } from './training.js'

/** The pen of the picture: it draws points of a class, or takes points away. */
export type Pen = 1 | -1 | 'erase'

/** Units of the picture's width. */
const SIDE = 400
/** A point is hit within this distance of the plane, and painted points are so far apart. */
const NEAR = 0.06
const APART = 0.13
const STEP = 0.05
const FINE = 0.01

const arrows: { readonly [key: string]: readonly [number, number] } = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}

interface Props {
  readonly name: string
  readonly points: readonly LabeledPoint[]
  readonly snapshot: Snapshot | undefined
  readonly moving: boolean
  readonly pen: Pen
  /** points that are drawn; `done` when the pointer is let go */
  readonly onDraw: (points: readonly LabeledPoint[], done: boolean) => void
}

/** The points of the plane with the decision regions of a network; points are drawn on it. */
export function Plane({ name, points, snapshot, moving, pen, onDraw }: Props) {
  const [cursor, setCursor] = useState<readonly [number, number]>()
  const pointer = usePointer(points, pen, onDraw)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const here = cursor ?? [0, 0]
    const arrow = arrows[event.key]
    if (arrow) {
      const step = event.shiftKey ? FINE : STEP
      const to = rounded({ x: here[0] + step * arrow[0], y: here[1] + step * arrow[1], label: 1 })
      setCursor([to.x, to.y])
    } else if (event.key === 'Enter' || event.key === ' ') {
      const next = pen === 'erase' ? without(points, here) : withPoint(points, here, pen)
      if (next !== points) onDraw(next, true)
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      const next = without(points, here)
      if (next !== points) onDraw(next, true)
    } else return
    event.preventDefault()
  }
  const where = cursor ? `, at (${cursor[0]}, ${cursor[1]})` : ''
  return (
    <svg
      class="plane"
      viewBox={`0 0 ${SIDE} ${SIDE}`}
      tabindex={0}
      role="application"
      aria-label={`${name}: ${counted(points.length, 'point')} with the decision regions of the network${where}. Arrow keys move the cursor, with Shift in smaller steps; Enter draws a point, Delete takes the nearest away.`}
      onFocus={(event) => {
        if (event.currentTarget.matches(':focus-visible')) setCursor((at) => at ?? [0, 0])
      }}
      onBlur={() => {
        setCursor(undefined)
      }}
      onKeyDown={onKeyDown}
      {...pointer}
    >
      <Ground snapshot={snapshot} moving={moving} />
      <Points points={points} snapshot={snapshot} />
      {cursor && (
        <path
          class="cursor"
          d={`M${px(cursor[0])} 0V${SIDE}M0 ${py(cursor[1])}H${SIDE}`}
          aria-hidden="true"
        />
      )}
    </svg>
  )
}

const px = (x: number): number => (SIDE * (x + 1)) / 2
const py = (y: number): number => (SIDE * (1 - y)) / 2

/** Everything under the points: regions, where the output is ±1, and the max-margin separator. */
function Ground({ snapshot, moving }: Pick<Props, 'snapshot' | 'moving'>) {
  const regions = useMemo(() => {
    if (!snapshot) return undefined
    const { net, problem } = snapshot
    return regionsOf(net, problem.examples.scale, gridFor(2 * net.k, moving), SIDE)
  }, [snapshot, moving])
  const separable = snapshot?.problem.examples.separable
  return (
    <g aria-hidden="true">
      <rect class="frame" width={SIDE} height={SIDE} />
      {regions && (
        <>
          <path class="region positive" d={regions.positive} />
          <path class="region negative" d={regions.negative} />
          <path class="margins" d={regions.margins} />
          {separable?.kind === 'separable' && (
            <path class="separator" d={lineOf(separable.w, 0, SIDE)} />
          )}
          <path class="decision" d={regions.decision} />
        </>
      )}
    </g>
  )
}

function Points({ points, snapshot }: Pick<Props, 'points' | 'snapshot'>) {
  // while points are drawn, the last run may be that of others
  const own = snapshot?.problem.examples.data.y.length === points.length ? snapshot : undefined
  const separable = own?.problem.examples.separable
  const contradicts = (i: number) =>
    separable?.kind === 'inseparable' && (separable.lambda[i] ?? 0) > 1e-9
  return (
    <g aria-hidden="true">
      {points.map(({ x, y, label }, i) => {
        const at = { cx: px(x), cy: py(y) }
        return (
          <g key={i} class="point">
            {contradicts(i) && (
              <path class="witness" d={`M${at.cx} ${at.cy - 19}l19 19l-19 19l-19 -19Z`} />
            )}
            {own?.updated.has(i) && (
              <circle class={own.last === i ? 'ring last' : 'ring'} {...at} r={10.5} />
            )}
            <circle class={label > 0 ? 'plus' : 'minus'} {...at} r={5.5} />
          </g>
        )
      })}
    </g>
  )
}

/** Drawing, dragging and erasing by the pointer. */
function usePointer(points: readonly LabeledPoint[], pen: Pen, onDraw: Props['onDraw']) {
  /** the point that is held, or −1 while points are painted or taken away */
  const held = useRef<number | undefined>(undefined)
  // while the pointer is down it is ahead of the page
  const latest = useRef(points)
  if (held.current === undefined) latest.current = points
  const planeOf = (event: PointerEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect()
    return [
      (2 * (event.clientX - box.left)) / box.width - 1,
      1 - (2 * (event.clientY - box.top)) / box.height,
    ] as const
  }
  const draw = (next: readonly LabeledPoint[]) => {
    if (next === latest.current) return
    latest.current = next
    onDraw(next, false)
  }
  const done = () => {
    if (held.current === undefined) return
    held.current = undefined
    onDraw(latest.current, true)
  }
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return
      const at = planeOf(event)
      ;(event.currentTarget as Element).setPointerCapture(event.pointerId)
      const hit = nearest(latest.current, at, NEAR)
      if (pen === 'erase') {
        held.current = -1
        draw(without(latest.current, at, NEAR))
      } else if (hit >= 0) held.current = hit
      else {
        held.current = -1
        draw(withPoint(latest.current, at, pen))
      }
    },
    onPointerMove: (event: PointerEvent) => {
      if (held.current === undefined) return
      const at = planeOf(event)
      const now = latest.current
      const moved = held.current
      if (moved >= 0) {
        const to = rounded({ x: at[0], y: at[1], label: now[moved].label })
        if (to.x !== now[moved].x || to.y !== now[moved].y)
          draw(now.map((point, i) => (i === moved ? to : point)))
      } else if (pen === 'erase') draw(without(now, at, NEAR))
      else if (nearest(now, at, APART) < 0) draw(withPoint(now, at, pen))
    },
    onPointerUp: done,
    // what scrolls the page draws nothing more
    onPointerCancel: done,
  }
}

/** The nearest point within this distance; −1 if there is none. */
function nearest(
  points: readonly LabeledPoint[],
  [x, y]: readonly [number, number],
  within = Infinity,
): number {
  let best = -1
  let least = within
  points.forEach((point, i) => {
    const distance = Math.hypot(point.x - x, point.y - y)
    if (distance > least) return
    least = distance
    best = i
  })
  return best
}

function without(
  points: readonly LabeledPoint[],
  at: readonly [number, number],
  within?: number,
): readonly LabeledPoint[] {
  const hit = nearest(points, at, within)
  return hit < 0 ? points : points.filter((_, i) => i !== hit)
}

/** With one more point; those of class +1 come first. */
function withPoint(
  points: readonly LabeledPoint[],
  [x, y]: readonly [number, number],
  label: 1 | -1,
): readonly LabeledPoint[] {
  if (points.length >= MAX_POINTS) return points
  const all = [...points, rounded({ x, y, label })]
  return [1, -1].flatMap((side) => all.filter((point) => point.label === side))
}
