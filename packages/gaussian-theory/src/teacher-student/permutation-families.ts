import { norm2 } from '@nonconvex/tensor'
import { checkVector } from '@nonconvex/tensor/check'
import type { OrthonormalShape } from './orthonormal-descent.js'

const LOSS = 1e-7
const NORMS = 1e-4

/** A point that was found, with its loss. */
export interface FoundPoint {
  /** [n, d] */
  readonly W: Float64Array
  readonly loss: number
}

/**
 * Groups the points that may differ by a permutation of neurons and of inputs: losses up to 1e-7,
 * sorted norms of rows and sorted norms of columns up to 1e-4 from those of the group's first point.
 *
 * These invariants are equal for points that do; points that do not may still agree in them.
 * Rounding entries instead, as in the published search, splits one family into several.
 *
 * @returns the groups, by ascending loss of their first point
 * @throws ArgumentError unless each W has n·d finite entries
 *
 * Cost: O(nd) for each point, and one comparison with each group. Source: ours.
 *
 * @example
 * import { mergeByPermutation } from '@nonconvex/gaussian-theory/teacher-student'
 * const one = { W: Float64Array.of(1, 0, 0, 2), loss: 1 }
 * const swapped = { W: Float64Array.of(0, 2, 1, 0), loss: 1 }
 * console.log(mergeByPermutation([one, swapped], { n: 2, k: 2, d: 2 }).length) // → 1
 */
export function mergeByPermutation<Point extends FoundPoint>(
  points: readonly Point[],
  { n, d }: OrthonormalShape,
): Point[][] {
  const families: { readonly key: Float64Array; readonly loss: number; readonly own: Point[] }[] =
    []
  for (const point of points) {
    checkVector('mergeByPermutation', 'W', point.W, n * d, 'n·d')
    const key = sortedNorms(point.W, n, d)
    const family = families.find(
      (each) =>
        Math.abs(each.loss - point.loss) <= LOSS &&
        each.key.every((x, i) => Math.abs(x - key[i]) <= NORMS),
    )
    if (family) family.own.push(point)
    else families.push({ key, loss: point.loss, own: [point] })
  }
  return families.sort((x, y) => x.loss - y.loss).map(({ own }) => own)
}

/** The sorted norms of the rows, then those of the columns. */
function sortedNorms(W: Float64Array, n: number, d: number): Float64Array {
  const rows = Float64Array.from({ length: n }, (_, i) => norm2(W.subarray(i * d, (i + 1) * d)))
  const columns = Float64Array.from({ length: d }, (_, t) =>
    norm2(Float64Array.from({ length: n }, (_row, i) => W[i * d + t])),
  )
  return Float64Array.of(...rows.sort(), ...columns.sort())
}
