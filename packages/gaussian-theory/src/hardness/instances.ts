import type { Stream } from '@nonconvex/tensor'
import { checkCount, checkInteger, argumentError } from '@nonconvex/tensor/check'
import type { SetSystem } from './set-system.js'

/** The seven lines of the projective plane of order 2. */
const LINES: readonly (readonly number[])[] = [
  [0, 1, 2],
  [0, 3, 4],
  [0, 5, 6],
  [1, 3, 5],
  [1, 4, 6],
  [2, 3, 6],
  [2, 4, 5],
]

/**
 * The Fano plane, the smallest system of triples that cannot be split into two parts; it can be
 * split into three.
 *
 * @param k - number of parts, integer ≥ 2; 2 by default
 * @param lines - number of its seven lines to include, 0 to 7; with six lines or fewer it can be
 *   split into two parts
 * @throws RangeError for values out of range
 *
 * @example
 * import { bruteForceSplit, fanoPlane } from '@nonconvex/gaussian-theory/hardness'
 * console.log(bruteForceSplit(fanoPlane())) // → undefined
 */
export function fanoPlane(k = 2, lines = 7): SetSystem {
  checkInteger('fanoPlane', 'k', k, 2)
  checkInteger('fanoPlane', 'lines', lines, 0, 7)
  return { n: 7, subsets: LINES.slice(0, lines), k }
}

/**
 * A set system of distinct random triples that the partition i mod 2 splits, so that a solution is
 * known.
 *
 * @param options - n ≥ 3 elements, number of subsets (at most as many as there are such triples),
 *   stream
 * @returns k = 2; each triple ascending
 * @throws RangeError for values out of range
 * Cost: O(n³).
 *
 * @example
 * import { plantedInstance, splits } from '@nonconvex/gaussian-theory/hardness'
 * import { stream } from '@nonconvex/tensor'
 * console.log(splits(plantedInstance({ n: 6, subsets: 5, stream: stream(1) }), [0, 1, 0, 1, 0, 1])) // → true
 */
export function plantedInstance(options: {
  readonly n: number
  readonly subsets: number
  readonly stream: Stream
}): SetSystem {
  const { n, subsets, stream } = options
  checkCount('plantedInstance', 'n', n)
  checkCount('plantedInstance', 'subsets', subsets)
  const triples: number[][] = []
  for (let a = 0; a < n; a++)
    for (let b = a + 1; b < n; b++)
      for (let c = b + 1; c < n; c++)
        if (a % 2 !== b % 2 || b % 2 !== c % 2) triples.push([a, b, c])
  if (subsets > triples.length)
    throw argumentError(
      'out-of-range',
      'plantedInstance',
      'subsets',
      `to be at most ${triples.length}, the mixed triples of ${n} elements`,
      subsets,
    )
  const chosen = stream.sample(triples.length, subsets)
  return { n, subsets: Array.from(chosen, (i) => triples[i]), k: 2 }
}

/**
 * A set system of random subsets of random sizes, which may or may not have a splitting.
 *
 * @param options - n ≥ 2 elements, number of subsets ≥ 1, k ≥ 2 parts, largest size of a subset in
 *   2 … n (3 by default, or n if that is smaller), stream
 * @throws RangeError for values out of range
 *
 * @example
 * import { randomInstance } from '@nonconvex/gaussian-theory/hardness'
 * import { stream } from '@nonconvex/tensor'
 * console.log(randomInstance({ n: 5, subsets: 4, k: 2, stream: stream(1) }).subsets.length) // → 4
 */
export function randomInstance(options: {
  readonly n: number
  readonly subsets: number
  readonly k: number
  readonly largest?: number
  readonly stream: Stream
}): SetSystem {
  const { n, subsets, k, stream } = options
  for (const [name, value] of [
    ['n', n],
    ['k', k],
  ] as const)
    checkInteger('randomInstance', name, value, 2)
  checkCount('randomInstance', 'subsets', subsets)
  const { largest = Math.min(3, n) } = options
  checkInteger('randomInstance', 'largest', largest, 2, n, `[2, n = ${n}]`)
  const list = Array.from({ length: subsets }, () => {
    const size = 2 + stream.integer(largest - 1)
    return Array.from(stream.sample(n, size)).sort((a, b) => a - b)
  })
  return { n, subsets: list, k }
}
