import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { numberText } from '../state/text.js'
import { afterKey, snapped, type BarRange } from './bar-moves.js'

/** Where a value is in the picture, and where the columns are, in pixels. */
export interface BarScale {
  readonly width: number
  readonly height: number
  readonly column: number
  readonly y: (value: number) => number
}

interface Props {
  readonly label: string
  /** names of the bars, as many as there are values */
  readonly names: readonly string[]
  /** the columns are too narrow for their names: they get numbers */
  readonly brief?: boolean
  readonly values: readonly number[]
  readonly range: BarRange
  readonly width: number
  readonly height: number
  /** class of the bars, which gives them their color */
  readonly tone: string
  /** drawn over the bars */
  readonly children?: (scale: BarScale) => ComponentChildren
  readonly onChange: (values: readonly number[], how: 'drag' | 'drop' | 'key') => void
}

/** Room for the names below the bars. */
const FOOT = 18
const HEAD = 16

/** Bars that are dragged by the pointer, or moved by the arrow keys: one slider each. */
export function Bars(props: Props) {
  const {
    label,
    names,
    brief = false,
    values,
    range,
    width,
    height,
    tone,
    children,
    onChange,
  } = props
  const held = useRef<number>(undefined)
  const column = width / values.length
  const y = (value: number) =>
    HEAD + ((height - HEAD - FOOT) * (range.max - value)) / (range.max - range.min)
  const set = (i: number, value: number, how: 'drag' | 'drop' | 'key') => {
    onChange(
      values.map((other, j) => (j === i ? value : other)),
      how,
    )
  }
  const valueAt = (event: PointerEvent & { currentTarget: SVGElement }) => {
    const box = event.currentTarget.getBoundingClientRect()
    const at = ((event.clientY - box.top) * height) / box.height
    const part = (at - HEAD) / (height - HEAD - FOOT)
    return snapped(range.max - part * (range.max - range.min), range)
  }
  return (
    <svg
      class="bars"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="group"
      aria-label={label}
      onMouseDown={(event) => {
        // the bar that is held keeps the focus, which would go to what captures the pointer
        event.preventDefault()
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        const box = event.currentTarget.getBoundingClientRect()
        const i = Math.floor(((event.clientX - box.left) / box.width) * values.length)
        held.current = Math.min(values.length - 1, Math.max(0, i))
        event.currentTarget.setPointerCapture(event.pointerId)
        event.currentTarget.querySelectorAll<SVGElement>('[role=slider]')[held.current]?.focus()
        set(held.current, valueAt(event), 'drag')
      }}
      onPointerMove={(event) => {
        if (held.current !== undefined) set(held.current, valueAt(event), 'drag')
      }}
      onPointerUp={(event) => {
        if (held.current === undefined) return
        set(held.current, valueAt(event), 'drop')
        held.current = undefined
      }}
      onPointerCancel={() => {
        held.current = undefined
      }}
    >
      <line class="zero" x1={0} x2={width} y1={y(0)} y2={y(0)} />
      {values.map((value, i) => (
        <g
          key={names[i]}
          class={`bar-of ${tone}`}
          tabindex={0}
          role="slider"
          aria-label={names[i]}
          aria-orientation="vertical"
          aria-valuemin={range.min}
          aria-valuemax={range.max}
          aria-valuenow={value}
          onKeyDown={(event) => {
            if (event.ctrlKey || event.metaKey || event.altKey) return
            const next = afterKey(event.key, event.shiftKey, value, range)
            if (next === undefined) return
            event.preventDefault()
            set(i, next, 'key')
          }}
        >
          <rect class="reach" x={i * column + 1} width={column - 2} y={0} height={height} />
          <rect
            class="fill"
            x={(i + 0.2) * column}
            width={0.6 * column}
            y={Math.min(y(0), y(value))}
            height={Math.abs(y(0) - y(value))}
          />
          <line
            class="grip"
            x1={(i + 0.12) * column}
            x2={(i + 0.88) * column}
            y1={y(value)}
            y2={y(value)}
          />
          <text class="name" x={(i + 0.5) * column} y={height - 3}>
            {brief ? i + 1 : names[i]}
          </text>
        </g>
      ))}
      {children?.({ width, height, column, y })}
      {values.map((value, i) => (
        <text
          key={names[i]}
          class="number"
          x={(i + 0.5) * column}
          y={value < 0 ? y(value) + 14 : y(value) - 5}
        >
          {numberText(value, 3)}
        </text>
      ))}
    </svg>
  )
}
