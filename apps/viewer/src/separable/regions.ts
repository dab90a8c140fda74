import type { Net } from '@nonconvex/overparam'
import { Contours, type Ring } from '../landscape/contour.js'
import { BIAS } from './problem.js'

/** Points per axis of the finest grid, and of the coarsest while the picture moves. */
const GRID = { most: 96, least: 28 }
/** Units times grid points of one picture: about 20 ms, and 5 ms while it moves. */
const WORK = { still: 8e6, moving: 2e6 }

/** Points per axis of the grid for a network of so many units. */
export function gridFor(units: number, moving: boolean): number {
  const affordable = Math.floor(Math.sqrt((moving ? WORK.moving : WORK.still) / units))
  return Math.min(GRID.most, Math.max(GRID.least, affordable))
}

/** N on a square grid over [−1, 1]², row by row from below; `scale` is that of the features. */
export function outputsOnGrid(
  { k, v, alpha, weights }: Net,
  scale: number,
  n: number,
): Float64Array {
  const outputs = new Float64Array(n * n)
  const step = 2 / (n - 1)
  for (let j = 0; j < 2 * k; j++) {
    const second = j < k ? v : -v
    const [a, b, c] = [
      weights[3 * j] * scale,
      weights[3 * j + 1] * scale,
      weights[3 * j + 2] * scale,
    ]
    for (let row = 0, at = 0; row < n; row++) {
      const left = b * (row * step - 1) + c * BIAS - a
      for (let column = 0; column < n; column++, at++) {
        const z = left + a * step * column
        outputs[at] += second * (z > 0 ? z : alpha * z)
      }
    }
  }
  return outputs
}

/** Outputs up to this size count as 0: those of a ReLU network without an active unit are. */
const ZERO = 1e-9

/** The decision regions of a network in units of the picture, `side` wide, y downwards. */
export interface Regions {
  /** where N > 0 and N < 0, as paths to be filled by the even-odd rule; neither where N = 0 */
  readonly positive: string
  readonly negative: string
  /** where N = 0, and where |N| = 1 */
  readonly decision: string
  readonly margins: string
}

export function regionsOf(net: Net, scale: number, n: number, side: number): Regions {
  const contours = new Contours(n, outputsOnGrid(net, scale, n))
  const unit = side / (n - 1)
  const negative = contours.below(-ZERO)
  const filled = (rings: readonly Ring[]) =>
    rings.map((ring) => `${pathOf(ring, unit, side)}Z`).join('')
  return {
    positive: `M0 0H${side}V${side}H0Z${filled(contours.below(ZERO))}`,
    negative: filled(negative),
    decision: inner(negative, n, unit, side),
    margins: inner([...contours.below(1), ...contours.below(-1)], n, unit, side),
  }
}

const place = (ring: Ring, i: number, unit: number, side: number): string =>
  `${(unit * ring[i]).toFixed(1)} ${(side - unit * ring[i + 1]).toFixed(1)}`

function pathOf(ring: Ring, unit: number, side: number): string {
  let path = ''
  for (let i = 0; i < ring.length; i += 2)
    path += (i === 0 ? 'M' : 'L') + place(ring, i, unit, side)
  return path
}

/** The rings without their parts on the border of the square, where nothing is crossed. */
function inner(rings: readonly Ring[], n: number, unit: number, side: number): string {
  const onEdge = (t: number) => t <= 1e-9 || t >= n - 1 - 1e-9
  let path = ''
  for (const ring of rings)
    for (let i = 0; i < ring.length; i += 2) {
      const next = (i + 2) % ring.length
      const along = (axis: 0 | 1) => onEdge(ring[i + axis]) && ring[i + axis] === ring[next + axis]
      if (along(0) || along(1)) continue
      path += `M${place(ring, i, unit, side)}L${place(ring, next, unit, side)}`
    }
  return path
}

/** The line {w·(x, y, bias) = level} through the square as a path; '' if it does not meet it. */
export function lineOf(w: ArrayLike<number>, level: number, side: number): string {
  const [a, b, c] = [w[0], w[1], w[2] * BIAS - level]
  const ends: [number, number][] = []
  for (const edge of [-1, 1]) {
    const y = -(a * edge + c) / b
    if (Math.abs(y) <= 1) ends.push([edge, y])
    const x = -(b * edge + c) / a
    if (Math.abs(x) <= 1) ends.push([x, edge])
  }
  const [from, to] = [ends[0], ends.at(-1)]
  if (!from || !to || ends.length < 2) return ''
  const at = ([x, y]: [number, number]) =>
    `${(((x + 1) * side) / 2).toFixed(1)} ${(((1 - y) * side) / 2).toFixed(1)}`
  return `M${at(from)}L${at(to)}`
}
