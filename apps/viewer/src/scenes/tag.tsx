import type { ShownObject } from './listed.js'
import type { Place } from './place-tags.js'
import type { Colours } from './page-colours.js'

interface Props {
  readonly number: number
  readonly object: ShownObject
  readonly place: Place
  /** the number only */
  readonly brief: boolean
  readonly looked: boolean
  readonly theme: Colours
  readonly onPoint?: () => void
  /** it was chosen */
  readonly onLook?: () => void
}

/**
 * An object's number and label; a cross before it, and the true name behind it, where the label is
 * wrong.
 */
export function Tag({ number, object, place, brief, looked, theme, onPoint, onLook }: Props) {
  const { name, instead } = object
  const wrong = instead !== undefined
  const tone = looked ? theme.measured : wrong ? theme.violated : theme.ink
  const { x, y, wide, high } = place
  const words = wrong ? `${name} (${instead})` : name
  const start = x + (wrong ? 17 : 4)
  return (
    <g
      {...(onLook && {
        class: 'tag',
        tabIndex: 0,
        role: 'button',
        'aria-pressed': looked,
        'aria-label': `${number} ${words}${wrong ? ', a wrong label' : ''}; shows its attention, Escape lets go`,
        onPointerEnter: onPoint,
        onFocus: () => {
          onLook()
        },
        onClick: () => {
          onLook()
        },
        onKeyDown: (event: KeyboardEvent) => {
          if (event.key !== 'Enter' && event.key !== ' ') return
          event.preventDefault()
          onLook()
        },
      })}
    >
      <rect x={x} y={y} width={wide} height={high} rx={1.5} fill={tone} />
      {wrong && (
        <path
          d={`M${x + 5} ${y + high / 2 - 3.5}l7 7m0 -7l-7 7`}
          stroke={theme.paper}
          stroke-width={1.8}
          stroke-linecap="round"
          fill="none"
        />
      )}
      <text x={start} y={y + high - 4.5} fill={theme.paper}>
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
