import type { Tally } from '@nonconvex/optim'
import {
  claim,
  hypothesis,
  readable,
  type DecidableClaim,
  type Hypothesis,
  type Evidence,
} from '@nonconvex/optim/claims'
import { coefficients } from '../no-overlap/coefficients.js'
import type { Bound } from './bounds.js'

/**
 * The numbers of checks and violations of an invariant that was checked at every step of one or
 * more runs.
 */
export interface TallyFacts extends Pick<Tally, 'checks' | 'breaches' | 'firstBreach'> {
  readonly k: number
  /** step size of the runs */
  readonly eta: number
  /** smallest distance to the bound, tolerance for rounding included */
  readonly slack?: number
}

/** The hypotheses of an invariant on the step size, which is given as ηc. */
type Needs = (used: number) => readonly Hypothesis[]

const smallStep: Needs = (used) => [
  hypothesis('step size η ≤ 1/c', used <= 1 + Number.EPSILON, used),
]
const stableStep: Needs = (used) => [hypothesis('step size η < 2/c', used < 2, used)]
const anyStep: Needs = () => []

/**
 * A claim that an invariant is never violated. It is inconclusive if no step was checked; the
 * witness of a violation is the first step with one. An inequality names the claim that some step
 * attains it; an equation needs none.
 */
const invariant = (
  id: string,
  title: string,
  ours: string,
  needs: Needs,
  kind: 'inequality' | 'equation' = 'inequality',
): DecidableClaim<TallyFacts> =>
  claim(
    `gaussian/${id}`,
    title,
    'float64',
    { ours },
    ({ checks, breaches, firstBreach, k, eta, slack }: TallyFacts) => {
      const first = firstBreach
        ? `; first at step ${readable(firstBreach.step)}: ${readable(firstBreach.measured)}, expected ${firstBreach.relation} ${readable(firstBreach.bound)}`
        : ''
      const least =
        slack === undefined ? '' : `; smallest slack ${readable(slack, 2)}, rounding included`
      return {
        statement: `${readable(breaches)} violations in ${readable(checks)} checks${least}${first}`,
        measured: breaches,
        relation: '<=',
        bound: 0,
        ...(kind === 'inequality' && { inequality: 'gaussian/steps-attained' }),
        hypotheses: needs(eta * coefficients(k).c),
        ...(checks === 0 && { undecided: 'no step was checked' }),
        ...(firstBreach && { witness: { ...firstBreach } }),
      }
    },
  )

/** Invariant I1: each step stays in the cone spanned by w and w*. */
export const cone = invariant(
  'cone',
  'Each gradient descent step stays in the cone spanned by the weights w and the teacher w*',
  'w⁺ = A ŵ + B w* with A, B ≥ 0, so ∠(w, w⁺) + θ⁺ = θ',
  smallStep,
)
/** Invariant I2: a step is a recursion in the norm r and the angle θ. */
export const twoScalars = invariant(
  'two-scalars',
  'Gradient descent in m dimensions reduces to a recursion in the norm r and the angle θ',
  'r⁺ = √(r′² + τ²), θ⁺ = θ − atan2(τ, r′), exact in every dimension',
  smallStep,
  'equation',
)
/** Invariant I3: r⁺ ≤ (1 − ηc) r + ηc ‖w*‖. */
export const normAbove = invariant(
  'norm-above',
  'Each gradient descent step satisfies r⁺ ≤ (1 − ηc) r + ηc ‖w*‖ for the norm r of the weights',
  'r⁺ ≤ (1 − ηc) r + ηcR: the triangle inequality',
  smallStep,
)
/** Invariant I4: r⁺ ≥ (1 − ηc) r + ηc ρ(θ). */
export const normBelow = invariant(
  'norm-below',
  'Each gradient descent step satisfies r⁺ ≥ (1 − ηc) r + ηc ρ(θ), where ρ(θ) minimizes the loss on the ray of w',
  'r⁺ ≥ r′ = (1 − ηc) r + ηc ρ(θ): a leg is shorter than the hypotenuse',
  smallStep,
)
/** Invariant I5: min(r₀, ρ(θ₀)) ≤ r ≤ max(r₀, ‖w*‖). */
export const normRange = invariant(
  'norm-range',
  'The norms of the iterates satisfy min(r₀, ρ(θ₀)) ≤ r_t ≤ max(r₀, ‖w*‖)',
  'min(r₀, ρ(θ₀)) ≤ r_t ≤ max(r₀, R), by I3, I4 and the monotone angle',
  smallStep,
)
/** Invariant I6: a step decreases the loss by at least η(1 − ηc/2)‖∇ℓ(w)‖². */
export const descent = invariant(
  'descent',
  'Each gradient descent step decreases the loss by at least η(1 − ηc/2)‖∇ℓ(w)‖²',
  'ℓ(w⁺) ≤ ℓ(w) − η(1 − ηc/2)‖∇ℓ(w)‖²: the loss is c/2 ‖w‖² plus a concave function',
  stableStep,
)
/** Invariant I7: the Polyak–Łojasiewicz inequality ‖∇ℓ(w)‖² ≥ 2Q(θ) ℓ(w). */
export const steepness = invariant(
  'steepness',
  'The loss satisfies the Polyak–Łojasiewicz inequality ‖∇ℓ(w)‖² ≥ 2Q(θ) ℓ(w), whose constant depends on the angle θ',
  '‖∇ℓ(w)‖² ≥ 2 Q(θ) ℓ(w): both are quadratic in r − ρ(θ) on each ray',
  anyStep,
)
/** Invariant I8: ‖w − w*‖² ≤ 4k ℓ(w). */
export const distance = invariant(
  'distance',
  'The loss bounds the distance to the teacher: ‖w − w*‖² ≤ 4k ℓ(w)',
  '‖w − w*‖² ≤ 4kℓ(w), from s̃(θ)/π ≤ (1 − cos θ)/2',
  anyStep,
)
/** Bound B3 as a statement about every step, which follows from I6 and I7. */
export const linearRate = invariant(
  'linear-rate',
  'Each gradient descent step contracts the loss by a factor of at most 1 − 2η(1 − ηc/2) Q(θ)',
  'ℓ⁺ ≤ (1 − 2η(1 − ηc/2) Q(θ)) ℓ, by I6 and I7',
  stableStep,
)

