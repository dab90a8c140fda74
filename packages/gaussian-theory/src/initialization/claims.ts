import { claim, hypothesis, readable, type Hypothesis } from '@nonconvex/optim/claims'
import { wilsonInterval } from '@nonconvex/optim/statistics'
import { zBound } from '../sample-agreement.js'
import { coefficients } from '../no-overlap/coefficients.js'
import { initialAngleGap, type InitialAngles } from './probability.js'
import { escapeTime } from '../descent/bounds.js'

const talk = 'Gaussian Inputs: gradient descent from a random initialization'
const paper = 'Brutzkus & Globerson (2017), arXiv:1702.07966'

/** Counts of gradient descent runs from initializations that are uniform on a sphere. */
export interface RandomInitializations {
  readonly k: number
  readonly eta: number
  readonly starts: number
  /** initializations that reached the teacher */
  readonly arrived: number
}

function randomHypotheses(k: number, eta: number): Hypothesis[] {
  const used = eta * coefficients(k).c
  return [
    hypothesis('k ≥ 2 patches', k >= 2, k),
    hypothesis('step size η ≤ 1/c', used <= 1 + Number.EPSILON, used),
  ]
}

const CONFIDENCE = 0.95
/** The success rate that the lower end of the interval must reach. */
const ALMOST_ALL = 0.98

/**
 * Gradient descent reaches the teacher: no run takes more steps than the theorem (B4) allows, and
 * the lower end of the 95 % interval of the success rate is at least 98 %. Facts: runs with m ≥ 2;
 * `m`, the smallest filter length among them; `late`, the number of runs that made all steps of B4
 * without reaching the teacher; `tightest`, the run that comes nearest to B4.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { randomInitialization } from '@nonconvex/gaussian-theory/descent'
 * const facts = { k: 5, m: 2, eta: 1, starts: 1000, arrived: 1000, late: 0, tightest: { steps: 20, bound: 50 } }
 * console.log(verdictOn(randomInitialization, facts).status) // → holds
 */
export const randomInitialization = claim(
  'gaussian/random-start',
  'Gradient descent converges to the teacher from almost every initialization',
  'statistical',
  { talk, paper, ours: 'initializations on the ray of the saddle have probability 0' },
  ({
    k,
    m,
    eta,
    starts,
    arrived,
    late,
    tightest,
  }: RandomInitializations & {
    readonly m: number
    readonly late: number
    readonly tightest?: { readonly steps: number; readonly bound: number } | undefined
  }) => {
    const { low } = starts > 0 ? wilsonInterval(arrived, starts) : { low: 0 }
    return {
      statement: `${readable(arrived)} of ${readable(starts)} initializations reached the teacher, ${readable(late)} of the others had all the steps of the bound; success rate at least ${readable(low, 4)} (limit ${ALMOST_ALL})${tightest ? `; nearest to its bound: ${readable(tightest.steps)} steps of ${readable(tightest.bound)}` : ''}`,
      ...(tightest && {
        measured: tightest.steps,
        relation: '<=',
        bound: tightest.bound,
        inequality: 'gaussian/steps-attained',
      }),
      holds: late === 0 && low >= ALMOST_ALL,
      confidence: CONFIDENCE,
      hypotheses: [...randomHypotheses(k, eta), hypothesis('filter length m ≥ 2', m >= 2, m)],
      ...(late === 0 &&
        low < ALMOST_ALL && { undecided: 'too few initializations, or too few steps' }),
    }
  },
)

/** With fewer initializations the interval contains nearly every fraction. */
const FEWEST = 200

/**
 * Of the initializations with m = 1 one half ends at −αw*, within 4.5 standard errors, and the
 * others reach the teacher. Facts: runs with m = 1; `trapped`, those that ended at −αw*.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { oneWeight } from '@nonconvex/gaussian-theory/descent'
 * const facts = { k: 5, eta: 1, starts: 1000, arrived: 510, trapped: 490 }
 * console.log(verdictOn(oneWeight, facts).status) // → holds
 */
export const oneWeight = claim(
  'gaussian/one-weight',
  'For filter length m = 1 gradient descent converges to a spurious local minimum from half of all initializations',
  'statistical',
  { ours: 'for m = 1 there is no direction in which −αw* could be left' },
  ({ k, eta, starts, arrived, trapped }: RandomInitializations & { readonly trapped: number }) => {
    const fraction = trapped / starts
    const { low, high } = starts > 0 ? wilsonInterval(trapped, starts) : { low: 0, high: 1 }
    return {
      statement: `${readable(trapped)} of ${readable(starts)} initializations ended at −αw*, ${readable(fraction, 3)} [${readable(low, 3)}, ${readable(high, 3)}], and ${readable(arrived)} at the teacher`,
      measured: fraction,
      relation: '==',
      bound: 0.5,
      // the interval of Wilson with z = 4.5 contains ½ exactly if this holds
      slack: starts > 0 ? zBound / (2 * Math.sqrt(starts)) : 1,
      holds: arrived + trapped === starts,
      confidence: 0.99999,
      hypotheses: [
        ...randomHypotheses(k, eta),
        hypothesis('initializations with filter length m = 1', starts > 0),
      ],
      ...(starts < FEWEST && { undecided: `fewer than ${FEWEST} initializations` }),
    }
  },
)

/** The probability that √n D exceeds this is at most 2 exp(−2 · 2.5²) for every n (Massart). */
const LARGEST_GAP = 2.5
const TAIL = 2 * Math.exp(-2 * LARGEST_GAP * LARGEST_GAP)

/**
 * The angles of random initializations have the distribution `antiparallelProbability`: √n times
 * the largest distance of the two distribution functions is at most 2.5 for each m ≥ 2. Facts: one
 * entry for each filter length; m = 1, where the distribution has a jump, is ignored.
 *
 * Source of the bound: Dvoretzky, Kiefer & Wolfowitz (1956), with the constant of Massart (1990).
 */
