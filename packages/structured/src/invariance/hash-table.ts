import { ShapeError, type Matrix, type Vec } from '@nonconvex/tensor'

/** The letters of a finite alphabet, each with its own bucket. */
export interface HashTable {
  /** B, as many as letters */
  readonly buckets: number
  /** d, numbers in a letter */
  readonly letterSize: number
  /** the bucket of a letter; RangeError for another vector */
  readonly bucketOf: (letter: Vec) => number
  /** RangeError naming the first two nodes with the same features */
  readonly refuseDuplicates: (nodes: Matrix) => void
}

/** −0 and 0 are the same letter. */
const keyOf = (letter: Vec): string => Array.from(letter, (x) => x + 0).join()

/** Makes the table; the hash is called once for each letter. */
export function hashTable(alphabet: readonly Vec[], hash?: (letter: Vec) => number): HashTable {
  const letterSize = alphabet.length === 0 ? 0 : alphabet[0].length
  const taken = new Set<number>()
  const table = new Map<string, number>()
  alphabet.forEach((letter, i) => {
    if (letter.length !== letterSize)
      throw new ShapeError(
        `constructive: letters must have ${letterSize} numbers, got ${letter.length} in letter ${i}`,
      )
    const wrong = Array.from(letter).find((x) => !Number.isFinite(x))
    if (wrong !== undefined)
      throw new RangeError(`constructive: letters must be finite, got ${wrong} in letter ${i}`)
    const bucket = hash === undefined ? i : hash(letter)
    if (!Number.isInteger(bucket) || bucket < 0 || bucket >= alphabet.length)
      throw new RangeError(
        `constructive: hash must give an integer from 0 to ${alphabet.length - 1}, got ${bucket} for letter ${i}`,
      )
    if (taken.has(bucket) || table.has(keyOf(letter)))
      throw new RangeError(
        `constructive: letters must be distinct with distinct buckets, got letter ${i} in bucket ${bucket} like an earlier one`,
      )
    taken.add(bucket)
    table.set(keyOf(letter), bucket)
  })
  const bucketOf = (letter: Vec): number => {
    const bucket = table.get(keyOf(letter))
    if (bucket === undefined)
      throw new RangeError(
        `constructive: features must be a letter of the alphabet, got (${Array.from(letter).join(', ')})`,
      )
    return bucket
  }
  const refuseDuplicates = ({ rows, cols, data }: Matrix): void => {
    const met = new Map<number, number>()
    for (let i = 0; i < rows; i++) {
      const bucket = bucketOf(data.subarray(i * cols, (i + 1) * cols))
      const before = met.get(bucket)
      if (before !== undefined)
        throw new RangeError(
          `constructive: features of nodes must be different, got the same at nodes ${before} and ${i}`,
        )
      met.set(bucket, i)
    }
  }
  return { buckets: alphabet.length, letterSize, bucketOf, refuseDuplicates }
}
