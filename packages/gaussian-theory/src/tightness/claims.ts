import {
  claim,
  counted,
  hypothesis,
  readable,
  type DecidableClaim,
  type Hypothesis,
} from '@nonconvex/optim/claims'
import { coefficients } from '../no-overlap/coefficients.js'

const patches = (runs: readonly { readonly k: number }[]): readonly Hypothesis[] => {
  const least = Math.min(...runs.map(({ k }) => k))
  return [hypothesis('k ≥ 2 patches', least >= 2, least)]
}

const nothing = (what: string) =>
  ({ statement: `no ${what}`, undecided: 'there is nothing to compare' }) as const

/** Steps to an ε-stationary point from `slowInitialization`, and the bound B1 on them. */
export interface StationaryRun {
  readonly k: number
  readonly eps: number
  /** null if the step budget ended the run */
  readonly steps: number | null
  readonly bound: number
}

/** How far the exponent may be from its limit at the ε of a run: 0.42 to 0.58. */
const EXPONENT = 0.08

/** The exponent p of a quantity ∝ ε⁻ᵖ between two values of ε. */
const exponent = (few: number, many: number, from: number, to: number): number =>
  Math.log(many / few) / Math.log(from / to)

/**
 * Next to the saddle the steps to an ε-stationary point grow like ε^(−1/2), while the published
 * bound grows like ε⁻². No initialization that needs more is known: of 3,000 random ones none
 * needed more than one step more.
 *
 * @example
 * import { stationarityOrder } from '@nonconvex/gaussian-theory/tightness'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const runs = [
 *   { k: 5, eps: 1e-4, steps: 120, bound: 1.42e7 },
 *   { k: 5, eps: 1e-6, steps: 1039, bound: 1.42e11 },
 * ]
 * console.log(verdictOn(stationarityOrder, runs).status) // → holds
 */
export const stationarityOrder = claim(
  'gaussian/stationarity-order',
  'From next to the saddle gradient descent needs about 1/√ε steps to an ε-stationary point; the bound grows like 1/ε²',
  'float64',
  { ours: 'φ grows from √(πε/a) like a hyperbola: (k − 1)√(a/(πε)) steps to first order' },
  (runs: readonly StationaryRun[]) => {
    const sorted = [...runs].sort((a, b) => b.eps - a.eps)
    const [first, last] = [sorted[0], sorted[sorted.length - 1]]
    if (runs.length < 2 || first.eps === last.eps) return nothing('two values of ε')
    const [few, many] = [first.steps ?? NaN, last.steps ?? NaN]
    const found = exponent(few, many, first.eps, last.eps)
    const allowed = exponent(first.bound, last.bound, first.eps, last.eps)
    const cut = runs.filter(({ steps }) => steps === null).length
    return {
      statement: `${readable(few)} steps at ε = ${first.eps}, ${readable(many)} at ${last.eps}: exponent ${readable(found, 3)} of 1/ε; that of the bound, which allows ${readable(last.bound, 3)}, is ${readable(allowed, 3)}`,
      measured: found,
      relation: '==',
      bound: 0.5,
      slack: EXPONENT,
      attains: Math.max(...runs.map(({ steps, bound }) => (steps ?? 0) / bound)),
      // the published exponent, to the rounding of whole steps
      holds: Math.abs(allowed - 2) <= 0.01,
      hypotheses: patches(runs),
      ...(cut > 0 && { undecided: `${counted(cut, 'run')} reached the step limit` }),
    }
  },
)

/** Steps of an escape from the saddle's ray, r₀ = ρ(θ₀), η = 1/c, and the two bounds B2. */
export interface EscapeRun {
  readonly k: number
  readonly phi0: number
  /** null if the step budget ended the run */
  readonly steps: number | null
  /** T₁, in closed form */
  readonly closed: number
  /** T₁′, by the recursion of the angle */
  readonly recursion: number
}

/** Terms of next order: T = (k − 1)/φ₀ + O(log 1/φ₀). */
const nextOrder = (phi0: number): number => 2 * phi0 * Math.log(1 / phi0)

/** steps/bound → factor·(k − 1)/(k − 1 + π) as φ₀ → 0, and never above 1. */
const escapeRatio = (
  id: string,
  title: string,
  factor: number,
  boundOf: (run: EscapeRun) => number,
): DecidableClaim<readonly EscapeRun[]> =>
  claim(
    `gaussian/${id}`,
    title,
    'float64',
    {
      ours: 'the norm stays near αR, and the bound has R in its place; the closed form also has .44 for 1',
    },
    (runs: readonly EscapeRun[]) => {
      if (runs.length === 0) return nothing('run')
      const ratios = runs.map((run) => {
        const { k, phi0 } = run
        const ratio = (run.steps ?? NaN) / boundOf(run)
        const limit = factor * coefficients(k).alpha
        return { k, phi0, ratio, limit, off: Math.abs(ratio / limit - 1) / nextOrder(phi0) }
      })
      const worst = ratios.reduce((a, b) => (b.off > a.off ? b : a))
      const tightest = ratios.reduce((a, b) => (b.ratio > a.ratio ? b : a))
      const cut = runs.filter(({ steps }) => steps === null).length
      return {
        statement: `${readable(tightest.ratio, 4)} of the bound at k = ${tightest.k}; farthest from its limit at k = ${worst.k}: ${readable(worst.ratio, 4)}, predicted ${readable(worst.limit, 4)}`,
        measured: worst.ratio / worst.limit,
        relation: '==',
        bound: 1,
        slack: nextOrder(worst.phi0),
        attains: tightest.ratio,
        holds: tightest.ratio <= 1,
        hypotheses: [
          ...patches(runs),
          hypothesis(
            'φ₀ ≤ 0.01',
            runs.every(({ phi0 }) => phi0 <= 0.01),
          ),
        ],
        ...(cut > 0 && { undecided: `${counted(cut, 'run')} reached the step limit` }),
      }
    },
  )

