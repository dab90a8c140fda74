import {
  claim,
  counted,
  hypothesis,
  readable,
  type DecidableClaim,
  type Hypothesis,
} from '@nonconvex/optim/claims'
import { most, nothing, reachedLimit } from '../claims/facts.js'
import { worstCaseFactor } from './worst-case-factor.js'

/** A run on an instance of `tightUpdateData`, and the bounds on its updates. */
export interface TightRun {
  /** how sentences name it: 'α = 0.1, β = 0.2' */
  readonly name: string
  readonly alpha: number
  /** units of each sign */
  readonly k: number
  /** margin that the instance was made for */
  readonly gamma: number
  /** margin of e_w on the examples, and the largest norm of one */
  readonly margin: number
  readonly radius: number
  readonly converged: boolean
  readonly updates: number
  /** bound with slopes, and the published M_k */
  readonly slope: number
  readonly paper: number
}

const proof = {
  ours: 'an adversarial data set: each example is violated, adds the least progress and the most norm that the proof allows',
}

/**
 * The tolerance for rounding of a margin and of a norm, which are sums of four products, each
 * accurate to 1e-16.
 */
const ROUNDING = 1e-12

export const asBuilt = (runs: readonly TightRun[]): readonly Hypothesis[] => {
  const off = Math.max(
    ...runs.flatMap(({ gamma, margin, radius }) => [
      Math.abs(margin - gamma),
      Math.abs(radius - 1),
    ]),
  )
  return [
    hypothesis(
      'all examples have norm 1, and e_w separates them with margin γ',
      off <= ROUNDING,
      off,
    ),
  ]
}

export const cut = (runs: readonly TightRun[]) =>
  reachedLimit(runs.filter(({ converged }) => !converged).length, runs.length)

/** The relative distance of a run to its bound, in units of γ². */
const missed = ({ updates, slope, gamma }: TightRun): number => (1 - updates / slope) / gamma ** 2

/** Declares the claim that (1 − 2γ²)B_slope ≤ U ≤ B_slope on every instance. */
const attained = (id: string, title: string): DecidableClaim<readonly TightRun[]> =>
  claim(`overparam/${id}`, title, 'float64', proof, (runs: readonly TightRun[]) => {
    if (runs.length === 0) return nothing('instances')
    const above = runs.filter(({ updates, slope }) => updates > slope)
    const worst = above[0] ?? most(runs, missed)
    const { name, updates, slope, gamma } = worst
    const ratio = updates / slope
    return {
      statement: `on ${counted(runs.length, 'instance')}; farthest from its bound: ${name}, ${readable(updates)} updates, ${readable(ratio, 4)} of the bound ${readable(slope, 6)}; 1 − 2γ² = ${readable(1 - 2 * gamma ** 2, 4)} is required, and at most 1`,
      measured: ratio,
      relation: '>=',
      bound: 1 - 2 * gamma ** 2,
      attains: Math.max(...runs.map((run) => run.updates / run.slope)),
      holds: above.length === 0,
      hypotheses: asBuilt(runs),
      ...(above.length === 0 && cut(runs)),
    }
  })

/**
 * The number of updates satisfies (1 − 2γ²)B_slope ≤ U ≤ B_slope from initial weights that are zero
 * except along e_0: a bound that is too small by any factor violates the claim, and so does one
 * that is too large by more than the factor 1/(1 − 2γ²).
 *
 * @example
 * import { slopeBoundAttained } from '@nonconvex/overparam/tightness'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const run = { name: 'α = 0.1', alpha: 0.1, k: 1, gamma: 0.1, margin: 0.1, radius: 1, converged: true }
 * const bounds = { updates: 2086, slope: 2120.8, paper: 14665 }
 * console.log(verdictOn(slopeBoundAttained, [{ ...run, ...bounds }]).status) // → holds
 * console.log(verdictOn(slopeBoundAttained, [{ ...run, ...bounds, slope: 2500 }]).status) // → violated
 */
export const slopeBoundAttained = attained(
  'slope-bound-attained',
  'The update bound with slopes is tight: some data sets require at least 1 − 2γ² of it',
)

/**
 * The same holds from the initial weights −ρW*, so that the terms of the bound with F_0 < 0 and S_0
 * are attained as well.
 */
export const initialTermAttained = attained(
  'initial-term-attained',
  'The update bound with slopes is tight for initial weights opposite to the separator, too',
)

