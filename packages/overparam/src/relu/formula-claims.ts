import { claim, counted, readable } from '@nonconvex/optim/claims'
import { checkCount, checkProperFraction } from '@nonconvex/tensor/check'
import { most, nothing } from '../claims/facts.js'
import { source } from '../source.js'
import { forward } from '../network/forward.js'
import {
  coordinateData,
  coordinateFate,
  reluFailureProbability,
  reluWidths,
  transitionLimit,
} from './coordinates.js'
import { trainRelu } from './train-relu.js'

/** The failure probability near the transition, and the two bounds on it. */
export interface TransitionSides {
  readonly d: number
  readonly k: number
  readonly limit: number
  readonly probability: number
  readonly most: number
}

/**
 * Both bounds of `transitionLimit` and the failure probability between them, at the widths with 2^{−κ} of
 * about 4, 2, 1 and ½.
 *
 * @param d - input dimension, integer ≥ 1
 * @throws RangeError for another d
 *
 * @example
 * import { transitionSides } from '@nonconvex/overparam/relu'
 * const [, { limit, probability, most }] = transitionSides(64)
 * console.log(limit.toFixed(4), probability.toFixed(4), most.toFixed(4)) // → 0.8647 0.8689 0.8731
 */
export function transitionSides(d: number): readonly TransitionSides[] {
  checkCount('transitionSides', 'd', d)
  return [-2, -1, 0, 1]
    .map((kappa) => Math.round(Math.log2(d)) + kappa)
    .filter((k) => k >= 1)
    .map((k) => ({ d, k, ...transitionLimit(d, k), probability: reluFailureProbability(d, k) }))
}

/** The part of 4e^{−2}/d that the probability is above its limit: ½ as d → ∞, for 2^{−κ} = 2. */
const REACHED = 0.4

/**
 * The failure probability lies between its limit 1 − exp(−2^{−κ}) and 4e^{−2}/d above it, and is for some
 * width of every dimension at least 0.4 of that above it: the difference is z²e^{−z}/(2d) to first order in
 * 1/d, z = 2^{−κ}, and some width has a z between √2 and 2√2.
 *
 * @example
 * import { transitionAttained, transitionSides } from '@nonconvex/overparam/relu'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const sides = transitionSides(64)
 * const status = (part: number) =>
 *   verdictOn(transitionAttained, sides.map((one) => ({ ...one, most: one.limit + part * (one.most - one.limit) }))).status
 * console.log(status(1), status(0), status(2)) // → holds violated violated
 */
export const transitionAttained = claim(
  'overparam/transition-attained',
  'The failure probability of SGD with ReLU exceeds its limit by at most 4e⁻²/d, and by 0.4 of that at some width',
  'float64',
  { ...source, ours: '1 − x between e^{−x}(1 − x²) and e^{−x}' },
  (points: readonly TransitionSides[]) => {
    if (points.length === 0) return nothing('widths')
    // probabilities have 1e-15
    const rounding = 1e-14
    const outside = points.find(
      ({ limit, probability, most: largest }) =>
        probability < limit - rounding || probability > largest + rounding,
    )
    const part = ({ limit, probability, most: largest }: TransitionSides): number =>
      (probability - limit) / (largest - limit)
    const best = [...new Set(points.map(({ d }) => d))].map((d) =>
      most(
        points.filter((one) => one.d === d),
        part,
      ),
    )
    const worst = outside ?? most(best, (one) => -part(one))
    return {
      statement: `${counted(points.length, 'width')} of ${counted(best.length, 'dimension')}; ${outside ? 'outside' : 'farthest from the bound of its dimension'}: d = ${readable(worst.d)}, k = ${readable(worst.k)}: ${readable(worst.probability, 5)}, between ${readable(worst.limit, 5)} and ${readable(worst.most, 5)}`,
      measured: Math.min(part(worst), Number.MAX_VALUE),
      relation: '>=',
      bound: REACHED,
      holds: outside === undefined,
    }
  },
)

/** The two widths of `reluWidths`, and the failure probability there and two units nearer. */
export interface WidthSides {
  readonly d: number
  readonly delta: number
  /** 0 where no width fails with probability 1 − δ */
  readonly fails: number
  readonly succeeds: number
  /** at fails, fails + 2, succeeds − 2, succeeds; null where there is no such width */
  readonly at: readonly [number | null, number | null, number | null, number]
}

/**
 * The widths of `reluWidths` with the failure probabilities there and two units nearer.
 *
 * @throws RangeError for a number outside its range
 *
 * @example
 * import { widthSides } from '@nonconvex/overparam/relu'
 * console.log(widthSides(1024, 0.05).at.map((p) => p?.toFixed(3)).join(' ')) // → 0.982 0.632 0.118 0.031
 */
export function widthSides(d: number, delta: number): WidthSides {
  checkCount('widthSides', 'd', d)
  checkProperFraction('widthSides', 'delta', delta)
  const { fails, succeeds } = reluWidths(d, delta)
  const at = (k: number): number | null => (k >= 1 ? reluFailureProbability(d, k) : null)
  return {
    d,
    delta,
    fails,
    succeeds,
    at: [
      at(fails),
      fails > 0 ? at(fails + 2) : null,
      at(succeeds - 2),
      reluFailureProbability(d, succeeds),
    ],
  }
}

