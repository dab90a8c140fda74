import { ShapeError } from '@nonconvex/tensor'
import { checkFiniteVector, checkInteger } from '@nonconvex/tensor/check'
import { BestFew } from './best-few.js'
import type { ScenePrediction } from './scene.js'

/** A candidate: indices of subject and object, predicate, and score. */
export interface Triplet {
  readonly s: number
  readonly o: number
  readonly p: number
  readonly score: number
}

/**
 * The `limit` best candidates: pairs s ≠ o with their best predicate (constrained; ties by smallest
 * index) or with each (unconstrained), by score_s · score_o · p(predicate), where p is not
 * renormalized without "none".
 *
 * Ties are broken by s, o, p, so that with ties a recall depends on the order of the boxes.
 *
 * @throws ShapeError if scores or predicates are not those of n = classes.length boxes; RangeError
 *   for scores that are not finite, or a limit that is not an integer ≥ 0
 * Cost: n² R log(limit) at most, memory O(limit). Source: the rules of the neural-motifs evaluator.
 *
 * @example
 * import { rankTriplets } from '@nonconvex/structured/recall'
 * const predicates = { rows: 4, cols: 2, data: Float64Array.of(0, 0, 0.3, 0.7, 0.5, 0.5, 0, 0) }
 * const [best] = rankTriplets({ boxes: [], classes: [1, 2], predicates }, true, 1)
 * console.log(best.s, best.o, best.p, best.score) // → 0 1 1 0.7
 */
export function rankTriplets(
  { classes, scores, predicates }: ScenePrediction,
  constrained: boolean,
  limit: number,
): Triplet[] {
  const n = classes.length
  const { rows, cols, data } = predicates
  if (rows !== n * n || data.length !== rows * cols || (n > 0 && cols < 2))
    throw new ShapeError(
      `rankTriplets: predicates must have n² = ${n * n} rows of 2 or more, got ${rows} × ${cols}`,
    )
  if (scores !== undefined && scores.length !== n)
    throw new ShapeError(`rankTriplets: scores must have length ${n}, got ${scores.length}`)
  checkInteger('rankTriplets', 'limit', limit, 0)
  for (let row = 0; row < n * n; row++) if (row % (n + 1) !== 0) finiteRow(data, row * cols, cols)
  if (scores !== undefined) checkFiniteVector('rankTriplets', 'scores', scores)
  // candidates come in the order of ties, which is that of their places in the data
  const best = new BestFew(Math.min(limit, n * n * cols))
  for (let s = 0; s < n; s++)
    for (let o = 0; o < n; o++) {
      if (s === o) continue
      const start = (s * n + o) * cols
      const weight = scores === undefined ? 1 : scores[s] * scores[o]
      if (constrained) {
        let top = 1
        for (let p = 2; p < cols; p++) if (data[start + p] > data[start + top]) top = p
        const score = weight * data[start + top]
        if (score > best.least) best.take(score, start + top)
      } else {
        let { least } = best
        for (let at = start + 1; at < start + cols; at++) {
          const score = weight * data[at]
          if (score <= least) continue
          best.take(score, at)
          least = best.least
        }
      }
    }
  return best.inOrder().map(({ score, order }) => {
    const pair = Math.floor(order / cols)
    return { s: Math.floor(pair / n), o: pair % n, p: order % cols, score }
  })
}

/** Scores of a pair, without a copy of them. The diagonal is nobody's and is not looked at. */
function finiteRow(data: Float64Array, from: number, cols: number): void {
  for (let at = from; at < from + cols; at++)
    if (!Number.isFinite(data[at]))
      throw new RangeError(`rankTriplets: predicates[${at}] must be finite, got ${data[at]}`)
}