/**
 * The published bound M_k is attained up to the fraction
 *
 *     f = α²φ(α, β) / (1 + β + √(2ωβ(1+β)γ) + 2ωβγ)  →  (α² + β)/(1 + β)  as γ → 0,  ω = kvα R_0
 *
 * with the limit for β ≥ α(1−α)/2: the denominator is α²γ² M_k, and U differs from φ/γ² by at most
 * 2γ² of it, below as the instances are made, above by B_slope. So M_k with a wrong factor of one of
 * its terms violates the claim.
 *
 * @example
 * import { publishedAttained } from '@nonconvex/overparam/tightness'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const run = { name: 'β = 10', alpha: 0.1, beta: 10, k: 1, gamma: 0.1, margin: 0.1, radius: 1 }
 * const found = { converged: true, updates: 99432, slope: 101190, v: 1, startRow: 10.5 }
 * console.log(verdictOn(publishedAttained, [{ ...run, ...found, paper: 179060 }]).status) // → holds
 * console.log(verdictOn(publishedAttained, [{ ...run, ...found, paper: 89530 }]).status) // → violated
 */
export const publishedAttained = fractionAttained(
  'published-attained',
  'Some data sets require the fraction (α² + β)/(1 + β) of the published bound M_k, in the limit γ → 0',
  'M_k',
  ({ paper }: TightRun & InitialRow) => paper,
  ({ beta, gamma, ...run }) => {
    const row = rowTerm(run)
    return 1 + beta + Math.sqrt(2 * row * beta * (1 + beta) * gamma) + 2 * row * beta * gamma
  },
)

/** What the published bound takes from the initial weights of an instance. */
export interface InitialRow {
  readonly beta: number
  readonly v: number
  /** R_0, the largest norm of a row of W_0 */
  readonly startRow: number
}

/** ω = kvα R_0 */
const rowTerm = ({
  alpha,
  k,
  v,
  startRow,
}: Pick<TightRun & InitialRow, 'alpha' | 'k' | 'v' | 'startRow'>): number =>
  k * v * alpha * startRow

/**
 * Declares that the instances reach the fraction f = α²φ(α, β)/whole of a bound, to 2γ² of it.
 *
 * @param name - of the bound, in statements
 * @param whole - α²γ² times the bound, for F_0 = 0
 */
function fractionAttained<Run extends TightRun & InitialRow>(
  id: string,
  title: string,
  name: string,
  boundOf: (run: Run) => number,
  whole: (run: Run) => number,
): DecidableClaim<readonly Run[]> {
  return claim(`overparam/${id}`, title, 'float64', proof, (runs: readonly Run[]) => {
    if (runs.length === 0) return nothing('instances')
    const reached = (run: Run): number => run.updates / boundOf(run)
    const nearest = most(runs, reached)
    const fraction = (run: Run): number =>
      (run.alpha ** 2 * worstCaseFactor(run.alpha, run.beta).factor) / whole(run)
    const part = (run: Run): number => reached(run) / fraction(run)
    const worst = most(runs, (run) => Math.abs(1 - part(run)) / run.gamma ** 2)
    return {
      statement: `on ${counted(runs.length, 'instance')}; nearest to ${name}: ${nearest.name}, ${readable(nearest.updates)} updates, ${readable(reached(nearest), 3)} of it; farthest from its fraction f = ${readable(fraction(worst), 3)} of ${name}: ${worst.name}, ${readable(part(worst), 4)} f; 1 ± ${readable(2 * worst.gamma ** 2, 2)} is required`,
      measured: part(worst),
      relation: '==',
      bound: 1,
      slack: 2 * worst.gamma ** 2,
      attains: reached(nearest),
      holds: nearest.updates <= boundOf(nearest),
      hypotheses: asBuilt(runs),
      ...cut(runs),
    }
  })
}

/**
 * The bound without splitting the root, B_quad, is attained up to the fraction
 *
 *     f = α²φ(α, β) / ((1 + β)/2 + √((1 + β)²/4 + (ωβγ)²))  →  (α² + β)/(1 + β)  as γ → 0,  ω = kvα R_0
 *
 * as M_k in `publishedAttained`: the denominator is α²γ² B_quad for F_0 = 0.
 *
 * @example
 * import { quadraticAttained } from '@nonconvex/overparam/tightness'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const run = { name: 'β = 10', alpha: 0.1, beta: 10, k: 1, gamma: 0.1, margin: 0.1, radius: 1 }
 * const found = { converged: true, updates: 99432, slope: 101190, v: 1, startRow: 10.5 }
 * const status = (quad: number) =>
 *   verdictOn(quadraticAttained, [{ ...run, ...found, paper: 179060, quad }]).status
 * console.log(status(111000), status(33300)) // → holds violated
 */