/**
 * SGD with ReLU fails with probability at least 1 − δ at the width `fails` and at most δ at `succeeds`, and
 * with neither two units nearer: (1 − 2^{−k})^d > δ from d 2^{−k} < ln(1/δ)/2 on for k ≥ 2, and
 * 1 − e^{−2δ} > δ for δ ≤ ¾.
 *
 * @example
 * import { reluWidthsAttained, widthSides } from '@nonconvex/overparam/relu'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * console.log(verdictOn(reluWidthsAttained, [widthSides(1024, 0.05)]).status) // → holds
 */
export const reluWidthsAttained = claim(
  'overparam/relu-widths-attained',
  'Widths log₂(d/ln(1/δ)) and log₂(d/δ) decide whether SGD with ReLU fails: it fails with probability 1 − δ, or δ, and with neither two units nearer',
  'float64',
  { ...source, theorem: 'a large network overcomes dead ReLUs', ours: 'the exact probability' },
  (widths: readonly WidthSides[]) => {
    const all = widths.filter(({ delta }) => delta <= 0.75)
    if (all.length === 0) return nothing('dimensions')
    const right = ({ delta, at: [failing, less, more, failsSeldom] }: WidthSides): boolean =>
      (failing ?? 1) >= 1 - delta &&
      (less ?? 0) < 1 - delta &&
      (more ?? 1) > delta &&
      failsSeldom <= delta
    const worst = all.find((one) => !right(one)) ?? most(all, ({ at, delta }) => at[3] / delta)
    const [, , more, last] = worst.at
    return {
      statement: `${counted(all.length, 'case')}; ${right(worst) ? 'nearest to δ' : 'wrong'}: d = ${readable(worst.d)}, δ = ${readable(worst.delta)}: fails with probability ${readable(last, 4)} at k = ${readable(worst.succeeds)}${more === null ? '' : `, ${readable(more, 4)} two units below`}`,
      measured: last,
      relation: '<=',
      bound: worst.delta,
      inequality: true,
      holds: right(worst),
    }
  },
)

/** A run whose negative units are inactive from the beginning, and the bound on its updates. */
export interface AttainedUpdates {
  readonly d: number
  readonly updates: number
  readonly bound: number
  /** largest output of the initial network on an example */
  readonly output: number
}

/**
 * SGD on e_1, …, e_d from an initialization whose outputs are positive and whose negative units are inactive:
 * with k = 2, v = ½, η = 0.02, positive weights that rise from 0.303 and 0.5 by up to 0.4, negative ones −0.1.
 *
 * @param d - input dimension, integer ≥ 1
 * @throws RangeError for another d
 *
 * @example
 * import { attainedUpdates } from '@nonconvex/overparam/relu'
 * const { updates, bound } = attainedUpdates(4)
 * console.log(updates, bound) // → 188 188
 */
export function attainedUpdates(d: number): AttainedUpdates {
  checkCount('attainedUpdates', 'd', d)
  const [k, v, eta] = [2, 0.5, 0.02]
  const start = Float64Array.from({ length: 2 * k * d }, (_, at) => {
    // no number of updates is a quotient without rest
    const rise = (0.8 * (at % d)) / (2 * d + 1)
    return at < d ? 0.303 + rise : at < 2 * d ? 0.5 + rise : -0.1
  })
  const data = coordinateData(d)
  const outputs = forward({ k, d, v, alpha: 0, weights: start }, data.x)
  const { outcome } = trainRelu(data, {
    k,
    v,
    eta,
    alpha: 0,
    start,
    order: { kind: 'cyclic' },
    maxSteps: 1000 * d,
  })
  const { updates: bound } = coordinateFate({ k, d, v, eta, start })
  return { d, updates: outcome.updates, bound, output: Math.max(...outputs) }
}

/**
 * The bound on the updates of a ReLU network on e_1, …, e_d is attained: no unit but those that it counts is
 * active on an example, so each update adds the same to its output.
 *
 * @example
 * import { reluUpdatesAttained } from '@nonconvex/overparam/relu'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const status = (bound: number) =>
 *   verdictOn(reluUpdatesAttained, [{ d: 4, updates: 180, bound, output: 0.7 }]).status
 * console.log(status(180), status(181)) // → holds violated
 */
export const reluUpdatesAttained = claim(
  'overparam/relu-updates-attained',
  'The bound on the number of updates of a ReLU network without a dead coordinate is attained',
  'float64',
  { ...source, ours: 'negative units that are inactive from the beginning' },
  (runs: readonly AttainedUpdates[]) => {
    if (runs.length === 0) return nothing('runs')
    const worst = most(runs, ({ updates, bound }) => Math.abs(updates - bound))
    return {
      statement: `${counted(runs.length, 'run')}; farthest from its bound: d = ${readable(worst.d)}, ${counted(worst.updates, 'update')} of ${readable(worst.bound)}, from outputs of at most ${readable(worst.output, 3)}`,
      measured: worst.updates,
      relation: '==',
      bound: worst.bound,
      attains: worst.updates / worst.bound,
    }
  },
)
