import { claim, counted, readable } from '@nonconvex/optim/claims'
import { clopperPearson, logBinomialTail } from '@nonconvex/optim/statistics'
import { power } from '@nonconvex/tensor'
import { checkCount, checkInteger, checkNotEmpty } from '@nonconvex/tensor/check'
import { overlapHypotheses } from '../overlap/claims.js'
import type { OverlapShape } from '../overlap/smoothness.js'
import { restartsNeeded } from './restarts-needed.js'

/**
 * The number of restarts up to which the talk's statement counts as confirmed, and the success rate
 * for which this number suffices for 99 %.
 */
const FEW = 20
const SUCCESS_RATE = 1 - power(0.01, 1 / FEW)
/** Probability that all teachers together are decided correctly. */
const CONFIDENCE = 0.99

/** The times at which the runs of a teacher are looked at: each doubles their number. */
export const RESTART_STAGES = 5

/** The runs of one teacher. */
export interface TeacherRuns {
  readonly reached: number
  readonly starts: number
}

/** Bonferroni over all teachers and stages; each teacher has one side on which it can be wrong. */
const levelOf = (teachers: number): number => (1 - CONFIDENCE) / (teachers * RESTART_STAGES)

/**
 * Whether the runs of one of several teachers show that its success rate is at least 0.2057, so
 * that 20 restarts find the global minimum with probability 99 %, or that it is less; undefined if
 * more runs are needed.
 *
 * At most `RESTART_STAGES` such decisions for each teacher are wrong with probability at most 0.01
 * in all, also if runs are added after each.
 *
 * @param teachers - number of teachers that are decided together
 * @throws RangeError for counts out of range
 *
 * @example
 * import { restartsSuffice } from '@nonconvex/gaussian-theory/restarts'
 * console.log(restartsSuffice({ reached: 30, starts: 40 }, 100)) // → true
 * console.log(restartsSuffice({ reached: 12, starts: 40 }, 100)) // → undefined
 */
export function restartsSuffice(
  { reached, starts }: TeacherRuns,
  teachers: number,
): boolean | undefined {
  checkCount('restartsSuffice', 'starts', starts)
  checkInteger('restartsSuffice', 'reached', reached, 0, starts, `[0, starts = ${starts}]`)
  checkCount('restartsSuffice', 'teachers', teachers)
  const level = Math.log(levelOf(teachers))
  const missed = starts - reached
  // P(Bin(n, p) ≥ r) = P(Bin(n, 1 − p) ≤ n − r)
  if (reached > 0 && logBinomialTail(starts, missed, 1 - SUCCESS_RATE) <= level) return true
  if (missed > 0 && logBinomialTail(starts, reached, SUCCESS_RATE) <= level) return false
  return undefined
}

/**
 * A lower limit of the success rates of several teachers, all correct with probability 0.99
 * (Clopper–Pearson with the level of `restartsSuffice`).
 *
 * @param teachers - number of teachers that are decided together
 * @throws RangeError for counts out of range
 *
 * @example
 * import { leastSuccessRate } from '@nonconvex/gaussian-theory/restarts'
 * console.log(leastSuccessRate({ reached: 40, starts: 40 }, 100).toFixed(3)) // → 0.763
 */
export const leastSuccessRate = ({ reached, starts }: TeacherRuns, teachers: number): number =>
  1 - clopperPearson(starts - reached, starts, levelOf(teachers))

/** The runs of one teacher, and its name in statements. */
export interface NamedTeacher extends TeacherRuns {
  readonly name: string
}

/**
 * For every teacher that was run at most 20 restarts find the global minimum with probability 99 %:
 * the claim holds if this is shown for each teacher by itself, is violated if the opposite is shown
 * for one, and is inconclusive otherwise (`restartsSuffice`, 0.01 over all teachers together).
 *
 * Level: a false decision on any teacher has probability at most 0.01. Power for 482 teachers: one
 * without solution is found after 80 runs; a success rate of 0.45 is decided after 80 runs with
 * probability 0.63, after 160 with 0.99; one of 0.38 after 320 with 0.99; one of 0.3 after 640 with
 * 0.86.
 *
 * @example
 * import { fewRestarts } from '@nonconvex/gaussian-theory/restarts'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const teachers = [{ name: 'w*', reached: 33, starts: 40 }]
 * const facts = { shape: { m: 2, k: 2, stride: 1 }, teachers }
 * console.log(verdictOn(fewRestarts, facts).status) // → holds
 */
export const fewRestarts = claim(
  'gaussian/few-restarts-suffice',
  'With overlapping patches 20 random restarts find the global minimum with probability at least 99 %, for each teacher that was run',
  'statistical',
  {
    talk: 'Gaussian Inputs: random initialization with overlap',
    ours: 'the number of restarts, from the success rate of one; each teacher is decided by itself',
  },
  (facts: { readonly shape: OverlapShape; readonly teachers: readonly NamedTeacher[] }) => {
    const { shape, teachers } = facts
    checkNotEmpty('fewRestarts', 'teachers', teachers)
    const found = teachers.map((teacher) => ({
      ...teacher,
      suffice: restartsSuffice(teacher, teachers.length),
      low: leastSuccessRate(teacher, teachers.length),
    }))
    const failing = found.filter(({ suffice }) => suffice === false)
    const open = found.filter(({ suffice }) => suffice === undefined)
    const worst = (failing.length > 0 ? failing : found).reduce((a, b) => (b.low < a.low ? b : a))
    const needed = restartsNeeded(worst.low)
    return {
      statement: `of ${counted(teachers.length, 'teacher')} the worst, ${worst.name}: ${readable(worst.reached)} of ${counted(worst.starts, 'run')} reached it, success rate at least ${readable(worst.low, 3)}; ${readable(needed)} restarts for 99 %, at most ${FEW} allowed; ${readable(failing.length)} need more`,
      // the success rate rather than the restarts, whose number is infinite where no initialization
      // succeeded
      measured: worst.low,
      relation: '>=',
      bound: SUCCESS_RATE,
      inequality: true,
      holds: failing.length === 0,
      confidence: CONFIDENCE,
      hypotheses: overlapHypotheses(shape),
      ...(failing.length === 0 &&
        open.length > 0 && {
          undecided: `too few runs of ${counted(open.length, 'teacher')}`,
        }),
      ...(failing.length > 0 && {
        witness: failing.map(({ name, reached, starts }) => ({ name, reached, starts })),
      }),
    }
  },
)
