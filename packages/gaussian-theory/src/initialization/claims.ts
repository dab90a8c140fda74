import { claim, hypothesis, readable, type Hypothesis } from '@nonconvex/optim/claims'
import { wilsonInterval } from '@nonconvex/optim/statistics'
import { zBound } from '../sample-agreement.js'
import { coefficients } from '../no-overlap/coefficients.js'
import { startAngleGap, type StartAngles } from './probability.js'

const talk = 'Gaussian Inputs: gradient descent from a random start'
const paper = 'Brutzkus & Globerson (2017), arXiv:1702.07966'

/** Runs of gradient descent from uniform starts. */
export interface RandomStarts {
  readonly k: number
  readonly eta: number
  readonly starts: number
  /** starts that reached the teacher */
  readonly arrived: number
}

function hypotheses(k: number, eta: number): Hypothesis[] {
  const used = eta * coefficients(k).c
  return [
    hypothesis('k ≥ 2 windows', k >= 2, k),
    hypothesis('step size η ≤ 1/c', used <= 1 + Number.EPSILON, used),
  ]
}

const CONFIDENCE = 0.95
/** What the share of starts must be at least, by the lower end of the interval. */
const ALMOST_ALL = 0.98

/**
 * All starts reach the teacher: none was still away after the steps that the theorem (B4) allows
 * it, and the share is at least 98 % by the lower end of the 95 % interval. Facts: runs with m ≥ 2;
 * `m`, the least filter length among them; `late`, those that had the steps of B4 and did not
 * arrive.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { randomStart } from '@nonconvex/gaussian-theory/descent'
 * const facts = { k: 5, m: 2, eta: 1, starts: 1000, arrived: 1000, late: 0 }
 * console.log(verdictOn(randomStart, facts).status) // → holds
 */
export const randomStart = claim(
  'gaussian/random-start',
  'Gradient descent reaches the teacher from every random start',
  'statistical',
  { talk, paper, ours: 'starts on the ray of the saddle have probability 0' },
  ({
    k,
    m,
    eta,
    starts,
    arrived,
    late,
  }: RandomStarts & { readonly m: number; readonly late: number }) => {
    const { low } = starts > 0 ? wilsonInterval(arrived, starts) : { low: 0 }
    return {
      statement: `${readable(arrived)} of ${readable(starts)} starts reached the teacher, ${readable(late)} of the others had all the steps that the theorem allows; share at least ${readable(low, 4)}, ${ALMOST_ALL} needed`,
      measured: low,
      relation: '>=',
      bound: ALMOST_ALL,
      holds: late === 0,
      confidence: CONFIDENCE,
      hypotheses: [...hypotheses(k, eta), hypothesis('filter length m ≥ 2', m >= 2, m)],
      ...(late === 0 && low < ALMOST_ALL && { undecided: 'too few starts, or too few steps' }),
    }
  },
)

/** With fewer starts nearly every share is within the interval. */
const FEWEST = 200

/**
 * Of the starts with m = 1 one half ends at −αw*, within 4.5 standard errors, and the others reach
 * the teacher. Facts: runs with m = 1; `trapped`, those that ended at −αw*.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { oneWeight } from '@nonconvex/gaussian-theory/descent'
 * const facts = { k: 5, eta: 1, starts: 1000, arrived: 510, trapped: 490 }
 * console.log(verdictOn(oneWeight, facts).status) // → holds
 */
export const oneWeight = claim(
  'gaussian/one-weight',
  'With a filter of a single weight half of the starts end at a local minimum',
  'statistical',
  { ours: 'for m = 1 there is no direction in which −αw* could be left' },
  ({ k, eta, starts, arrived, trapped }: RandomStarts & { readonly trapped: number }) => {
    const share = trapped / starts
    const { low, high } = starts > 0 ? wilsonInterval(trapped, starts) : { low: 0, high: 1 }
    return {
      statement: `${readable(trapped)} of ${readable(starts)} starts ended at −αw*, ${readable(share, 3)} [${readable(low, 3)}, ${readable(high, 3)}], and ${readable(arrived)} at the teacher`,
      measured: share,
      relation: '==',
      bound: 0.5,
      // the interval of Wilson with z = 4.5 contains ½ exactly if this holds
      slack: starts > 0 ? zBound / (2 * Math.sqrt(starts)) : 1,
      holds: arrived + trapped === starts,
      confidence: 0.99999,
      hypotheses: [
        ...hypotheses(k, eta),
        hypothesis('starts with filter length m = 1', starts > 0),
      ],
      ...(starts < FEWEST && { undecided: `fewer than ${FEWEST} starts` }),
    }
  },
)

/** The chance of √n D above this is at most 2 exp(−2 · 2.5²) for every n (Massart). */
const LARGEST_GAP = 2.5
const TAIL = 2 * Math.exp(-2 * LARGEST_GAP * LARGEST_GAP)

/**
 * The angles of random starts have the distribution `antiparallelProbability`: √n times the largest
 * distance of the two distribution functions is at most 2.5 for each m ≥ 2. Facts: one entry for
 * each filter length; m = 1, where the distribution has a jump, is ignored.
 *
 * Source of the bound: Dvoretzky, Kiefer & Wolfowitz (1956), with the constant of Massart (1990).
 */
export const startAngle = claim(
  'gaussian/start-angle',
  'The angle of a random start to the ray of the saddle has a law in closed form',
  'statistical',
  { ours: 'B5: caps of the sphere, an incomplete beta function' },
  (found: readonly StartAngles[]) => {
    const several = found.filter(({ m }) => m >= 2)
    const gaps = several.map((one) => Math.sqrt(one.phi0.length) * startAngleGap(one))
    const measured = Math.max(0, ...gaps)
    const fewest = Math.min(...several.map(({ phi0 }) => phi0.length))
    const most = Math.max(0, ...found.map(({ m }) => m))
    return {
      statement: `share of starts below an angle against its probability: largest difference ${readable(measured, 3)}/√n for ${readable(several.length)} filter lengths; at most ${LARGEST_GAP}/√n`,
      measured,
      relation: '<=',
      bound: LARGEST_GAP,
      confidence: 1 - Math.max(1, several.length) * TAIL,
      hypotheses: [hypothesis('filter length m ≥ 2', most >= 2, most)],
      ...(fewest < 20 && { undecided: 'fewer than 20 starts' }),
    }
  },
)