export const initialAngle = claim(
  'gaussian/start-angle',
  'The angle between a random initialization and −w* has a closed-form distribution',
  'statistical',
  { ours: 'B5: caps of the sphere, an incomplete beta function' },
  (found: readonly InitialAngles[]) => {
    const several = found.filter(({ m }) => m >= 2)
    const gaps = several.map((one) => Math.sqrt(one.phi0.length) * initialAngleGap(one))
    const measured = Math.max(0, ...gaps)
    const fewest = Math.min(...several.map(({ phi0 }) => phi0.length))
    const most = Math.max(0, ...found.map(({ m }) => m))
    return {
      statement: `fraction of initializations below an angle against its probability: largest difference ${readable(measured, 3)}/√n for ${readable(several.length)} filter lengths; at most ${LARGEST_GAP}/√n`,
      measured,
      relation: '<=',
      bound: LARGEST_GAP,
      confidence: 1 - Math.max(1, several.length) * TAIL,
      hypotheses: [hypothesis('filter length m ≥ 2', most >= 2, most)],
      ...(fewest < 20 && { undecided: 'fewer than 20 initializations' }),
    }
  },
)

/** The problem and step size of a run. */
export interface EscapeSetting {
  readonly k: number
  readonly m: number
  readonly eta: number
}

function escapeHypotheses({ k, m, eta }: EscapeSetting): Hypothesis[] {
  const used = eta * coefficients(k).c
  return [
    hypothesis('k ≥ 2 patches', k >= 2, k),
    hypothesis('filter length m ≥ 2', m >= 2, m),
    hypothesis('step size η ≤ 1/c', used <= 1 + Number.EPSILON, used),
  ]
}

/** The largest φ₀ for the claim, which is asymptotic: the next term is of order log(1/φ₀) steps. */
const CLOSE = 1e-3
const ESCAPE_SLACK = 0.05

/**
 * From norm R and φ₀ ≤ 1e-3 gradient descent takes (k − 1)/(ηc φ₀) steps to φ ≥ π/2, tested to 5 %.
 * Facts: the setting; `phi0`; `steps`, the first step with φ ≥ π/2, undefined if there was none;
 * `taken`, the total number of steps.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { coefficients } from '@nonconvex/gaussian-theory'
 * import { escapeScaling } from '@nonconvex/gaussian-theory/descent'
 * const at = { k: 5, m: 2, eta: 1 / coefficients(5).c }
 * console.log(verdictOn(escapeScaling, { ...at, phi0: 1e-3, steps: 4007, taken: 4050 }).status) // → holds
 */
export const escapeScaling = claim(
  'gaussian/escape-law',
  'Gradient descent from a small angle φ₀ to −w* escapes the degenerate saddle in (k − 1)/(ηcφ₀) steps',
  'float64',
  { ours: 'near −αw* a step of 1/c adds φ²/(k − 1) to the angle' },
  ({
    phi0,
    steps,
    taken,
    ...at
  }: EscapeSetting & {
    readonly phi0: number
    readonly steps?: number | undefined
    readonly taken: number
  }) => {
    const predicted = at.k >= 2 ? escapeTime(at.k, phi0, at.eta) : 0
    const measured = (steps ?? taken) / predicted
    const found = steps === undefined ? `no escape after ${readable(taken)}` : readable(steps)
    // a run that was stopped before the predicted number is inconclusive
    const open = steps === undefined && measured < 1 - ESCAPE_SLACK
    return {
      statement: `${found} steps from φ₀ = ${readable(phi0, 2)}, where (k − 1)/(ηc φ₀) is ${readable(predicted)}`,
      measured,
      relation: '==',
      bound: 1,
      slack: ESCAPE_SLACK,
      holds: steps !== undefined,
      hypotheses: [
        ...escapeHypotheses(at),
        hypothesis('initialization close to the ray, φ₀ ≤ 1e-3', phi0 <= CLOSE * (1 + 1e-9), phi0),
      ],
      ...(open && { undecided: 'too few steps' }),
    }
  },
)

/** The last state of a run initialized opposite to the teacher. */
export interface AntiparallelEnd {
  /** its last loss, in units of R² */
  readonly loss: number
  /** its last angle to −w* */
  readonly phi: number
  /** ‖w‖/R at its end */
  readonly r: number
}

/**
 * The tolerated angle to the ray: rounding may turn w by an ulp at each step, and the loss changes
 * by O(φ³) only.
 */
const STILL_OPPOSITE = 1e-12
const LOSS_SLACK = 1e-12

/** A run from −w* ends at the saddle, whose loss is (1 − α²) ℓ(0), to 1e-12. */
export const antiparallelInitialization = claim(
  'gaussian/antiparallel-start',
  'Gradient descent initialized exactly opposite to the teacher converges to the saddle point',
  'float64',
  { ours: 'on the ray the loss is a parabola with its minimum at −αw*' },
  ({ loss, phi, r, ...at }: EscapeSetting & AntiparallelEnd) => {
    const { alpha, c } = coefficients(at.k)
    const saddle = (c / 2) * (1 - alpha * alpha)
    return {
      statement: `loss ${readable(loss, 6)} ‖w*‖² at −${readable(r, 6)} w*, ${readable(phi, 2)} away from the ray; the saddle has ${readable(saddle, 6)} at −${readable(alpha, 6)} w*`,
      measured: loss,
      relation: '==',
      bound: saddle,
      slack: LOSS_SLACK,
      holds: phi <= STILL_OPPOSITE,
      hypotheses: escapeHypotheses(at),
    }
  },
)