/**
 * T/T₁′ = (k − 1)/(k − 1 + π) up to O(φ₀ log 1/φ₀): the bound by recursion is attained as k → ∞.
 *
 * @example
 * import { escapeAttained } from '@nonconvex/gaussian-theory/tightness'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const run = { k: 400, phi0: 1e-3, steps: 398870, closed: 913377, recursion: 402010 }
 * console.log(verdictOn(escapeAttained, [run]).status) // → holds
 * console.log(verdictOn(escapeAttained, [{ ...run, recursion: 420000 }]).status) // → violated
 */
export const escapeAttained = escapeRatio(
  'escape-attained',
  'The escape bound by recursion is attained in the limit of many patches',
  1,
  ({ recursion }) => recursion,
)

/** T/T₁ = 0.44 (k − 1)/(k − 1 + π) up to O(φ₀ log 1/φ₀): the closed form is 1/0.44 too large. */
export const escapeClosedForm = escapeRatio(
  'escape-closed-form',
  'The closed form of the escape bound exceeds the worst case by 1/0.44 in the limit of many patches',
  0.44,
  ({ closed }) => closed,
)

/** The largest fractions of two constants that a search found on a network. */
export interface FoundOnNetwork {
  readonly m: number
  readonly stride: number
  readonly k: number
  /** of the smoothness constant L */
  readonly curvature: number
  /** of the Lipschitz bound Λ of the Hessian */
  readonly lipschitz: number
}

/** Rounding of a quotient of Hessians at distance 1e-4. */
const ROUNDING = 1e-9

const networkName = ({ m, stride, k }: FoundOnNetwork): string =>
  `m = ${m}, stride ${stride}, k = ${k}`

/** The fraction found on every network, or on the best one, is at least ½, and nowhere above 1. */
const foundHalf = (
  id: string,
  title: string,
  which: 'least' | 'greatest',
  of: (found: FoundOnNetwork) => number,
): DecidableClaim<readonly FoundOnNetwork[]> =>
  claim(
    `gaussian/${id}`,
    title,
    'float64',
    { ours: 'a search over weights, teachers and directions' },
    (networks: readonly FoundOnNetwork[]) => {
      if (networks.length === 0) return nothing('network')
      const sorted = [...networks].sort((a, b) => of(a) - of(b))
      const [least, greatest] = [sorted[0], sorted[sorted.length - 1]]
      return {
        statement: `${readable(of(greatest), 3)} of the bound with ${networkName(greatest)}, ${readable(of(least), 3)} with ${networkName(least)}, on ${counted(networks.length, 'network')}`,
        measured: of(which === 'least' ? least : greatest),
        attains: of(greatest),
        relation: '>=',
        bound: 0.5,
        holds: of(greatest) <= 1 + ROUNDING,
      }
    },
  )

/**
 * On every network the search finds at least half of the smoothness constant L, and never more.
 *
 * @example
 * import { curvatureFound } from '@nonconvex/gaussian-theory/tightness'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const found = { m: 2, stride: 1, k: 20, curvature: 0.827, lipschitz: 0.51 }
 * console.log(verdictOn(curvatureFound, [found]).status) // → holds
 * console.log(verdictOn(curvatureFound, [{ ...found, curvature: 1.18 }]).status) // → violated
 */
export const curvatureFound = foundHalf(
  'curvature-found',
  'The smoothness constant L is at most twice the largest curvature of each network',
  'least',
  ({ curvature }) => curvature,
)

/** On some network the search finds at least half of the Lipschitz bound Λ, and never more than Λ. */
export const lipschitzFound = foundHalf(
  'lipschitz-found',
  'The Lipschitz bound of the Hessian is at most twice the smallest possible one on some network',
  'greatest',
  ({ lipschitz }) => lipschitz,
)

/**
 * The Lipschitz constant C₁ of ∂²g/∂u∂u in u is at most twice the smallest possible one, and not below it:
 * for one patch the Lipschitz bound of the Hessian rests on it alone. Facts: `pairLipschitzFraction`.
 *
 * @example
 * import { pairLipschitzFound } from '@nonconvex/gaussian-theory/tightness'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const status = (fraction: number) => verdictOn(pairLipschitzFound, { fraction }).status
 * console.log(status(0.504), status(0.388), status(1.1)) // → holds violated violated
 */
export const pairLipschitzFound = claim(
  'gaussian/pair-lipschitz-found',
  'The Lipschitz constant C₁ of the second derivatives of E relu(u·x) relu(v·x) is at most twice the smallest possible one',
  'float64',
  { ours: 'a grid of angles and directions; C₁ adds the largest values of three terms' },
  ({ fraction }: { readonly fraction: number }) => ({
    statement: `${readable(fraction, 4)} of C₁ is reached; at least 0.5 is required, and at most 1`,
    measured: fraction,
    relation: '>=',
    bound: 0.5,
    attains: fraction,
    holds: fraction <= 1 + ROUNDING,
  }),
)