/** The claims I1 to I8, followed by B3. */
export const invariantClaims: readonly DecidableClaim<TallyFacts>[] = [
  cone,
  twoScalars,
  normAbove,
  normBelow,
  normRange,
  descent,
  steepness,
  distance,
  linearRate,
]

/** Whether the hypotheses of an invariant hold for this step size. */
export const appliesTo = (
  { evidence }: DecidableClaim<TallyFacts>,
  { k, eta }: Pick<TallyFacts, 'k' | 'eta'>,
): boolean =>
  evidence({ checks: 0, breaches: 0, k, eta }).hypotheses?.every((h) => h.status !== 'fails') ??
  true

const talk = 'Gaussian Inputs: gradient descent converges in O(ε⁻²)'
const paper = 'Brutzkus & Globerson (2017), arXiv:1702.07966'

/** Bound B1 on the number of steps to an ε-stationary point. */
export const stationarity = claim(
  'gaussian/stationarity',
  'Gradient descent reaches an ε-stationary point in O(ε⁻²) steps',
  'float64',
  { talk, paper, ours: 'the constants: I6 summed over the steps' },
  (facts: StepsFacts) => stepsWithin(facts, 'gaussian/stationarity-order'),
)
/** Bound B2 on the number of steps to φ ≥ π/2. */
export const escape = claim(
  'gaussian/escape',
  'Gradient descent from angle φ₀ to −w* escapes the degenerate saddle in O(1/φ₀) steps',
  'float64',
  { ours: '1/φ falls by at least 0.44 K per step' },
  (facts: StepsFacts) => stepsWithin(facts, 'gaussian/escape-closed-form'),
)
/** Bound B2 in its sharper form, by the scalar recursion. */
export const escapeSharp = claim(
  'gaussian/escape-sharp',
  'Gradient descent escapes the degenerate saddle in no more steps than the recursion φ⁺ = φ + atan(K φ sin φ)',
  'float64',
  { ours: 'φ⁺ ≥ φ + atan(K φ sin φ), increasing in φ' },
  (facts: StepsFacts) => stepsWithin(facts, 'gaussian/escape-attained'),
)
/** Bound B4 on the number of steps to a loss of ε‖w*‖². */
export const reachesMinimum = claim(
  'gaussian/reaches-minimum',
  'Gradient descent reaches a loss of ε‖w*‖² in O(log 1/ε) steps',
  'float64',
  { talk, paper, ours: 'escape, then a linear rate: log(1/ε) steps' },
  (facts: StepsFacts) => stepsWithin(facts, 'gaussian/steps-attained'),
)

/** The number of steps in which a run met a goal, and the bound of a theorem on it. */
export interface StepsFacts {
  /** the first step at which the goal was met; undefined if it was not */
  readonly met: number | undefined
  /** steps made in all */
  readonly taken: number
  readonly bound: Bound
  /** the goal, for the statement: 'ℓ ≤ 1e-12 ‖w*‖²' */
  readonly goal: string
  /** the name of the run, for the statement: 'worst of 100 initializations' */
  readonly which?: string
  /** hypotheses beside those of the bound */
  readonly hypotheses?: readonly Hypothesis[]
}

/**
 * Evidence that a goal was met within the steps that a theorem allows. The claim is inconclusive
 * for a run that stopped before it met the goal or reached the bound, and violated by a run that
 * reached the bound without meeting the goal.
 */
function stepsWithin(facts: StepsFacts, inequality: true | string = true): Evidence {
  const { met, taken, bound, goal } = facts
  const hypotheses = [...bound.hypotheses, ...(facts.hypotheses ?? [])]
  const which = facts.which === undefined ? '' : `, ${facts.which}`
  const allowed = `at most ${readable(bound.value)} allowed${which}`
  const common = { relation: '<=', bound: bound.value, hypotheses, inequality } as const
  if (met !== undefined)
    return { ...common, statement: `${goal} after ${steps(met)}; ${allowed}`, measured: met }
  const statement = `${goal} not reached after ${steps(taken)}; ${allowed}`
  return taken < bound.value
    ? { ...common, statement, measured: taken, undecided: 'too few steps' }
    : { ...common, statement, measured: taken, holds: false }
}

