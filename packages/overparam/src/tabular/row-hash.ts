import { isSparse, rowIndex, rowValues, type Features } from '../data/sparse-rows.js'

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by))

/** Mixes one word into a state of 32 bits (MurmurHash3, A. Appleby, public domain). */
const stirred = (state: number, word: number): number => {
  const k = Math.imul(rotated(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593)
  return Math.imul(rotated(state ^ k, 13), 5) + 0xe6546b64
}

function settled(state: number): number {
  let h = state
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

const cell = new Float64Array(1)
const bits = new Uint32Array(cell.buffer)

/** The largest number of features for which zeros are hashed, too. */
const NARROW = 4096

let scratch = new Float64Array(0)

/** A row including its zeros; the array is reused. */
function spread(x: Features, i: number): Float64Array {
  const values = rowValues(x, i)
  if (!isSparse(x)) return values
  if (scratch.length !== x.cols) scratch = new Float64Array(x.cols)
  scratch.fill(0)
  rowIndex(x, i).forEach((c, q) => (scratch[c] = values[q]))
  return scratch
}

/**
 * Hashes an example to an integer in [0, 2^53). Examples with equal features and labels have equal
 * hashes, where 0 equals −0, whether the table is sparse or not; two different examples have equal
 * hashes with a probability of about 2^−53. Of more than 4096 features those that are not zero are
 * hashed with their numbers.
 *
 * @param side - its label, +1 or −1, or the number of its class
 */
export function exampleHash(x: Features, i: number, side: number): number {
  let [a, b] = side > 0 ? [0x811c9dc5, 0x2545f491] : [0x01234567, 0x6c62272e]
  if (side > 1) [a, b] = [stirred(a, side), stirred(b, side)]
  const wide = x.cols > NARROW
  const index = wide && isSparse(x) ? rowIndex(x, i) : undefined
  const values = wide ? rowValues(x, i) : spread(x, i)
  for (let q = 0; q < values.length; q++) {
    if (wide && values[q] === 0) continue
    const place = index ? index[q] : q
    if (wide) [a, b] = [stirred(a, place), stirred(b, place)]
    cell[0] = values[q] + 0
    a = stirred(stirred(a, bits[0]), bits[1])
    b = stirred(stirred(b, bits[1]), bits[0])
  }
  return (settled(a) & 0x1fffff) * 0x1_0000_0000 + settled(b)
}
