import { claim, counted, hypothesis, readable, type Hypothesis } from '@nonconvex/optim/claims'
import { halfTimeSlack, saxeHalfTime } from './saxe.js'

/** What the theorems on linear networks need of the data. */
export interface LinearData {
  /** ‖Y‖_F² */
  readonly total: number
  /** the eigenvalues of Σ, descending */
  readonly eigenvalues: readonly number[]
  /** the smallest eigenvalue of XXᵀ */
  readonly smallestInput: number
}

function hypotheses({ total, eigenvalues, smallestInput }: LinearData): Hypothesis[] {
  const gaps = eigenvalues.map((e, i) => e - (eigenvalues[i + 1] ?? 0))
  const gap = Math.min(...gaps)
  return [
    hypothesis('XXᵀ has full rank', smallestInput > 0, smallestInput),
    hypothesis('Σ has distinct eigenvalues above 0', gap > ROUNDING * total, gap),
  ]
}

/** The entry for which a number is largest; NaN counts as larger than all. */
function farthest<T>(list: readonly T[], by: (entry: T) => number): T | undefined {
  let [found, most] = [list.at(0), -Infinity]
  for (const entry of list) {
    const here = by(entry)
    if (here > most || (Number.isNaN(here) && !Number.isNaN(most))) [found, most] = [entry, here]
  }
  return found
}

/** Losses at critical points agree with those in closed form up to this fraction of ‖Y‖². */
const ROUNDING = 1e-9

/** Ends of minimizations of a linear network from random initializations. */
export interface LinearEnds extends LinearData {
  /** the loss at each end */
  readonly losses: readonly number[]
  /** L_min of `linearMinimum` */
  readonly least: number
  /** runs that had too few steps to converge */
  readonly unfinished: number
}

/** Every run ends at the least loss ½(‖Y‖² − Σ_{i≤p} e_i). */
export const linearMinimumReached = claim(
  'gaussian/linear-minimum',
  'Every local minimum of a linear network is global, with loss ½(‖Y‖² − Σ_{i≤p} eᵢ) (as recalled)',
  'float64',
  { paper: 'Baldi & Hornik (1989); Kawaguchi (2016), as recalled' },
  (facts: LinearEnds) => {
    const { losses, least, total, unfinished } = facts
    const end = farthest(losses, (loss) => Math.abs(loss - least)) ?? NaN
    return {
      statement: `${counted(losses.length, 'run')} ended, the farthest at ${readable(end, 12)}; the minimum is ${readable(least, 12)}`,
      measured: end,
      relation: '==',
      bound: least,
      slack: ROUNDING * total,
      hypotheses: hypotheses(facts),
      ...(unfinished > 0 && { undecided: `${counted(unfinished, 'run')} reached the step limit` }),
    }
  },
)

/** Critical points of a two-layer linear network. */
export interface LinearCriticalPoints extends LinearData {
  readonly points: readonly {
    readonly loss: number
    /** the smallest eigenvalue of the Hessian */
    readonly curvature: number
  }[]
  /** the losses ½(‖Y‖² − Σ_J e_i), ascending */
  readonly values: readonly number[]
}

/** Each critical point has one of the losses in the list. */
export const linearCriticalValues = claim(
  'gaussian/linear-critical-values',
  'The loss of a two-layer linear network at a critical point is ½(‖Y‖² − Σ_{i∈J} eᵢ), |J| ≤ p (as recalled)',
  'float64',
  { paper: 'Baldi & Hornik (1989), as recalled' },
  (facts: LinearCriticalPoints) => {
    const { points, values, total } = facts
    const off = points.map(({ loss }) => Math.min(...values.map((v) => Math.abs(v - loss))))
    const most = Math.max(0, ...off)
    const found = values.filter((v) =>
      points.some(({ loss }) => Math.abs(v - loss) <= ROUNDING * total),
    )
    return {
      statement: `${counted(points.length, 'critical point')} at ${readable(found.length)} of ${readable(values.length)} values, at most ${readable(most, 2)} off`,
      measured: most,
      relation: '==',
      bound: 0,
      slack: ROUNDING * total,
      hypotheses: hypotheses(facts),
      ...(points.length === 0 && { undecided: 'no critical point was found' }),
    }
  },
)

