import { claim, hypothesis, readable } from '@nonconvex/optim/claims'
import { logBinomialTail } from '@nonconvex/optim/statistics'
import { coefficients } from '../no-overlap/coefficients.js'
import { plRatio } from '../no-overlap/ray.js'
import { stationaritySteps, totalSteps, type Bound } from './bounds.js'
import { antiparallelAngle } from '../initialization/probability.js'

/**
 * The published convergence rate and ours, for the same initialization, confidence and accuracy.
 */
export interface RateTheorem {
  /** the theorem as recalled; its explicit constants could not be checked */
  readonly published: string
  /** with probability 1 − δ the initialization's angle to −w* exceeds this */
  readonly phi: number
  /** with that angle, a gradient at most ε forces the loss down to ε²/(2Q) */
  readonly loss: number
  /** O(ε⁻²) bound with our constants: steps to a gradient at most ε, hence to that loss */
  readonly stationarity: Bound
  /** O(log 1/ε): steps to the same loss by escape and linear rate */
  readonly total: Bound
}

/**
 * Evaluates the convergence theorem: the number of steps that suffice with probability at least 1 −
 * δ over a uniform initialization.
 *
 * An initialization on the sphere of radius r₀ has φ₀ ≥ φ_δ with probability 1 − δ, and ℓ₀ ≤
 * (c/2)(r₀² + R²) − b r₀R. From there, with step 1/c, `stationarity` follows from smoothness alone
 * and grows like ε⁻²; `total` uses the certified angle and grows like log(1/ε).
 *
 * @param options - delta in (0, 1), eps > 0, r0 > 0, R > 0, m ≥ 2, k ≥ 1
 * @throws RangeError for values out of range
 * Source: the talk and Brutzkus & Globerson (2017) for the form; all constants are ours.
 *
 * @example
 * import { rateTheorem } from '@nonconvex/gaussian-theory/descent'
 * const theorem = rateTheorem({ k: 5, m: 10, r0: 1, R: 1, delta: 0.05, eps: 1e-3 })
 * console.log(theorem.stationarity.value, theorem.total.value) // → 181860 90
 */
export function rateTheorem(options: {
  readonly k: number
  readonly m: number
  readonly r0: number
  readonly R: number
  readonly delta: number
  readonly eps: number
}): RateTheorem {
  const { k, m, r0, R, delta, eps } = options
  const phi0 = antiparallelAngle(delta, m)
  const loss0 = largestLoss(k, r0, R)
  const loss = (eps * eps) / (2 * plRatio(Math.PI - phi0, k, phi0))
  return {
    published:
      'as published (recalled): with probability at least 1 − δ over the initialization, loss O(ε) within O(ε⁻²) steps',
    phi: phi0,
    loss,
    stationarity: stationaritySteps({ loss0, eps, k }),
    total: totalSteps({ loss0, phi0, r0, R, k, eps: loss }),
  }
}

/** The largest loss on the sphere of radius r₀, (c/2)(r₀² + R²) − b r₀R. */
function largestLoss(k: number, r0: number, R: number): number {
  const { b, c } = coefficients(k)
  return (c / 2) * (r0 * r0 + R * R) - b * r0 * R
}

/** Runs from uniform initializations on the unit sphere, to a loss of ε; the teacher has norm 1. */
export interface ProbableRateFacts {
  readonly k: number
  readonly m: number
  readonly eta: number
  readonly eps: number
  readonly runs: readonly {
    readonly phi0: number
    /** the first step with a loss of at most ε; undefined if there was none */
    readonly met: number | undefined
    /** steps made in all */
    readonly taken: number
  }[]
}

/** The probability δ with which an initialization may miss the bound. */
const DELTA = 0.05
/** The probability of a violation although the theorem is true. */
const LEVEL = 1e-4

/**
 * With probability 1 − δ over the initialization, the loss is at most ε after the steps of
 * `rateTheorem` from the angle φ_δ, δ = 0.05: neither the runs that miss the bound nor the
 * initializations nearer to −w* than φ_δ are more than Binomial(n, δ) allows at level 1e-4.
 *
 * @example
 * import { rateWithProbability } from '@nonconvex/gaussian-theory/descent'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const runs = [{ phi0: 1.4, met: 20, taken: 20 }]
 * const facts = { k: 5, m: 10, eta: 1, eps: 1e-9, runs }
 * console.log(verdictOn(rateWithProbability, facts).status) // → holds
 */
export const rateWithProbability = claim(
  'gaussian/rate-with-probability',
  'With probability 1 − δ over the initialization gradient descent reaches loss ε within the steps from φ_δ',
  'statistical',
  {
    talk: 'Gaussian Inputs: gradient descent converges in O(ε⁻²)',
    paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966',
    ours: 'the steps: escape from φ_δ, then a linear rate',
  },
  ({ k, m, eta, eps, runs }: ProbableRateFacts) => {
    const several = hypothesis('filter length m ≥ 2', m >= 2, m)
    if (m < 2 || runs.length === 0)
      return {
        statement: `${readable(runs.length)} initializations`,
        hypotheses: [several],
        undecided: 'no initialization to which the theorem applies',
      }
    const phi = antiparallelAngle(DELTA, m)
    const loss0 = largestLoss(k, 1, 1)
    const { value, hypotheses } = totalSteps({ loss0, phi0: phi, r0: 1, R: 1, k, eta, eps })
    const near = runs.filter(({ phi0 }) => phi0 < phi).length
    const missed = runs.filter(({ met, taken }) => (met ?? taken) > value).length
    const open = runs.filter(({ met, taken }) => met === undefined && taken <= value).length
    const allowed = mostMisses(runs.length)
    const worst = Math.max(near, missed)
    return {
      statement: `of ${readable(runs.length)} initializations ${readable(near)} have an angle to −w* below φ_δ = ${readable(phi, 3)}, δ = ${DELTA}, and ${readable(missed)} need more than ${readable(value)} steps to ε; at most ${readable(allowed)} allowed`,
      measured: worst,
      relation: '<=',
      bound: allowed,
      // the angle φ_δ is exact: a fraction δ of all initializations is nearer
      inequality: 'gaussian/start-angle',
      confidence: 1 - LEVEL,
      hypotheses: [several, ...hypotheses],
      ...(worst <= allowed && missed + open > allowed && { undecided: 'too few steps' }),
    }
  },
)

/** The least q with P(Bin(n, δ) > q) at most the level. */
function mostMisses(n: number): number {
  let q = 0
  while (-Math.expm1(logBinomialTail(n, q, DELTA)) > LEVEL) q++
  return q
}
