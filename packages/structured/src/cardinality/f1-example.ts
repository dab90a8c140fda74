import { ShapeError } from '@nonconvex/tensor'

/**
 * F1 of one example's labels: 2 Σ y y* / (Σ y + Σ y*), in [0, 1].
 *
 * @param y - predicted, 0 or 1
 * @param truth - true labels, of the same length
 * @param options - empty: the value of 0/0, where neither has a label; 0 by default, as in published
 *   tables
 * @throws ShapeError for another length
 *
 * @example
 * import { f1Example } from '@nonconvex/structured/cardinality'
 * console.log(f1Example([1, 1, 0], [1, 0, 0]).toFixed(4), f1Example([0], [0], { empty: 1 })) // → 0.6667 1
 */
export function f1Example(
  y: ArrayLike<number>,
  truth: ArrayLike<number>,
  { empty = 0 }: { readonly empty?: 0 | 1 } = {},
): number {
  if (y.length !== truth.length)
    throw new ShapeError(`f1Example: truth must have length ${y.length}, got ${truth.length}`)
  let [both, sum] = [0, 0]
  for (let i = 0; i < y.length; i++) {
    both += y[i] * truth[i]
    sum += y[i] + truth[i]
  }
  return sum === 0 ? empty : (2 * both) / sum
}
