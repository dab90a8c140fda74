import type { Theme } from '@nonconvex/experiments/figure'
import type { PointKind } from './critical-points.js'
import type { Shape } from './shape.js'

/** The mark of a kind of critical point: kinds differ by shape, color only repeats it. */
export function glyph(kind: PointKind, x: number, y: number, size: number, theme: Theme): Shape {
  const solid = { stroke: theme.paper, width: 0.14 * size }
  const hollow = { fill: theme.paper, width: 0.22 * size }
  const polygon = (points: readonly (readonly [number, number])[]) => ({
    kind: 'lines' as const,
    lines: [points.flatMap(([dx, dy]) => [x + size * dx, y + size * dy])],
    closed: true,
  })
  switch (kind) {
    case 'global minimum':
      return { ...polygon(star), ...solid, fill: theme.holds }
    case 'local minimum':
      return { ...polygon(square), ...solid, fill: theme.violated }
    case 'saddle':
      return { ...polygon(diamond), ...hollow, stroke: theme.ink }
    case 'local maximum':
      return { ...polygon(triangle), ...hollow, stroke: theme.ink }
    case 'non-differentiable':
      return { kind: 'disc', x, y, radius: 0.6 * size, ...hollow, stroke: theme.ink }
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
