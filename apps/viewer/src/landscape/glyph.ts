import { pointLooks, type PointKind, type Theme } from '@nonconvex/experiments/figure'
import type { Shape } from './shape.js'

/** The mark of a kind of critical point, as in the figures. */
export function glyph(kind: PointKind, x: number, y: number, size: number, theme: Theme): Shape {
  const { symbol, tone, filled } = pointLooks[kind]
  const look = filled
    ? { fill: theme[tone], stroke: theme.paper, width: 0.14 * size }
    : { fill: theme.paper, stroke: theme[tone], width: 0.22 * size }
  if (symbol === 'circle') return { kind: 'disc', x, y, radius: 0.6 * size, ...look }
  const points = polygons[symbol]
  return {
    kind: 'lines',
    lines: [points.flatMap(([dx, dy]) => [x + size * dx, y + size * dy])],
    closed: true,
    ...look,
  }
}

const star = Array.from({ length: 10 }, (_, i): [number, number] => {
  const radius = i % 2 === 0 ? 1.25 : 0.52
  const angle = (Math.PI * i) / 5
  return [radius * Math.sin(angle), -radius * Math.cos(angle)]
})
const square = [
  [-0.78, -0.78],
  [0.78, -0.78],
  [0.78, 0.78],
  [-0.78, 0.78],
] as const
const diamond = [
  [0, -0.95],
  [0.95, 0],
  [0, 0.95],
  [-0.95, 0],
] as const
const triangle = [
  [0, -0.9],
  [0.85, 0.65],
  [-0.85, 0.65],
] as const

const polygons = { star, square, diamond, triangle }
