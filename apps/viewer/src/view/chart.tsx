import '../style/chart.css'
import type { ComponentChildren } from 'preact'
import { numberText } from '../state/text.js'

/** A plane with two linear axes from 0, in pixels. */
export interface Chart {
  readonly width: number
  readonly height: number
  readonly x: (value: number) => number
  readonly y: (value: number) => number
  readonly xMost: number
  readonly yMost: number
  /** size of the type */
  readonly type: number
}

/** The chart of this width, with room for its axes. */
export function chartOf(width: number, xMost: number, yMost: number, type: number): Chart {
  const [left, right, top, bottom] = [3.6 * type, 0.8 * type, 2.2 * type, 3 * type]
  const height = Math.max(14 * type, 0.55 * width)
  return {
    width,
    height,
    xMost,
    yMost,
    type,
    x: (value) => left + ((width - left - right) * value) / xMost,
    y: (value) => height - bottom - ((height - top - bottom) * value) / yMost,
  }
}

/** Round numbers from 0, about `count` of them. */
export function ticksTo(most: number, count: number): readonly number[] {
  const rough = most / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((m) => m * power).find((each) => each >= rough) ?? 10 * power
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, i) => i * step)
}

/** Points of a curve as a path. */
export function curveOf(chart: Chart, points: readonly (readonly [number, number])[]): string {
  return points
    .map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${chart.x(x).toFixed(1)} ${chart.y(y).toFixed(1)}`)
    .join('')
}

interface Props {
  readonly chart: Chart
  readonly label: string
  readonly xName: string
  readonly yName: string
  readonly children: ComponentChildren
}

/** Axes with names and round numbers, around what is drawn in them. */
export function ChartFrame({ chart, label, xName, yName, children }: Props) {
  const { width, height, x, y, xMost, yMost, type } = chart
  const foot = y(0)
  return (
    <svg class="chart" width={width} height={height} font-size={type} role="img" aria-label={label}>
      {ticksTo(xMost, Math.max(3, Math.min(8, width / (6 * type)))).map((tick) => (
        <g key={tick}>
          <path class="tick" d={`M${x(tick)} ${foot}v${0.35 * type}`} />
          <text class="soft" x={x(tick)} y={foot + 1.4 * type} text-anchor="middle">
            {numberText(tick, 3)}
          </text>
        </g>
      ))}
      {ticksTo(yMost, 4).map((tick) => (
        <g key={tick}>
          <path class="grid" d={`M${x(0)} ${y(tick)}H${x(xMost)}`} />
          <text class="soft" x={x(0) - 0.5 * type} y={y(tick) + 0.35 * type} text-anchor="end">
            {numberText(tick, 3)}
          </text>
        </g>
      ))}
      <text class="soft" x={x(xMost)} y={foot + 2.7 * type} text-anchor="end">
        {xName} →
      </text>
      <text class="soft" x={0} y={type}>
        ↑ {yName}
      </text>
      {children}
    </svg>
  )
}
