import type { Examples } from '../data/dataset.js'
import { isSparse, sameRow, sparseRows, type Features } from '../data/sparse-rows.js'
import { exampleHash } from './row-hash.js'

/** Examples that occur in two files. */
export interface SharedRows {
  /** their number in the second file */
  readonly count: number
  /** the first of them: its line in the second file and its line in the first */
  readonly lines: readonly [number, number]
}

/** A data set with the lines of its examples in their file; by default they are numbered from 1. */
export interface LinedDataset extends Examples {
  readonly lines?: Int32Array
}

const lineOf = ({ lines }: LinedDataset, i: number): number => lines?.[i] ?? i + 1

/**
 * Finds the examples of `test` that also occur in `train` and thus are not held out.
 *
 * @returns undefined if there are none
 *
 * Cost: both tables once.
 *
 * @example
 * import { loadCsv, sharedRows } from '@nonconvex/overparam/tabular'
 * const [train, test] = [loadCsv('a,k\n1,x\n2,y\n'), loadCsv('a,k\n3,x\n2.0,y\n')]
 * console.log(sharedRows(train, test)) // → { count: 1, lines: [ 3, 3 ] }
 */
export function sharedRows(train: LinedDataset, test: LinedDataset): SharedRows | undefined {
  const alike = isSparse(train.x) === isSparse(test.x)
  const [a, b] = alike ? [train.x, test.x] : [sparseRows(train.x), sparseRows(test.x)]
  const hash = ({ x, y }: Examples, i: number) => exampleHash(x, i, y[i])
  const first = new Map<number, number>()
  for (let i = train.x.rows - 1; i >= 0; i--) first.set(hash(train, i), i)
  const equal = (i: number, j: number): boolean => train.y[i] === test.y[j] && sameRow(a, i, b, j)
  let count = 0
  let lines: readonly [number, number] = [0, 0]
  for (let j = 0; j < test.x.rows; j++) {
    const i = first.get(hash(test, j))
    if (i === undefined || !equal(i, j)) continue
    if (count === 0) lines = [lineOf(test, j), lineOf(train, i)]
    count++
  }
  return count === 0 ? undefined : { count, lines }
}

/** The largest number of hashes that are kept, 64 KB. */
const KEPT = 8192

/**
 * The hashes of a model's training examples as text; if there are many, the smallest ones.
 */
export interface KnownRowsText {
  /** number of distinct examples */
  readonly distinct: number
  /** number of hashes that are kept */
  readonly kept: number
  /** base64 of the hashes as float64, little-endian, ascending */
  readonly hashes: string
}

/**
 * Hashes of a model's training examples, which detect them in a test set. If there are more than
 * 8,192 distinct examples, those with the smallest hashes are kept, which are a uniform sample.
 *
 * @example
 * import { KnownRows, loadCsv } from '@nonconvex/overparam/tabular'
 * const known = KnownRows.of(loadCsv('a,k\n1,x\n2,y\n'))
 * const x = { rows: 1, cols: 1, data: Float64Array.of(2) }
 * console.log(known.has(x, 0, 1), known.has(x, 0, -1)) // → true false
 */
export class KnownRows {
  /** different examples that the model was trained on */
  readonly distinct: number
  private readonly hashes: Set<number>

  private constructor(distinct: number, hashes: Iterable<number>) {
    this.distinct = distinct
    this.hashes = new Set(hashes)
  }

  static of({ x, y }: Examples): KnownRows {
    const all = new Set<number>()
    for (let i = 0; i < x.rows; i++) all.add(exampleHash(x, i, y[i]))
    return new KnownRows(all.size, Float64Array.from(all).sort().subarray(0, KEPT))
  }

  /** @throws RangeError if the text is not from `toText` */
  static from({ distinct, kept, hashes }: KnownRowsText): KnownRows {
    const bytes = Uint8Array.from(decoded(hashes), (character) => character.charCodeAt(0))
    const view = new DataView(bytes.buffer)
    const found = Array.from({ length: bytes.length >> 3 }, (_, i) => view.getFloat64(8 * i, true))
    const sound =
      bytes.length === 8 * kept &&
      kept === Math.min(distinct, KEPT) &&
      found.every((hash, i) => Number.isSafeInteger(hash) && hash >= 0 && !(hash <= found[i - 1]))
    if (!sound)
      throw new RangeError(
        `KnownRows.from: expected ${kept} ascending hashes of ${distinct} examples, got ${bytes.length} bytes that are not such hashes`,
      )
    return new KnownRows(distinct, found)
  }

  /** number of hashes that are kept */
  get kept(): number {
    return this.hashes.size
  }

  /**
   * Whether an example is among the kept ones, with an error probability of 2^−53 for each of them.
   */
  has(x: Features, i: number, side: number): boolean {
    return this.hashes.has(exampleHash(x, i, side))
  }

  toText(): KnownRowsText {
    const hashes = [...this.hashes]
    const view = new DataView(new ArrayBuffer(8 * hashes.length))
    hashes.forEach((hash, i) => view.setFloat64(8 * i, hash, true))
    const bytes = Array.from(new Uint8Array(view.buffer), (byte) => String.fromCharCode(byte))
    return { distinct: this.distinct, kept: this.kept, hashes: btoa(bytes.join('')) }
  }
}

function decoded(base64: string): string {
  try {
    return atob(base64)
  } catch (error) {
    throw new RangeError('KnownRows.from: expected base64, got other characters', { cause: error })
  }
}
