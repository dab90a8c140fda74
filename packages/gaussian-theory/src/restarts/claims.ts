import { decide, hypothesis, readable } from '@nonconvex/optim/claims'
import type { Claim, Verdict } from '@nonconvex/optim/claims'
import { overlapHypotheses } from '../overlap/claims.js'
import type { OverlapShape } from '../overlap/smoothness.js'
import type { RestartReport } from './overlap-restarts.js'

const talk = 'Gaussian Inputs: random initialization with overlap'

export const fewRestartsClaim: Claim = {
  id: 'gaussian/few-restarts-suffice',
  title: 'With overlap a few random restarts find the global optimum',
  rigor: 'statistical',
  source: { talk, ours: 'the number of restarts, from the share of single starts' },
}
export const neverStuckClaim: Claim = {
  id: 'gaussian/no-overlap-never-stuck',
  title: 'Without overlap every random start reaches the global optimum',
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
]

/** Restarts with which the talk's statement is taken as confirmed. */
const FEW = 20
const CONFIDENCE = 0.95

/** The part of a report that the verdicts read. */
export type RestartFound = Pick<
  RestartReport,
  'starts' | 'global' | 'share' | 'interval' | 'restartsFor99' | 'teachers'
>

/**
 * Whether at most 20 restarts find the global optimum with probability 99 %, by the lower end of the interval.
 *
 * @example
 * import { decideFewRestarts, overlapRestarts } from '@nonconvex/gaussian-theory'
 * import { stream } from '@nonconvex/tensor'
 * const report = overlapRestarts({ m: 2, k: 2, stride: 1, stream: stream(1), teachers: 5 })
 * console.log(decideFewRestarts({ m: 2, k: 2, stride: 1 }, report).status) // → holds
 */
export function decideFewRestarts(shape: OverlapShape, found: RestartFound): Verdict {
  const { share, interval, restartsFor99 } = found
  return decide(fewRestartsClaim, {
    statement: `${readable(found.global)} of ${readable(found.starts)} starts reached it, ${readable(share, 3)} [${readable(interval.low, 3)}, ${readable(interval.high, 3)}]; ${readable(restartsFor99)} restarts for 99 %, at most ${FEW} allowed`,
    measured: restartsFor99,
    relation: '<=',
    bound: FEW,
    confidence: CONFIDENCE,
    hypotheses: overlapHypotheses(shape),
  })
}

/** Whether all starts reached the global optimum where windows share no coordinate. */
export function decideNeverStuck(shape: OverlapShape, found: RestartFound): Verdict {
  const unfinished = found.teachers.reduce((sum, t) => sum + t.counts.unfinished, 0)
  return decide(neverStuckClaim, {
    statement: `${readable(found.global)} of ${readable(found.starts)} starts reached it`,
    measured: found.global,
    relation: '==',
    bound: found.starts,
    hypotheses: [
      hypothesis('filter length m ≥ 2', shape.m >= 2, shape.m),
      hypothesis(
        'windows share no coordinate, m/stride ≤ 1',
        shape.m <= shape.stride,
        shape.m / shape.stride,
      ),
    ],
    ...(found.global + unfinished === found.starts &&
      unfinished > 0 && { undecided: `${readable(unfinished)} runs ran out of steps` }),
  })
}

/** Whether each group of stuck runs lies where the Hessian is positive definite and the loss is not 0. */
export function decideStuckAtMinima(shape: OverlapShape, found: RestartFound): Verdict {
  const clusters = found.teachers.flatMap((t) => t.clusters)
  const least = Math.min(...clusters.map((c) => c.smallestEigenvalue))
  const flat = clusters.filter((c) => Math.abs(c.smallestEigenvalue) <= 1e-7).length
  return decide(stuckAtMinimaClaim, {
    statement: `${readable(clusters.length)} places where runs were stuck; smallest eigenvalue ${readable(least)}`,
    measured: least,
    relation: '>=',
    bound: 0,
    hypotheses: overlapHypotheses(shape),
    ...(clusters.length === 0 && { undecided: 'no run was stuck' }),
    // end points are known to 1e-9 in the gradient: a smaller eigenvalue tells nothing
    ...(flat > 0 && { undecided: `${readable(flat)} of them too flat to tell` }),
  })
}
