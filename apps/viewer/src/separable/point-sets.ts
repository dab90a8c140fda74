import { stream, type Stream } from '@nonconvex/tensor'
import { isPointSet, parsePoints, rounded, type LabeledPoint, type PointSet } from './points.js'

/** Point sets by name, drawn from a seed. */
const pointSets: { readonly [name in PointSet]: (draws: Stream) => readonly LabeledPoint[] } = {
  gaussians: (draws: Stream) => twoGaussians(draws, 0.08),
  'small-margin': (draws: Stream) => twoGaussians(draws, 0.02),
  'wrong-label': (draws: Stream) => {
    const points = twoGaussians(draws, 0.08)
    const middle = ({ x, y }: LabeledPoint) => Math.hypot(x - 0.36, y - 0.36)
    const [wrong] = [...points].sort((a, b) => middle(a) - middle(b))
    return points.map((point) => (point === wrong ? { ...point, label: -1 as const } : point))
  },
  moons,
  xor: (draws: Stream) =>
    corners.flatMap(([x, y]) =>
      blob(draws, 10, { x: 0.5 * x, y: 0.5 * y, spread: 0.11, label: x * y > 0 ? 1 : -1 }),
    ),
}

const corners = [
  [1, 1],
  [-1, -1],
  [1, -1],
  [-1, 1],
] as const

/**
 * The points that a parameter names or spells out.
 *
 * @throws RangeError for a text that is neither
 */
export function pointsOf(text: string, seed: number): readonly LabeledPoint[] {
  if (!isPointSet(text)) return parsePoints(text)
  // of class +1 first, as they are read back from an address
  const points = pointSets[text](stream(seed).child('points')).map(rounded)
  return [1, -1].flatMap((side) => points.filter(({ label }) => label === side))
}

/** Two Gaussians, without what is nearer than `margin` to the diagonal between them. */
function twoGaussians(draws: Stream, margin: number): LabeledPoint[] {
  return ([1, -1] as const).flatMap((label) => {
    const points: LabeledPoint[] = []
    while (points.length < 20) {
      const x = 0.36 * label + 0.26 * draws.normal()
      const y = 0.36 * label + 0.26 * draws.normal()
      const along = (label * (x + y)) / Math.SQRT2
      if (along >= margin && Math.abs(x) <= 0.96 && Math.abs(y) <= 0.96)
        points.push({ x, y, label })
    }
    // one point as near as the margin says, so that it is the margin
    const across = 0.4 * (2 * draws.uniform() - 1)
    const near = (label * margin) / Math.SQRT2
    return [{ x: near + across, y: near - across, label }, ...points.slice(1)]
  })
}

/** Two half circles that interlock. */
function moons(draws: Stream): LabeledPoint[] {
  return ([1, -1] as const).flatMap((label) =>
    Array.from({ length: 24 }, (_, i) => {
      const angle = (Math.PI * (i + 0.5)) / 24
      const x = label * (0.55 * Math.cos(angle) - 0.27)
      const y = label * (0.62 * Math.sin(angle) - 0.2)
      return { x: x + 0.04 * draws.normal(), y: y + 0.04 * draws.normal(), label }
    }),
  )
}

function blob(
  draws: Stream,
  count: number,
  at: { readonly spread: number } & LabeledPoint,
): LabeledPoint[] {
  const { x, y, spread, label } = at
  return Array.from({ length: count }, () => ({
    x: x + spread * draws.normal(),
    y: y + spread * draws.normal(),
    label,
  }))
}