function steps(n: number): string {
  return n === 1 ? '1 step' : `${readable(n)} steps`
}

/** The hypotheses of B2 and B4 other than that on the step size. */
export function initializationHypotheses(m: number, phi0: number): Hypothesis[] {
  return [
    hypothesis('filter length m ≥ 2', m >= 2, m),
    // the resolution of φ: an initialization −s w* has computed φ₀ up to 4e-16
    hypothesis('initialization not opposite to the teacher, φ₀ > 1e-15', phi0 > 1e-15, phi0),
  ]
}

/**
 * The tolerated distance at each step between the run of vectors and that of two scalars, for an
 * initialization at φ₀, in units of max(r₀, R).
 */
export function sameRunTolerance(phi0: number): number {
  // near −w* the initialization is known to 1e-16 in φ only, and 1/φ loses a constant per step
  return 1e-12 + 1e-14 / (phi0 * phi0)
}

/**
 * For several runs, the distance between the trajectory of vectors and that of the two scalars r
 * and θ.
 */
export interface SameRunFacts {
  readonly k: number
  readonly eta: number
  /** largest max(|Δr|, R|Δθ|)/max(r₀, R) of each run */
  readonly off: readonly number[]
  /** angle of each initialization to −w*; drop runs with φ₀ ≤ 1e-15 */
  readonly phi0: readonly number[]
}

/**
 * The trajectories of vectors and of the two scalars r and θ agree to {@link sameRunTolerance} at
 * every step.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { sameRun } from '@nonconvex/gaussian-theory/descent'
 * console.log(verdictOn(sameRun, { k: 5, eta: 1, off: [1e-14], phi0: [1.5] }).status) // → holds
 */
export const sameRun = claim(
  'gaussian/same-run',
  'The recursion in the norm r and the angle θ reproduces the trajectory of gradient descent',
  'float64',
  { ours: 'I2 iterated: the step maps (r, θ) to (r⁺, θ⁺)' },
  ({ k, eta, off, phi0 }: SameRunFacts) => {
    const { c } = coefficients(k)
    const used = off.map((x, i) => x / sameRunTolerance(phi0[i]))
    const measured = Math.max(...used)
    return {
      statement: `largest distance ${readable(Math.max(...off))} max(r₀, ‖w*‖) on ${readable(off.length)} runs: ${readable(measured)} of the tolerance`,
      measured,
      relation: '<=',
      bound: 1,
      hypotheses: [hypothesis('step size η ≤ 1/c', eta * c <= 1 + Number.EPSILON, eta * c)],
      ...(off.length === 0 && { undecided: 'no run' }),
    }
  },
)

/** The slopes of ln ℓ per step at the end of several runs. */
export interface LimitRateFacts {
  readonly k: number
  readonly m: number
  readonly eta: number
  readonly slopes: readonly number[]
}

/**
 * The slope of ln ℓ per step tends to 2 ln(1 − ηa), tested to 2 %. At k = 1 and η = 1/c the factor
 * is 0: convergence is faster than linear, and the claim is inapplicable.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { coefficients } from '@nonconvex/gaussian-theory'
 * import { limitRate } from '@nonconvex/gaussian-theory/descent'
 * const eta = 1 / coefficients(5).c
 * console.log(verdictOn(limitRate, { k: 5, m: 2, eta, slopes: [-1.159] }).status) // → holds
 */
export const limitRate = claim(
  'gaussian/limit-rate',
  'Gradient descent converges to w* at a linear rate: the loss contracts asymptotically by the factor (1 − η/k)² per step',
  'float64',
  { ours: 'linearization at w*: factor (1 − ηa)², which is α² at η = 1/c' },
  ({ k, m, eta, slopes }: LimitRateFacts) => {
    const { a, c } = coefficients(k)
    const expected = 2 * Math.log(1 - eta * a)
    const ratios = slopes.map((slope) => slope / expected)
    const measured = ratios.reduce(
      (worst, x) => (Math.abs(x - 1) > Math.abs(worst - 1) ? x : worst),
      1,
    )
    const factor = Math.exp(measured * expected)
    return {
      statement: `the loss falls by the factor ${readable(factor)} a step, predicted ${readable(Math.exp(expected))} = (1 − ηa)², worst of ${readable(slopes.length)} runs`,
      measured,
      relation: '==',
      bound: 1,
      slack: 0.02,
      hypotheses: [
        hypothesis('k ≥ 2 patches', k >= 2, k),
        hypothesis('filter length m ≥ 2', m >= 2, m),
        hypothesis('step size η ≤ 1/c', eta * c <= 1 + Number.EPSILON, eta * c),
      ],
      ...(slopes.length === 0 && { undecided: 'no run came close enough to w*' }),
    }
  },
)
