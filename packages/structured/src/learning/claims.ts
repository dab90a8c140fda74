import { claim, counted, hypothesis, readable } from '@nonconvex/optim/claims'
import type { MeanWithError } from '@nonconvex/optim/statistics'
import { interval, low } from '../by-interval.js'
import type { M3nCheck } from './m3n.js'

const talk =
  'Structured prediction models (CRF, M³N) rule out explanations that are locally plausible but make no sense globally'

/** A fit by a strongly convex likelihood. */
export interface OptimalFacts {
  /** |∇F|²/2λ */
  readonly certificate: number
  readonly tol: number
  readonly lambda: number
  /** whether the fit ended at its limit of iterations: then a large certificate decides nothing */
  readonly limited?: boolean
}

/**
 * A fit is within |∇F|²/2λ of the minimum, and this is at most the tolerance. Inconclusive where it is
 * not and the limit of iterations was reached.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { crfIsOptimal } from '@nonconvex/structured/learning'
 * console.log(verdictOn(crfIsOptimal, { certificate: 1e-9, tol: 1e-8, lambda: 0.1 }).status) // → holds
 */
export const crfIsOptimal = claim(
  'structured/crf-is-optimal',
  'Training of a regularized CRF is globally optimal up to |∇F|²/2λ',
  'float64',
  { talk, ours: 'F is λ-strongly convex' },
  ({ certificate, tol, lambda, limited = false }: OptimalFacts) => ({
    statement: `F(w) − F* ≤ ${readable(certificate, 3)} (limit ${readable(tol)}), λ = ${readable(lambda)}`,
    measured: certificate,
    relation: '<=',
    bound: tol,
    hypotheses: [hypothesis('λ > 0', lambda > 0, lambda)],
    ...(limited &&
      certificate > tol && { undecided: 'the limit of iterations was reached; set more' }),
  }),
)

/** Certificates beside the true distances from the minimum. */
export interface CertificateFacts {
  readonly checks: readonly {
    readonly certificate: number
    /** value minus the minimum, from a more accurate solution */
    readonly gap: number
  }[]
}

/** The accuracy of the minimum from which the true gaps are measured. */
const MINIMUM_ROUNDING = 1e-9

const covers = (id: string, title: string, ours: string) =>
  claim(`structured/${id}`, title, 'float64', { talk, ours }, ({ checks }: CertificateFacts) => {
    if (checks.length === 0) return { statement: 'no iterate', undecided: 'nothing to compare' }
    // the part of its certificate that a gap takes, where the gap has three digits
    const part = ({ certificate, gap }: (typeof checks)[number]): number => {
      if (gap > certificate + MINIMUM_ROUNDING) return Infinity
      return gap > 1000 * MINIMUM_ROUNDING ? gap / certificate : 0
    }
    const closest = checks.reduce((a, b) => (part(b) > part(a) ? b : a))
    return {
      statement: `at ${counted(checks.length, 'iterate')}; closest: a true gap of ${readable(closest.gap, 3)}, certified ${readable(closest.certificate, 3)}`,
      measured: closest.gap,
      relation: '<=',
      bound: closest.certificate,
      slack: MINIMUM_ROUNDING,
      inequality: `structured/${id}-attained`,
    }
  })

/**
 * The certificate of likelihoods bounds the true gap at every iterate.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { crfCertificateHolds } from '@nonconvex/structured/learning'
 * console.log(verdictOn(crfCertificateHolds, { checks: [{ certificate: 0.2, gap: 0.1 }] }).status) // → holds
 */
export const crfCertificateHolds = covers(
  'crf-certificate',
  'The certificate |∇F|²/2λ of a CRF bounds its distance from the global minimum at every iterate',
  'compared with the minimum of L-BFGS',
)

/**
 * The duality gap of M3N bounds the true gap at every check.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { m3nCertificateHolds } from '@nonconvex/structured/learning'
 * console.log(verdictOn(m3nCertificateHolds, { checks: [{ certificate: 0.1, gap: 0.2 }] }).status) // → violated
 */
export const m3nCertificateHolds = covers(
  'm3n-certificate',
  'The duality gap of an M3N bounds its distance from the global minimum at every check',
  'compared with the best dual value',
)

