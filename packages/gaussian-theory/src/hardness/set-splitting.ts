import { power } from '@nonconvex/tensor'
import { checkSetSystem, type SetSystem } from './set-system.js'
import { argumentError } from '@nonconvex/tensor/check'

/** A partition: for each element its part in 0 … k − 1. */
export type Partition = readonly number[]

/** The indices of the subsets that lie inside one part; a splitting has none. */
export function unsplit(system: SetSystem, partition: Partition): readonly number[] {
  checkSetSystem('unsplit', system)
  checkPartition('unsplit', system, partition)
  return system.subsets.flatMap((subset, c) =>
    subset.every((i) => partition[i] === partition[subset[0]]) ? [c] : [],
  )
}

/**
 * Whether a partition splits every subset.
 *
 * @param system - elements, subsets, number of parts
 * @param partition - [n], a part in 0 … k − 1 for each element
 * @throws RangeError if the instance is not a set system, or the partition does not assign its
 *   elements
 *
 * @example
 * import { splits } from '@nonconvex/gaussian-theory/hardness'
 * console.log(splits({ n: 3, subsets: [[0, 1], [1, 2]], k: 2 }, [0, 1, 0])) // → true
 */
export function splits(system: SetSystem, partition: Partition): boolean {
  return unsplit(system, partition).length === 0
}

function checkPartition(fn: string, { n, k }: SetSystem, partition: Partition): void {
  if (partition.length !== n)
    throw argumentError(
      'shape',
      fn,
      'partition',
      `to have a part for each of ${n} elements`,
      partition.length,
    )
  const wrong = partition.find((part) => !Number.isInteger(part) || part < 0 || part >= k)
  if (wrong !== undefined)
    throw argumentError(
      'out-of-range',
      fn,
      'parts',
      `to be integers in [0, k − 1 = ${k - 1}]`,
      wrong,
    )
}

/** The largest number of assignments that brute force tries. */
const MOST = 2 ** 26

/**
 * Finds a partition that splits every subset, or undefined if there is none, by trying all
 * assignments with the first element in part 0.
 *
 * @param system - k^(n−1) ≤ 2^26 (n ≤ 27 for k = 2)
 * @returns the first solution in lexicographic order
 * @throws RangeError if the instance is not a set system, or too large
 * Cost: at most k^(n−1) assignments; a branch is left at the first subset inside one part.
 *
 * @example
 * import { bruteForceSplit } from '@nonconvex/gaussian-theory/hardness'
 * // the triangle
 * console.log(bruteForceSplit({ n: 3, subsets: [[0, 1], [1, 2], [0, 2]], k: 2 })) // → undefined
 */
export function bruteForceSplit(system: SetSystem): Partition | undefined {
  checkSetSystem('bruteForceSplit', system)
  const { n, subsets, k } = system
  if (power(k, n - 1) > MOST)
    throw argumentError(
      'out-of-range',
      'bruteForceSplit',
      'k^(n − 1)',
      'to be at most 2^26',
      `${k}^${n - 1}`,
    )
  // a subset is decided once its last element has a part
  const decidedAt: (readonly number[])[][] = Array.from({ length: n }, () => [])
  for (const subset of subsets) decidedAt[Math.max(...subset)].push(subset)
  const parts = new Array<number>(n).fill(0)
  const fits = (i: number): boolean =>
    decidedAt[i].every((subset) => subset.some((e) => parts[e] !== parts[i]))
  const place = (i: number): boolean => {
    if (i === n) return true
    for (let part = 0; part < (i === 0 ? 1 : k); part++) {
      parts[i] = part
      if (fits(i) && place(i + 1)) return true
    }
    return false
  }
  return place(0) ? parts : undefined
}