export const quadraticAttained = fractionAttained(
  'quadratic-attained',
  'Some data sets require the fraction (α² + β)/(1 + β) of the quadratic update bound, in the limit γ → 0',
  'the bound',
  ({ quad }: TightRun & InitialRow & { readonly quad: number }) => quad,
  ({ beta, gamma, ...run }) =>
    (1 + beta) / 2 + Math.hypot((1 + beta) / 2, rowTerm(run) * beta * gamma),
)

/** The tolerated distance of the exponent from its limit at the slopes of the runs. */
const EXPONENT = 0.1

/**
 * Declares a claim on the exponent p of U ∝ α⁻ᵖ between the smallest and the largest slope α, and
 * on that of M_k.
 */
const growth = (id: string, title: string, exponent: number): DecidableClaim<readonly TightRun[]> =>
  claim(`overparam/${id}`, title, 'float64', proof, (runs: readonly TightRun[]) => {
    if (runs.length < 2) return nothing('instances with two leaks')
    const sorted = [...runs].sort((a, b) => a.alpha - b.alpha)
    const [first, last] = [sorted[0], sorted[sorted.length - 1]]
    const between = (of: (run: TightRun) => number): number =>
      Math.log(of(first) / of(last)) / Math.log(last.alpha / first.alpha)
    const found = between(({ updates }) => updates)
    const published = between(({ paper }) => paper)
    return {
      statement: `${readable(first.updates)} updates for ${first.name}, ${readable(last.updates)} for ${last.name}: exponent ${readable(found, 3)} of 1/α; the published bound has ${readable(published, 3)} here`,
      measured: found,
      relation: '==',
      bound: exponent,
      slack: EXPONENT,
      // that of M_k is 2 in both cases
      holds: Math.abs(published - 2) <= EXPONENT,
      hypotheses: asBuilt(runs),
      ...cut(runs),
    }
  })

/** The worst-case number of updates grows like 1/α² for β ≥ 1, as the published bound does. */
export const publishedOrder = growth(
  'published-order',
  'For small learning rates the worst-case number of updates grows like 1/α², as does the published bound',
  2,
)

/**
 * The worst-case number of updates grows like 1/α for β ≪ α, where the published bound grows like
 * 1/α².
 */
export const publishedLoose = growth(
  'published-loose',
  'For large learning rates the worst-case number of updates grows like 1/α, the published bound like 1/α²',
  1,
)

/** The worst-case number of updates is the same at every width, for v = 1/√(2k) and a fixed β. */
export const widthFreeAttained = claim(
  'overparam/width-free-attained',
  'The worst-case number of updates is the same at every width k',
  'float64',
  proof,
  (runs: readonly TightRun[]) => {
    if (runs.length < 2) return nothing('instances of two widths')
    const updates = runs.map((run) => run.updates)
    const [least, greatest] = [Math.min(...updates), Math.max(...updates)]
    return {
      statement: `${readable(least)} to ${readable(greatest)} updates at the widths k = ${runs.map(({ k }) => k).join(', ')}`,
      measured: greatest - least,
      relation: '==',
      bound: 0,
      hypotheses: asBuilt(runs),
      ...cut(runs),
    }
  },
)

/** A run, and the bound from its displacement. */
export interface DisplacedRun {
  /** how sentences name it */
  readonly name: string
  readonly converged: boolean
  readonly updates: number
  /** `displacementBound` with pushSum and pushMax, and without */
  readonly displaced: number
  readonly coarse: number
  /** e, by which the initial network can push an output to the wrong side */
  readonly excess: number
}

const displacement = { ours: 'the argument of the bound with slopes, for the displacement W − W₀' }

/**
 * The displacement bound holds on every run, from any initial weights.
 *
 * @example
 * import { displacementBoundHolds } from '@nonconvex/overparam/tightness'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const run = { name: 'α = 0.1', converged: true, updates: 2086, displaced: 2100, coarse: 11550, excess: 5 }
 * console.log(verdictOn(displacementBoundHolds, [run]).status) // → holds
 * console.log(verdictOn(displacementBoundHolds, [{ ...run, displaced: 2000 }]).status) // → violated
 */