/** Checks of a training of an M3N by its dual. */
export interface GapFacts {
  readonly checks: readonly M3nCheck[]
  /** the gap that was asked for; none by default */
  readonly tol?: number
  /** numbers that were computed in other ways */
  readonly witness?: {
    /** P at the w of the last check, by enumeration of all labelings */
    readonly enumerated: number
    /** least P, and largest D, that another solver reached */
    readonly upper: number
    readonly lower: number
  }
}

/** Limit of what should be 0, or below 0, in the arithmetic of the duality gap. */
const GAP_ROUNDING = 1e-9

/**
 * The duality gap of an M3N bounds the distance from the minimum: it equals P − D at every check, D never
 * decreases, and, where there are witnesses, P is the value that enumeration gives, every D is below
 * every P that another solver reached, and every P above its D. A gap that is false by more than 1e-9 breaks
 * one of them. Inconclusive if the gap that was asked for was not reached.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { m3nGap } from '@nonconvex/structured/learning'
 * const check = { pass: 5, primal: 1.5, dual: 1.4999, gap: 1e-4, averaged: 1.5 }
 * const witness = { enumerated: 1.5, upper: 1.49995, lower: 1.49991 }
 * console.log(verdictOn(m3nGap, { checks: [check], tol: 1e-3, witness }).status) // → holds
 * const smaller = { ...check, dual: 1.49996, gap: 4e-5 }
 * console.log(verdictOn(m3nGap, { checks: [smaller], tol: 1e-3, witness }).status) // → violated
 */
export const m3nGap = claim(
  'structured/m3n-gap',
  'Training of a max-margin Markov network is globally optimal up to its duality gap',
  'float64',
  { talk, paper: 'Lacoste-Julien et al. (2013), as recalled' },
  ({ checks, tol = Infinity, witness }: GapFacts) => {
    const last = checks.at(-1)
    if (!last) return { statement: 'no check', undecided: 'no check' }
    const most = (of: (check: M3nCheck, k: number) => number): number =>
      checks.reduce((largest, check, k) => Math.max(largest, of(check, k)), -Infinity)
    const parts = {
      'gap − (P − D)': most(({ primal, dual, gap }) => Math.abs(primal - dual - gap)),
      'fall of D': most(({ dual }, k) => (k === 0 ? 0 : checks[k - 1].dual - dual)),
      ...(witness && {
        'P − enumerated P': Math.abs(last.primal - witness.enumerated),
        'D − another P': most(({ dual }) => dual - witness.upper),
        'another D − P': most(({ primal }) => witness.lower - primal),
      }),
    }
    const [name, worst] = Object.entries(parts).reduce((a, b) => (b[1] > a[1] ? b : a))
    const against = witness
      ? `; P* of another solver between ${readable(witness.lower, 9)} and ${readable(witness.upper, 9)}`
      : ''
    return {
      statement: `P − P* ≤ ${readable(last.gap, 3)} after ${counted(last.pass, 'pass', 'passes')}${tol < Infinity ? ` (asked for: ${readable(tol)})` : ''}${against}; largest error of ${counted(Object.keys(parts).length, 'relation')}: ${name} = ${readable(worst, 3)}`,
      measured: worst,
      relation: '<=',
      bound: GAP_ROUNDING * (1 + Math.abs(last.primal)),
      ...(worst <= GAP_ROUNDING * (1 + Math.abs(last.primal)) &&
        !(Math.min(last.gap, last.averaged - last.dual) <= tol) && {
          undecided: 'the gap that was asked for was not reached; make more passes',
        }),
    }
  },
)

/** A run of the structured perceptron on separable data. */
export interface MistakesFacts {
  readonly updates: number
  readonly radius: number
  readonly margin: number
  /** smallest wᵀu − γM, and smallest R²M − |w|², over all updates */
  readonly progress: number
  readonly growth: number
}

/** Rounding of the monitors, relative to R²M. */
const ROUNDING = 1e-12

/**
 * The structured perceptron makes at most (R/γ)² updates, with both monitors at every one.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { mistakesBounded } from '@nonconvex/structured/learning'
 * const run = { updates: 15, radius: 15, margin: 0.4, progress: 0.1, growth: 2 }
 * console.log(verdictOn(mistakesBounded, run).status, verdictOn(mistakesBounded, { ...run, margin: 4 }).status) // → holds violated
 */
