import { claim, hypothesis, readable } from '@nonconvex/optim/claims'

const talk =
  'A scene interpretation must make sense as a whole; structured prediction rules out explanations that are only locally plausible'

/** Exact algorithms compared with enumeration. */
export interface AgreementFacts {
  readonly models: number
  /** largest difference of log Z, of a marginal, and of the best score */
  readonly logZ: number
  readonly marginal: number
  readonly max: number
}

/**
 * Dynamic programming on chains and forests gives what enumeration gives, to 1e-10.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { exactInferenceAgrees } from '@nonconvex/structured/pairwise'
 * console.log(verdictOn(exactInferenceAgrees, { models: 10, logZ: 1e-14, marginal: 1e-15, max: 0 }).status) // → holds
 */
export const exactInferenceAgrees = claim(
  'structured/exact-inference-agrees',
  'Sum-product and max-product on chains and forests are exact',
  'float64',
  { talk, paper: 'Pearl (1988)', ours: 'compared with enumeration' },
  ({ models, logZ, marginal, max }: AgreementFacts) => {
    const most = Math.max(logZ, marginal, max)
    return {
      statement: `on ${readable(models)} random models, differences from enumeration of at most ${readable(logZ)} in log Z, ${readable(marginal)} in marginals, ${readable(max)} in best scores (limit 1e-10)`,
      measured: most,
      relation: '<=',
      bound: 1e-10,
      ...(models === 0 && { undecided: 'no model' }),
    }
  },
)

/** A run of undamped flooding from uniform messages. */
export interface FloodingFacts {
  /** upper bound of ρ(M), from `messageStrength` */
  readonly spectralRadius: number
  readonly residual: number
  readonly iterations: number
  readonly tol: number
}

/**
 * Undamped flooding converges where ρ(M) < 1.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { bpConverges } from '@nonconvex/structured/pairwise'
 * const run = { spectralRadius: 0.9, residual: 1e-11, iterations: 200, tol: 1e-10 }
 * console.log(verdictOn(bpConverges, run).status, verdictOn(bpConverges, { ...run, spectralRadius: 1.2 }).status) // → holds inapplicable
 */
export const bpConverges = claim(
  'structured/bp-converges',
  'Belief propagation converges if the spectral radius ρ of its message strengths is below 1',
  'float64',
  { talk, paper: 'Mooij, Kappen (2007), as recalled', ours: 'tested on random models' },
  ({ spectralRadius, residual, iterations, tol }: FloodingFacts) => ({
    statement: `ρ = ${readable(spectralRadius, 4)}, residual ${readable(residual)} after ${readable(iterations)} rounds (limit ${readable(tol)})`,
    measured: residual,
    relation: '<=',
    bound: tol,
    hypotheses: [hypothesis('spectral radius ρ < 1', spectralRadius < 1, spectralRadius)],
  }),
)

/** Flooding on a model whose messages oscillate, and the same with damping. */
export interface OscillationFacts {
  readonly status: string
  readonly period?: number
  readonly dampedStatus: string
  readonly spectralRadius: number
}

/**
 * On a model with ρ ≥ 1 undamped flooding oscillates, and damping makes it converge.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { bpOscillates } from '@nonconvex/structured/pairwise'
 * const run = { status: 'oscillating', period: 2, dampedStatus: 'converged', spectralRadius: 1.27 }
 * console.log(verdictOn(bpOscillates, run).status) // → holds
 */
export const bpOscillates = claim(
  'structured/bp-oscillates',
  'Undamped belief propagation oscillates on a frustrated complete graph, damped it converges',
  'float64',
  { ours: 'K4 with repulsion J = −1.5' },
  ({ status, period, dampedStatus, spectralRadius }: OscillationFacts) => ({
    statement: `ρ = ${readable(spectralRadius, 4)}: undamped ${status}${period === undefined ? '' : ` with period ${period}`}, damped ${dampedStatus}`,
    holds: status === 'oscillating' && dampedStatus === 'converged',
    hypotheses: [hypothesis('spectral radius ρ ≥ 1', spectralRadius >= 1, spectralRadius)],
  }),
)

/** Lower bound, value and upper bound of log Z. */
export interface SandwichFacts {
  readonly elbo: number
  readonly logZ: number
  readonly upper: number
}

/**
 * ELBO ≤ log Z ≤ tree bound, to 1e-9 of the size of log Z.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { logPartitionSandwich } from '@nonconvex/structured/pairwise'
 * console.log(verdictOn(logPartitionSandwich, [{ elbo: 8.82, logZ: 8.89, upper: 9.37 }]).status) // → holds
 */
export const logPartitionSandwich = claim(
  'structured/log-partition-sandwich',
  'The mean-field ELBO and the tree-reweighted bound bracket log Z',
  'float64',
  { talk, paper: 'Wainwright, Jaakkola, Willsky (2005)', ours: 'log Z by enumeration' },
  (all: readonly SandwichFacts[]) => {
    if (all.length === 0) return { statement: 'no model', undecided: 'no model' }
    const rounding = (logZ: number): number => 1e-9 * Math.max(1, Math.abs(logZ))
    const part = ({ elbo, logZ, upper }: SandwichFacts): number => (logZ - elbo) / (upper - elbo)
    const below = all.find(({ elbo, logZ }) => elbo > logZ + rounding(logZ))
    const beyond = all.find(({ logZ, upper }) => logZ > upper + rounding(logZ))
    const nearest = below ?? beyond ?? all.reduce((a, b) => (part(b) > part(a) ? b : a))
    const width = all.reduce((sum, { elbo, upper }) => sum + upper - elbo, 0) / all.length
    return {
      statement: `on ${readable(all.length)} models; ${below ? 'below the ELBO' : 'nearest to the tree bound'}: log Z = ${readable(nearest.logZ, 4)}, ELBO ${readable(nearest.elbo, 4)}, tree bound ${readable(nearest.upper, 4)}; mean width of the interval ${readable(width, 3)}`,
      measured: nearest.logZ - nearest.elbo,
      relation: '<=',
      bound: nearest.upper - nearest.elbo,
      slack: rounding(nearest.logZ),
      inequality: 'structured/partition-bounds-attained',
      holds: below === undefined && beyond === undefined,
    }
  },
)