/** Above the least loss every critical point has a direction of negative curvature. */
export const linearSaddlesStrict = claim(
  'gaussian/linear-strict-saddles',
  'Every critical point of a two-layer linear network above the minimum is a strict saddle (as recalled)',
  'float64',
  { paper: 'Baldi & Hornik (1989); Kawaguchi (2016), as recalled' },
  (facts: LinearCriticalPoints) => {
    const { points, values, total } = facts
    const above = points.filter(({ loss }) => loss > values[0] + ROUNDING * total)
    const flattest = Math.max(...above.map(({ curvature }) => curvature))
    return {
      statement: `${counted(above.length, 'critical point')} above the minimum, smallest eigenvalues of the Hessian up to ${readable(flattest, 4)}`,
      measured: above.length === 0 ? 0 : flattest,
      relation: '<=',
      bound: 0,
      // strictly, and beyond the rounding of a zero eigenvalue
      holds: flattest < -ROUNDING,
      hypotheses: hypotheses(facts),
      ...(above.length === 0 && { undecided: 'no critical point above the minimum was found' }),
    }
  },
)

/** The origin of a network with three layers. */
export interface FlatSaddle {
  /** largest |entry| of the Hessian at W = 0 */
  readonly curvature: number
  /** (L(0) − L(t))/t³ along the first singular vectors of YXᵀ */
  readonly descent: number
  /** σ_1(YXᵀ) − ½t³‖vᵀX‖², the same in closed form */
  readonly expected: number
  readonly t: number
  /** ‖Y‖_F² */
  readonly total: number
}

/** With three layers the Hessian at W = 0 vanishes, and the loss falls like t³. */
export const linearFlatSaddle = claim(
  'gaussian/linear-flat-saddle',
  'With three layers W = 0 is a saddle without negative curvature: the loss falls there like −σ₁t³',
  'float64',
  { ours: 'L(t) = ½‖Y‖² − σ₁t³ + ½t⁶‖vᵀX‖² for W₁, W₂, W₃ of rank one and size t' },
  ({ curvature, descent, expected, t, total }: FlatSaddle) => ({
    statement: `Hessian ${readable(curvature)}, descent ${readable(descent, 8)} t³; ${readable(expected, 8)} t³ expected`,
    measured: descent,
    relation: '==',
    bound: expected,
    // of the difference of two losses
    slack: (8 * Number.EPSILON * total) / (t * t * t),
    holds: curvature === 0 && expected > 0,
  }),
)

/** Half-times of the modes of gradient descent from a balanced and aligned initialization. */
export interface SaxeRun {
  readonly eta: number
  readonly u0: number
  readonly modes: readonly {
    readonly s: number
    /** null if the run was too short */
    readonly time: number | null
  }[]
}

/** Each mode reaches half of its strength at the time of `saxeHalfTime`. */
export const saxeTimes = claim(
  'gaussian/saxe-half-times',
  'Gradient descent on a two-layer linear network learns one singular value after the other, σ at time ln(σ/u₀ − 1)/2σ',
  'float64',
  { paper: 'Saxe, McClelland & Ganguli (2014)', ours: 'with an error bound for the step size' },
  ({ eta, u0, modes }: SaxeRun) => {
    const largest = Math.max(...modes.map(({ s }) => s))
    const smallest = Math.min(...modes.map(({ s }) => s))
    const expectedOf = (s: number): number => saxeHalfTime(s, Math.min(u0, s / 4))
    // the half-time is interpolated within a step
    const slackOf = (s: number): number => halfTimeSlack(eta * s) * expectedOf(s) + eta
    const far = farthest(modes, ({ s, time }) => Math.abs((time ?? 0) - expectedOf(s)) / slackOf(s))
    const missing = modes.filter(({ time }) => time === null).length
    const { s = NaN, time = null } = far ?? {}
    return {
      statement: `singular value ${readable(s)} at time ${readable(time ?? NaN, 5)}, ${readable(far ? expectedOf(s) : NaN, 5)} expected`,
      measured: time ?? NaN,
      relation: '==',
      bound: far ? expectedOf(s) : NaN,
      slack: far ? slackOf(s) : 0,
      hypotheses: [
        hypothesis('step size ησ ≤ 0.4', eta * largest <= 0.4, eta * largest),
        hypothesis('u₀ < σ/4', u0 < smallest / 4, u0),
      ],
      ...(missing > 0 && { undecided: `${counted(missing, 'mode')} had too few steps` }),
    }
  },
)

/** The sides of `residualGradientBound` at points of a run. */
export interface ResidualPoint {
  readonly loss: number
  readonly gradient: number
  readonly bound: number
  readonly tau: number
}

/** Rounding of both sides. */
const SIDES = 1e-12

