import { claim, counted, readable } from '@nonconvex/optim/claims'
import { leakyGradient, leakyLoss } from './leaky-loss.js'

/** The leaky loss at a point, and the integral of its gradient from the teacher to the point. */
export interface PotentialSides {
  readonly loss: number
  readonly integral: number
}

/** A landscape with the two sides at one point. */
export interface LeakyPotentialFacts extends PotentialSides {
  readonly k: number
  readonly slope: number
}

/** Nodes and weights of Gauss–Legendre quadrature with three points on [−1, 1]. */
const RULE = [
  [-Math.sqrt(0.6), 5 / 9],
  [0, 8 / 9],
  [Math.sqrt(0.6), 5 / 9],
] as const
const PANELS = 100

/**
 * The leaky loss at w = (−0.6, 0.8) with teacher (1, 0), and the integral of its gradient on the segment
 * from the teacher, where the loss is 0: 100 panels of Gauss–Legendre quadrature with three points. The
 * segment keeps a distance of 0.44 from the origin.
 *
 * @param options - k ≥ 1 patches; slope λ in [−1, 1]
 * @throws as `leakyLoss`
 *
 * @example
 * import { leakyPotentialSides } from '@nonconvex/gaussian-theory/leaky'
 * const { loss, integral } = leakyPotentialSides({ k: 4, slope: 1 })
 * console.log(loss.toFixed(6), integral.toFixed(6)) // → 0.800000 0.800000
 */
export function leakyPotentialSides({
  k,
  slope,
}: {
  readonly k: number
  readonly slope: number
}): PotentialSides {
  const wStar = [1, 0]
  const w = [-0.6, 0.8]
  const way = w.map((x, t) => x - wStar[t])
  const along = (s: number): number =>
    leakyGradient(
      way.map((x, t) => wStar[t] + s * x),
      wStar,
      k,
      slope,
    ).reduce((sum, g, t) => sum + g * way[t], 0)
  let integral = 0
  for (let i = 0; i < PANELS; i++)
    for (const [node, weight] of RULE)
      integral += (weight * along((i + (1 + node) / 2) / PANELS)) / (2 * PANELS)
  return { loss: leakyLoss(w, wStar, k, slope), integral }
}

/** The error of the quadrature, relative to the loss: below 1e-12 for smooth integrands, as measured. */
const TOLERANCE = 1e-10

/**
 * The leaky loss is the integral of its gradient from the teacher, so that a wrong term of either
 * violates the claim.
 *
 * @example
 * import { leakyPotential, leakyPotentialSides } from '@nonconvex/gaussian-theory/leaky'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const sides = { k: 4, slope: 0.1, ...leakyPotentialSides({ k: 4, slope: 0.1 }) }
 * const status = (loss: number) => verdictOn(leakyPotential, [{ ...sides, loss }]).status
 * console.log(status(sides.loss), status(1.01 * sides.loss)) // → holds violated
 */
export const leakyPotential = claim(
  'gaussian/leaky-potential',
  'The population loss with a leaky ReLU is the integral of its gradient from the teacher',
  'float64',
  { ours: 'compared on a segment, by quadrature' },
  (cases: readonly LeakyPotentialFacts[]) => {
    if (cases.length === 0)
      return { statement: 'no case', undecided: 'there is nothing to compare' }
    const off = ({ loss, integral }: PotentialSides): number => Math.abs(integral / loss - 1)
    const worst = cases.reduce((a, b) => (off(b) > off(a) ? b : a))
    return {
      statement: `${counted(cases.length, 'case')}; largest relative difference ${readable(off(worst), 2)}, k = ${readable(worst.k)}, slope ${readable(worst.slope, 4)}: loss ${readable(worst.loss, 6)}`,
      measured: off(worst),
      relation: '<=',
      bound: TOLERANCE,
    }
  },
)