export const displacementBoundHolds = claim(
  'overparam/displacement-bound-holds',
  'The number of updates is at most the displacement bound, from any initial weights',
  'float64',
  displacement,
  (runs: readonly DisplacedRun[]) => {
    if (runs.length === 0) return nothing('runs')
    const worst = most(runs, ({ updates, displaced }) => updates / displaced)
    return {
      statement: `${counted(runs.length, 'run')}; nearest to its bound: ${worst.name}, ${readable(worst.updates)} updates, bound ${readable(worst.displaced, 6)}, coarse ${readable(worst.coarse, 6)}`,
      measured: worst.updates,
      relation: '<=',
      bound: worst.displaced,
      inequality: 'overparam/displacement-bound-attained',
      ...reachedLimit(runs.filter(({ converged }) => !converged).length, runs.length),
    }
  },
)

/**
 * The two forms of the displacement bound differ by at most the initial excess e:
 *
 *     B_disp ≤ coarse B_disp ≤ (1 + e) B_disp
 *
 * as 0 ≤ E(ā) ≤ e. From W_0 = 0 they are equal, and the form with slopes is attained
 * (`displacementBoundAttained`), so that a wrong exponent or factor of either violates the claim.
 *
 * @example
 * import { displacementForms } from '@nonconvex/overparam/tightness'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const run = { name: 'α = 0.1', converged: true, updates: 2086, displaced: 2100, excess: 5 }
 * const status = (coarse: number) => verdictOn(displacementForms, [{ ...run, coarse }]).status
 * console.log(status(11550), status(115500)) // → holds violated
 */
export const displacementForms = claim(
  'overparam/displacement-forms',
  'The coarse displacement bound is at most 1 + e times the one with slopes, where e is the initial excess, and not below it',
  'float64',
  displacement,
  (runs: readonly DisplacedRun[]) => {
    if (runs.length === 0) return nothing('runs')
    const part = ({ displaced, coarse, excess }: DisplacedRun): number =>
      coarse / displaced / (1 + excess)
    const worst = most(runs, part)
    // both maxima are over sums of a few terms of one sign
    const rounding = 1e-12
    const below = runs.find(({ displaced, coarse }) => displaced > coarse * (1 + rounding))
    const equal = runs.filter(({ excess }) => excess === 0)
    return {
      statement: `${counted(runs.length, 'run')}, ${readable(equal.length)} of them with e = 0; nearest to 1 + e: ${worst.name}, e = ${readable(worst.excess, 3)}, ${readable(worst.coarse / worst.displaced, 4)} times the bound with slopes${below ? `; below it with ${below.name}` : ''}`,
      measured: worst.coarse / worst.displaced,
      relation: '<=',
      bound: 1 + worst.excess,
      slack: rounding,
      inequality: true,
      holds: below === undefined,
    }
  },
)

/**
 * The displacement bound is attained: the instances of `slopeBoundAttained` and of
 * `initialTermAttained` reach the part `displacementFloor` of it, given as `floor`.
 */
export const displacementBoundAttained = claim(
  'overparam/displacement-bound-attained',
  'The displacement bound is tight: some data sets require nearly as many updates',
  'float64',
  proof,
  (runs: readonly (TightRun & DisplacedRun & { readonly floor: number })[]) => {
    if (runs.length === 0) return nothing('instances')
    const above = runs.find(({ updates, displaced }) => updates > displaced)
    const worst = above ?? most(runs, (run) => (1 - run.updates / run.displaced) / (1 - run.floor))
    const { name, updates, displaced, floor } = worst
    return {
      statement: `on ${counted(runs.length, 'instance')}; farthest from its bound: ${name}, ${readable(updates)} updates, ${readable(updates / displaced, 4)} of the bound ${readable(displaced, 6)}; ${readable(floor, 4)} is required, and at most 1`,
      measured: updates / displaced,
      relation: '>=',
      bound: floor,
      attains: Math.max(...runs.map((run) => run.updates / run.displaced)),
      holds: above === undefined,
      hypotheses: asBuilt(runs),
      ...(above === undefined && cut(runs)),
    }
  },
)