/** As long as all ‖A_i‖ ≤ τ < 1 the gradient is at least 4l(1 − τ)^(2l−2) σ_min(S) f. */
export const residualGradient = claim(
  'gaussian/residual-gradient',
  'A linear residual network with all ‖Aᵢ‖ ≤ τ < 1 has ‖∇f‖² ≥ 4l(1 − τ)^(2l−2) σ_min(E xxᵀ) f, so no spurious critical point',
  'float64',
  { paper: 'Hardt & Ma (2017)', ours: 'the constant' },
  (points: readonly ResidualPoint[]) => {
    const tau = Math.max(0, ...points.map((point) => point.tau))
    const tightest = farthest(points, ({ gradient, bound }) => bound / gradient) ?? {
      gradient: NaN,
      bound: NaN,
    }
    return {
      statement: `${readable(points.length)} points, at the tightest ‖∇f‖² = ${readable(tightest.gradient)}, at least ${readable(tightest.bound)}`,
      measured: tightest.gradient,
      relation: '>=',
      bound: tightest.bound,
      inequality: residualAttainedId,
      slack: SIDES * Math.abs(tightest.bound),
      hypotheses: [hypothesis('‖A_i‖ < 1 for all i', tau < 1, tau)],
      ...(points.length === 0 && { undecided: 'no point' }),
    }
  },
)

const residualAttainedId = 'gaussian/residual-gradient-attained'

/** The bound of `residualGradient` is attained. */
export const residualGradientAttained = claim(
  residualAttainedId,
  'The bound on the gradient of a linear residual network is attained at Aᵢ = −τI with E xxᵀ = I',
  'float64',
  { ours: 'all singular values of I + A_i are 1 − τ' },
  ({ gradient, bound }: ResidualPoint) => ({
    statement: `‖∇f‖² is ${readable(gradient / bound, 12)} times its bound`,
    measured: gradient / bound,
    relation: '==',
    bound: 1,
    attains: bound / gradient,
    slack: SIDES,
  }),
)

/** The residual network of `residualSolution`. */
export interface ResidualSolved {
  readonly l: number
  /** max |log σ(R)| */
  readonly gamma: number
  /** its loss, and the size ‖R‖_F² of what it computes */
  readonly loss: number
  readonly size: number
  /** max ‖A_i‖ */
  readonly tau: number
}

/** A symmetric positive definite target is computed with ‖A_i‖ ≤ e^(γ/l) − 1. */
export const residualSolved = claim(
  'gaussian/residual-solution',
  'A symmetric positive definite target R is computed by l residual layers with ‖Aᵢ‖ ≤ e^(γ/l) − 1, γ = max |log σ(R)|',
  'float64',
  { paper: 'Hardt & Ma (2017), for such targets', ours: 'A_i = R^(1/l) − I' },
  ({ l, gamma, loss, size, tau }: ResidualSolved) => ({
    statement: `${readable(l)} layers of norm ${readable(tau, 6)}, at most ${readable(Math.expm1(gamma / l), 6)}; loss ${readable(loss, 2)}`,
    measured: tau,
    relation: '<=',
    bound: Math.expm1(gamma / l),
    inequality: true,
    slack: SIDES,
    holds: loss <= l * l * SIDES * SIDES * size,
  }),
)

/** Wrong eigenvectors in a symmetric factorization of rank 1. */
export interface WrongEigenvector {
  /** the eigenvalue μ_j of the one that was taken, and the largest */
  readonly mu: number
  readonly largest: number
  /** the smallest eigenvalue of the Hessian there */
  readonly curvature: number
}

/** The smallest eigenvalue of the Hessian at √μ_j q_j is μ_j − μ_1. */
export const factorizationEscape = claim(
  'gaussian/factorization-escape',
  'In the factorization ¼‖uuᵀ − M‖² a wrong eigenvector √μⱼ qⱼ is a strict saddle of curvature μⱼ − μ₁',
  'float64',
  { ours: 'the Hessian at √μ_j q_j is Σ (μ_j − μ_i) q_i q_iᵀ + 2μ_j q_j q_jᵀ' },
  ({ mu, largest, curvature }: WrongEigenvector) => ({
    statement: `curvature ${readable(curvature, 10)}, μⱼ − μ₁ = ${readable(mu - largest, 10)}`,
    measured: curvature,
    relation: '==',
    bound: mu - largest,
    slack: 1e-12 * largest,
    hypotheses: [hypothesis('0 < μⱼ < μ₁', mu > 0 && mu < largest, mu)],
  }),
)