export const mistakesBounded = claim(
  'structured/mistakes-bounded',
  'The structured perceptron makes at most (R/γ)² updates, however many labelings there are',
  'float64',
  { talk, paper: 'Collins (2002), as recalled; Novikoff (1962)' },
  ({ updates, radius, margin, progress, growth }: MistakesFacts) => {
    const bound = (radius / margin) ** 2
    const slack = ROUNDING * Math.max(1, radius ** 2 * updates)
    return {
      statement: `${counted(updates, 'update')} of ${readable(bound, 4)} allowed; at every update wᵀu − γM ≥ ${readable(progress, 3)} and R²M − |w|² ≥ ${readable(growth, 3)}`,
      measured: updates,
      relation: '<=',
      bound: margin > 0 ? bound : 0,
      slack: 1e-9 * bound,
      inequality: 'structured/mistakes-attained',
      holds: progress >= -slack && growth >= -slack,
      hypotheses: [hypothesis('a unit vector u has a margin γ > 0', margin > 0, margin)],
    }
  },
)

/** Updates on the problem of orthogonal examples. */
export interface AttainedFacts {
  readonly updates: number
  readonly bound: number
}

/**
 * On orthogonal examples the number of updates equals the bound.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { mistakesAttained } from '@nonconvex/structured/learning'
 * console.log(verdictOn(mistakesAttained, { updates: 7, bound: 7 }).status) // → holds
 */
export const mistakesAttained = claim(
  'structured/mistakes-attained',
  'The mistake bound (R/γ)² of the structured perceptron is attained on orthogonal examples',
  'float64',
  { ours: 'feature differences e_1, …, e_n' },
  ({ updates, bound }: AttainedFacts) => ({
    statement: `${counted(updates, 'update')}, bound ${readable(bound, 6)}`,
    measured: updates,
    relation: '==',
    bound,
    attains: updates / bound,
    slack: 1e-9 * bound,
  }),
)

/** A bound of a training, and the error that it bounds, measured on new examples. */
export interface BoundedError {
  /** its name in statements: 'compression bound, margin 0.4' */
  readonly name: string
  /** in [0, 1]; 1 is vacuous */
  readonly bound: number
  readonly error: MeanWithError
}

/**
 * No bound on the error of a structured perceptron is refuted by new examples: no 95 % interval of the
 * measured error lies above it. Inconclusive if every bound is vacuous.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { perceptronErrorBounded } from '@nonconvex/structured/learning'
 * const status = (mean: number) =>
 *   verdictOn(perceptronErrorBounded, [{ name: 'first pass', bound: 0.12, error: { mean, error: 0.01 } }]).status
 * console.log(status(0.05), status(0.2)) // → holds violated
 */
export const perceptronErrorBounded = claim(
  'structured/perceptron-error-bounded',
  'New sequences agree with the compression bound of the structured perceptron, and with the bound of its first pass',
  'statistical',
  {
    talk,
    paper: 'Littlestone & Warmuth (1986); Cesa-Bianchi, Conconi, Gentile (2004), as recalled',
  },
  (all: readonly BoundedError[]) => {
    const useful = all.filter(({ bound }) => bound < 1)
    if (useful.length === 0)
      return { statement: `${counted(all.length, 'bound')}`, undecided: 'every bound is vacuous' }
    const worst = useful.reduce((a, b) => (b.error.mean / b.bound > a.error.mean / a.bound ? b : a))
    return {
      statement: `${counted(useful.length, 'bound')} below 1 of ${readable(all.length)}; closest: ${worst.name}, ${readable(worst.bound, 3)}, measured ${interval(worst.error)}`,
      measured: worst.error.mean,
      relation: '<=',
      bound: worst.bound,
      // what may exceed the bound by chance
      slack: Math.max(0, worst.error.mean - low(worst.error)),
      inequality: 'overparam/codes-attained',
      holds: useful.every(({ bound, error }) => low(error) <= bound),
      confidence: 0.95,
    }
  },
)
