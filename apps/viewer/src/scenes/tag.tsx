import type { Rect } from '@nonconvex/structured/drawing'
import type { ShownObject } from './permuted-scene.js'
import type { Colors } from './colors.js'
import type { DragHandlers, Shift } from './use-object-drag.js'

interface Props {
  readonly number: number
  readonly object: ShownObject
  readonly place: Rect
  /** the number only */
  readonly brief: boolean
  readonly selected: boolean
  readonly theme: Colors
  readonly onHover?: () => void
  /** it was selected */
  readonly onSelect?: () => void
  readonly drag?: DragHandlers
  readonly onMove?: (by: Shift) => void
  readonly onDelete?: () => void
}

const STEP = 10
const arrows: { readonly [key: string]: Shift } = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/**
 * An object's number and label; with a cross and the true name where the label is
 * wrong.
 */
export function Tag(props: Props) {
  const { number, object, place, brief, selected, theme, onHover, onSelect } = props
  const { drag, onMove, onDelete } = props
  const { name, trueName } = object
  const wrong = trueName !== undefined
  const tone = selected ? theme.measured : wrong ? theme.violated : theme.ink
  const { left: x, top: y, width, height } = place
  const words = wrong ? `${name} (${trueName})` : name
  const start = x + (wrong ? 17 : 4)
  return (
    <g
      {...(onSelect && {
        class: 'tag',
        tabindex: 0,
        role: 'button',
        'aria-pressed': selected,
        'aria-label': `${number} ${words}${wrong ? ', wrong label' : ''}; select to show its attention weights, arrow keys move it, Delete removes it`,
        onPointerEnter: onHover,
        onFocus: () => {
          onSelect()
        },
        onClick: () => {
          onSelect()
        },
        onKeyDown: (event: KeyboardEvent) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return
          const arrow = arrows[event.key]
          const step = event.shiftKey ? 1 : STEP
          if (arrow) onMove?.({ x: step * arrow.x, y: step * arrow.y })
          else if (event.key === 'Delete' || event.key === 'Backspace') onDelete?.()
          else if (event.key === 'Enter' || event.key === ' ') onSelect()
          else return
          event.preventDefault()
        },
        ...drag,
      })}
    >
      <rect x={x} y={y} width={width} height={height} rx={1.5} fill={tone} />
      {wrong && (
        <path
          d={`M${x + 5} ${y + height / 2 - 3.5}l7 7m0 -7l-7 7`}
          stroke={theme.paper}
          stroke-width={1.8}
          stroke-linecap="round"
          fill="none"
        />
      )}
      <text x={start} y={y + height - 4.5} fill={theme.paper}>
        <tspan>{number}</tspan>
        {!brief && (
          <tspan font-weight={600} dx={3}>
            {` ${words}`}
          </tspan>
        )}
      </text>
    </g>
  )
}