/** How far the two bounds on log Z are from it where they should be equal to it. */
export interface PartitionBoundFacts {
  readonly models: number
  /** of the tree bound, on forests */
  readonly tree: number
  /** of the ELBO, on models without edges */
  readonly elbo: number
}

/**
 * The tree bound equals log Z on forests, and the mean-field ELBO on models without edges, to 1e-9.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { partitionBoundsAttained } from '@nonconvex/structured/pairwise'
 * const status = (tree: number) => verdictOn(partitionBoundsAttained, { models: 9, tree, elbo: 0 }).status
 * console.log(status(1e-14), status(1e-3)) // → holds violated
 */
export const partitionBoundsAttained = claim(
  'structured/partition-bounds-attained',
  'The tree-reweighted bound equals log Z on forests, and the mean-field ELBO on models without edges',
  'float64',
  { paper: 'Wainwright, Jaakkola, Willsky (2005)', ours: 'log Z by enumeration' },
  ({ models, tree, elbo }: PartitionBoundFacts) => ({
    statement: `on ${readable(models)} models, differences from log Z of at most ${readable(tree, 2)} on forests, ${readable(elbo, 2)} without edges (limit 1e-9)`,
    measured: Math.max(tree, elbo),
    relation: '<=',
    bound: 1e-9,
    ...(models === 0 && { undecided: 'no model' }),
  }),
)

/** ELBO of consecutive rounds of sequential mean field. */
export interface AscentFacts {
  readonly runs: number
  /** largest decrease between consecutive rounds, relative to 1 + |ELBO| */
  readonly decrease: number
}

/**
 * Sequential mean field never decreases the ELBO, to 1e-12.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { meanFieldAscends } from '@nonconvex/structured/pairwise'
 * console.log(verdictOn(meanFieldAscends, { runs: 10, decrease: 1e-16 }).status) // → holds
 */
export const meanFieldAscends = claim(
  'structured/mean-field-ascends',
  'Sequential mean field never decreases the ELBO',
  'float64',
  { ours: 'each update maximizes over one node' },
  ({ runs, decrease }: AscentFacts) => ({
    statement: `largest decrease ${readable(decrease)} in a round of ${readable(runs)} runs (limit 1e-12)`,
    measured: decrease,
    relation: '<=',
    bound: 1e-12,
    ...(runs === 0 && { undecided: 'no run' }),
  }),
)

/** Best labelings issued with a proof. */
export interface CertifiedMapFacts {
  readonly models: number
  readonly certified: number
  /** largest difference of a certified score and the best one */
  readonly difference: number
  /** smallest upper bound minus the best score, over all models */
  readonly slack: number
}

/**
 * A labeling on which all trees agree is a best one, and the bound never falls below the best score.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { agreementProvesMap } from '@nonconvex/structured/pairwise'
 * console.log(verdictOn(agreementProvesMap, { models: 9, certified: 8, difference: 0, slack: 0 }).status) // → holds
 */
export const agreementProvesMap = claim(
  'structured/agreement-proves-map',
  'A labeling on which all trees of a dual decomposition agree is a best one',
  'float64',
  { paper: 'Komodakis, Paragios, Tziritas (2007)', ours: 'compared with enumeration' },
  ({ models, certified, difference, slack }: CertifiedMapFacts) => ({
    statement: `certified on ${readable(certified)} of ${readable(models)} models; max difference ${readable(difference)} from the best score, which exceeds no bound by more than ${readable(Math.max(0, -slack))} (limit 1e-9)`,
    measured: Math.max(difference, -slack),
    relation: '<=',
    bound: 1e-9,
    ...(certified === 0 && { undecided: 'no certificate' }),
  }),
)

/** Converged beliefs beside the marginals. */
export interface WrongBeliefs {
  readonly status: string
  /** largest difference of a belief and the marginal */
  readonly error: number
  readonly residual: number
}

/**
 * Converged beliefs can be wrong: on the triangle of strong repulsion by more than 0.04.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { convergedIsNotCorrect } from '@nonconvex/structured/pairwise'
 * console.log(verdictOn(convergedIsNotCorrect, { status: 'converged', error: 0.042, residual: 1e-11 }).status) // → holds
 */
export const convergedIsNotCorrect = claim(
  'structured/converged-is-not-correct',
  'Belief propagation can converge to beliefs that are not the marginals',
  'float64',
  { ours: 'triangle with repulsion J = −3' },
  ({ status, error, residual }: WrongBeliefs) => ({
    statement: `${status} with residual ${readable(residual)}, yet a belief differs from its marginal by ${readable(error, 3)} (at least 0.04)`,
    measured: error,
    relation: '>=',
    bound: 0.04,
    holds: status === 'converged',
  }),
)
