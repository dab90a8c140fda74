import type { Matrix, Vec } from '@nonconvex/tensor'
import { checkFiniteMatrix } from '@nonconvex/tensor/check'
import { checkCaps, type InfeasibleCaps } from './class-caps.js'

/** One class for each box, within the caps. */
export interface LabeledBoxes {
  readonly status: 'labeled'
  readonly classes: Int32Array
  /** Σ_i s_i(class of box i) */
  readonly score: number
}

/**
 * The best labeling of n boxes of which at most c_k have class k:
 *
 * max Σ_i s_i(y_i) subject to #{i : y_i = k} ≤ c_k for each class k.
 *
 * With log-probabilities of independent boxes it is the most likely labeling that satisfies the
 * caps. The labels of largest projected marginals (`projectMarginals`) need not satisfy them, as
 * only their sums do: five boxes with probability 0.4 of a table are 2 tables in expectation, and 5
 * if 0.4 is the largest.
 *
 * @param scores - boxes × classes, finite
 * @param caps - c, a number ≥ 0 for each class, rounded down; Infinity for a class without cap
 * @returns one class for each box, of equal ones the first; or that the caps leave room for fewer
 *   boxes than there are
 * @throws RangeError for scores that are not finite or a cap that is negative or NaN, ShapeError
 *   for another number of caps
 *
 * Accuracy: optimal up to n · 1e-12 of the largest |score|. Cost: O(n² C) for each class whose cap
 * binds. Source: successive shortest paths in the transportation network (Ahuja, Magnanti & Orlin
 * 1993, §9.7).
 *
 * @example
 * import { cappedClasses } from '@nonconvex/structured/cardinality'
 * // at most one of three boxes is a table (class 0)
 * const scores = { rows: 3, cols: 2, data: Float64Array.of(0.9, 0.1, 0.75, 0.25, 0.6, 0.4).map(Math.log) }
 * const found = cappedClasses(scores, [1, Infinity])
 * if (found.status === 'labeled') console.log(found.classes.join(' ')) // → 0 1 1
 */
export function cappedClasses(scores: Matrix, caps: Vec): LabeledBoxes | InfeasibleCaps {
  const fn = 'cappedClasses'
  checkFiniteMatrix(fn, 'scores', scores)
  const outside = checkCaps(fn, scores, caps, Math.floor)
  if (outside) return outside
  const { rows: n, cols: C, data: s } = scores
  const classes = new Int32Array(n).fill(-1)
  const left = Float64Array.from(caps, Math.floor)
  /** loss of a chain of moves that ends in a class, and the box and class that moved there */
  const loss = new Float64Array(C)
  const moved = new Int32Array(C)
  const from = new Int32Array(C)
  const slack = 1e-12 * s.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < C; k++) {
      loss[k] = -s[i * C + k]
      moved[k] = i
      from[k] = -1
    }
    // boxes of a full class may move on; without a cycle of gain, C rounds end
    for (let changes = true, round = 0; changes && round < C; round++) {
      changes = false
      for (let j = 0; j < i; j++) {
        const k = classes[j]
        if (left[k] > 0) continue
        const base = loss[k] + s[j * C + k]
        for (let l = 0; l < C; l++)
          if (base - s[j * C + l] < loss[l] - slack) {
            loss[l] = base - s[j * C + l]
            moved[l] = j
            from[l] = k
            changes = true
          }
      }
    }
    let end = -1
    for (let k = 0; k < C; k++) if (left[k] > 0 && (end < 0 || loss[k] < loss[end])) end = k
    left[end]--
    for (let k = end; k >= 0; k = from[k]) classes[moved[k]] = k
  }
  let score = 0
  for (let i = 0; i < n; i++) score += s[i * C + classes[i]]
  return { status: 'labeled', classes, score }
}
