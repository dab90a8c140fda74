import { decide, hypothesis, readable, type Claim, type Verdict } from '@nonconvex/optim/claims'
import { power } from '@nonconvex/tensor'
import { overlapHypotheses } from '../overlap/claims.js'
import type { OverlapShape } from '../overlap/smoothness.js'
import type { RestartReport } from './overlap-restarts.js'
import { restartSharesClaim } from './share-claims.js'

const talk = 'Gaussian Inputs: random initialization with overlap'

export const fewRestartsClaim: Claim = {
  id: 'gaussian/few-restarts-suffice',
  title: 'With overlap a few random restarts find the global optimum',
  rigor: 'statistical',
  source: { talk, ours: 'the number of restarts, from the share of single starts' },
}
export const neverStuckClaim: Claim = {
  id: 'gaussian/no-overlap-never-stuck',
  title: 'Without overlap no random start is trapped',
  rigor: 'float64',
  source: { talk, ours: 'the saddle attracts a set of starts of measure zero' },
}
export const stuckAtMinimaClaim: Claim = {
  id: 'gaussian/stuck-at-minima',
  title: 'Starts that fail end at strict local minima',
  rigor: 'float64',
  source: { ours: 'Hessian at the end points; a certifier adds a radius' },
}

/** The claims about random starts. */
export const restartClaims: readonly Claim[] = [
  fewRestartsClaim,
  neverStuckClaim,
  stuckAtMinimaClaim,
  restartSharesClaim,
]

/**
 * Restarts with which the talk's statement is taken as confirmed, and the share that makes them
 * enough for 99 %.
 */
const FEW = 20
const SHARE = 1 - power(0.01, 1 / FEW)
const CONFIDENCE = 0.95

/** The part of a report that the verdicts read. */
export type RestartFound = Pick<
  RestartReport,
  'starts' | 'global' | 'share' | 'interval' | 'restartsFor99' | 'teachers'
>

/**
 * Whether at most 20 restarts find the global optimum with probability 99 %: by the lower end of
 * the interval they do, by the upper end they do not, and in between it cannot be told.
 *
 * @example
 * import { decideFewRestarts, overlapRestarts } from '@nonconvex/gaussian-theory'
 * import { stream } from '@nonconvex/tensor'
 * const report = overlapRestarts({ m: 2, k: 2, stride: 1, stream: stream(1), teachers: 5 })
 * console.log(decideFewRestarts({ m: 2, k: 2, stride: 1 }, report).status) // → holds
 */
export function decideFewRestarts(shape: OverlapShape, found: RestartFound): Verdict {
  const { share, interval, restartsFor99 } = found
  const open = interval.low < SHARE && interval.high >= SHARE
  return decide(fewRestartsClaim, {
    statement: `${readable(found.global)} of ${readable(found.starts)} starts reached it, ${readable(share, 3)} [${readable(interval.low, 3)}, ${readable(interval.high, 3)}]; ${readable(restartsFor99)} restarts for 99 %, at most ${FEW} allowed`,
    // the share rather than the restarts, whose number is infinite where no start succeeded
    measured: interval.low,
    relation: '>=',
    bound: SHARE,
    confidence: CONFIDENCE,
    hypotheses: overlapHypotheses(shape),
    ...(open && { undecided: 'too few starts' }),
  })
}

/**
 * Smaller eigenvalues cannot be told from 0 at end points that are known to 1e-9 in the gradient.
 */
const FLAT = 1e-7
/**
 * Share of starts that must have arrived; a start near the ray of the saddle takes (k − 1)/φ₀ steps
 * to leave it.
 */
const ARRIVE = 0.99

/**
 * Whether no start ended at a strict local minimum that is not global, where windows share no
 * coordinate.
 *
 * A run may end near the degenerate saddle, flat but no minimum, or run out of steps there; the
 * claim then stands if at least 99 % of all starts arrived.
 */
export function decideNeverStuck(shape: OverlapShape, found: RestartFound): Verdict {
  const trapped = found.teachers
    .flatMap((t) => t.clusters)
    .reduce((sum, c) => sum + (c.smallestEigenvalue > FLAT ? c.count : 0), 0)
  const under = found.starts - found.global - trapped
  const way = under > 0 ? `, ${readable(under)} were still near the saddle` : ''
  return decide(neverStuckClaim, {
    statement: `${readable(trapped)} of ${readable(found.starts)} starts were trapped; ${readable(found.global)} reached the global optimum${way}`,
    measured: trapped,
    relation: '<=',
    bound: 0,
    hypotheses: [
      hypothesis('filter length m ≥ 2', shape.m >= 2, shape.m),
      hypothesis(
        'windows share no coordinate, m/stride ≤ 1',
        shape.m <= shape.stride,
        shape.m / shape.stride,
      ),
    ],
    ...(trapped === 0 &&
      found.share < ARRIVE && { undecided: `fewer than ${100 * ARRIVE} % of the starts arrived` }),
  })
}

/**
 * Whether each group of stuck runs lies where the Hessian is positive definite and the loss is not
 * 0.
 */
export function decideStuckAtMinima(shape: OverlapShape, found: RestartFound): Verdict {
  const clusters = found.teachers.flatMap((t) => t.clusters)
  const least = Math.min(...clusters.map((c) => c.smallestEigenvalue))
  const flat = clusters.filter((c) => Math.abs(c.smallestEigenvalue) <= FLAT).length
  return decide(stuckAtMinimaClaim, {
    statement: `${readable(clusters.length)} places where runs were stuck; smallest eigenvalue ${readable(least)}`,
    measured: least,
    relation: '>=',
    bound: 0,
    hypotheses: overlapHypotheses(shape),
    ...(clusters.length === 0 && { undecided: 'no run was stuck' }),
    ...(flat > 0 && { undecided: `${readable(flat)} of them too flat to tell` }),
  })
}
