import type { ScenePrediction } from './scene.js'

/** A candidate: places of subject and object, predicate, and score. */
export interface Triplet {
  readonly s: number
  readonly o: number
  readonly p: number
  readonly score: number
}

/** Descending score; ties by subject, object, predicate. */
const before = (a: Triplet, b: Triplet): number =>
  b.score - a.score || a.s - b.s || a.o - b.o || a.p - b.p

/**
 * The `limit` best candidates: pairs s ≠ o with their best predicate (constrained; of equals, the smallest index) or with
 * each (unconstrained), by score_s · score_o · p(predicate), where p is not renormalised without "none".
 *
 * Ties are broken by s, o, p, so that with ties a recall depends on the order of the boxes.
 * Cost: n² R log(limit) at most, memory O(limit).
 */
export function rankTriplets(
  { classes, scores, predicates }: ScenePrediction,
  constrained: boolean,
  limit: number,
): Triplet[] {
  const n = classes.length
  const { cols, data } = predicates
  let best: Triplet[] = []
  let least = -Infinity
  const room = 2 * limit + 64
  const offer = (s: number, o: number, p: number, score: number): void => {
    // candidates come in the order of ties: one that only equals the worst kept one is after it
    if (score <= least) return
    best.push({ s, o, p, score })
    if (best.length < room) return
    best = best.sort(before).slice(0, limit)
    least = best[best.length - 1]?.score ?? -Infinity
  }
  for (let s = 0; s < n; s++)
    for (let o = 0; o < n; o++) {
      if (s === o) continue
      const start = (s * n + o) * cols
      const weight = scores === undefined ? 1 : scores[s] * scores[o]
      if (constrained) {
        let top = 1
        for (let p = 2; p < cols; p++) if (data[start + p] > data[start + top]) top = p
        offer(s, o, top, weight * data[start + top])
      } else for (let p = 1; p < cols; p++) offer(s, o, p, weight * data[start + p])
    }
  return best.sort(before).slice(0, limit)
}
