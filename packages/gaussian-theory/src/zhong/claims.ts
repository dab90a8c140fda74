import { claim, counted, hypothesis, readable } from '@nonconvex/optim/claims'

/** Rounding of a smallest eigenvalue, the largest being below 10. */
const EIGENVALUE = 1e-12

/** The curvature at a teacher. */
export interface ZhongTeacher {
  readonly activation: string
  /** ρ(σ_k) of the activation */
  readonly rho: number
  /** κ²λ of the teacher */
  readonly conditioning: number
  /** λ_min(∇²L(W*)) */
  readonly smallest: number
}

const attained = 'gaussian/teacher-curvature-attained'

/** λ_min(∇²L(W*)) ≥ ρ(σ_k)/(κ²λ). */
export const teacherConvex = claim(
  'gaussian/teacher-curvature',
  'The loss is strongly convex next to a teacher with independent neurons, λ_min ≥ ρ(σ_k)/(κ²λ) (ρ as recalled)',
  'float64',
  {
    paper: 'Zhong, Song, Jain, Bartlett & Dhillon (2017), as recalled',
    ours: 'the constant 1: the density of W*x is at least 1/λ times that of N(0, σ_k² I)',
  },
  ({ activation, rho, conditioning, smallest }: ZhongTeacher) => ({
    statement: `${activation}: smallest eigenvalue ${readable(smallest, 8)}, at least ${readable(rho / conditioning, 8)}`,
    measured: smallest,
    relation: '>=',
    bound: rho / conditioning,
    inequality: attained,
    slack: EIGENVALUE,
    hypotheses: [hypothesis('ρ(σ_k) > 0', rho > 0, rho)],
  }),
)

/** At orthonormal teachers of ReLU and leaky ReLU the bound is attained. */
export const teacherConvexAttained = claim(
  attained,
  'The bound on the curvature is attained at orthonormal teachers with ReLU or leaky ReLU neurons',
  'float64',
  { ours: 'β₀ − α₀² − α₁² is an eigenvalue there, from three neurons on' },
  ({ activation, rho, conditioning, smallest }: ZhongTeacher) => ({
    statement: `${activation}: smallest eigenvalue ${readable(smallest, 12)}, ρ = ${readable(rho, 12)}`,
    measured: smallest,
    relation: '==',
    bound: rho,
    ...(smallest > 0 && { attains: rho / smallest }),
    slack: EIGENVALUE,
    hypotheses: [
      hypothesis('an orthonormal teacher', Math.abs(conditioning - 1) <= 1e-12, conditioning),
    ],
  }),
)

/** Gradient descent next to an orthonormal teacher. */
export interface ZhongRate {
  readonly eta: number
  readonly rho: number
  /** the largest eigenvalue of the Hessian at the teacher */
  readonly largest: number
  /** the mean factor of the error in a step, far from the initialization and from rounding */
  readonly rate: number
  /** whether the run came near the teacher */
  readonly converged: boolean
}

/** How far the mean factor of 150 steps may be from its limit, by the slower decay of others. */
const RATE = 1e-4

/** The error of gradient descent is multiplied by 1 − ηρ in a step. */
export const teacherRate = claim(
  'gaussian/teacher-rate',
  'Gradient descent converges to an orthonormal teacher at the linear rate 1 − ηρ',
  'float64',
  { ours: 'ρ is the smallest eigenvalue of the Hessian there' },
  ({ eta, rho, largest, rate, converged }: ZhongRate) => ({
    statement: `the error falls by a factor of ${readable(rate, 7)} in a step, 1 − ηρ = ${readable(1 - eta * rho, 7)}`,
    measured: rate,
    relation: '==',
    bound: 1 - eta * rho,
    slack: RATE,
    hypotheses: [
      hypothesis('step size η < 1/λ_max', eta * largest < 1, eta * largest),
      hypothesis('initialization in the basin of the teacher', converged),
    ],
  }),
)

/** Runs from a distance of the teacher. */
export interface ZhongBasin {
  readonly k: number
  /** ‖W⁰ − W*‖_F/‖W*‖_F */
  readonly distance: number
  readonly runs: number
  /** those that ended elsewhere */
  readonly missed: number
  /** those with too few steps */
  readonly unfinished: number
}

/** The distance from the teacher up to which every run reaches it. */
const BASIN = 0.3

/** From up to 0.3‖W*‖ of an orthonormal teacher every run reaches it. */
export const teacherBasin = claim(
  'gaussian/teacher-basin',
  'From up to 0.3‖W*‖ of an orthonormal teacher gradient descent reaches it, so a rough initialization suffices',
  'float64',
  { paper: 'Zhong, Song, Jain, Bartlett & Dhillon (2017), a smaller radius, as recalled' },
  ({ k, distance, runs, missed, unfinished }: ZhongBasin) => ({
    statement: `${readable(missed)} of ${counted(runs, 'run')} from a distance of ${readable(distance)} ended elsewhere, k = ${readable(k)}`,
    measured: missed,
    relation: '==',
    bound: 0,
    hypotheses: [hypothesis(`distance ≤ ${BASIN}‖W*‖`, distance <= BASIN, distance)],
    ...(unfinished > 0 && { undecided: `${counted(unfinished, 'run')} reached the step limit` }),
  }),
)
