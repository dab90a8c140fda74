/**
 * Philox4x32-10: a keyed bijection of 128-bit counters whose outputs are random numbers.
 *
 * Ten rounds of two 32×32→64-bit products and four exclusive-ors. Output number i is a function of
 * (key, i) alone, so there is no state to carry, and any position is reached at once.
 *
 * Source: Salmon, Moraes, Dror, Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3";
 * known-answer vectors of Random123 in philox.test.ts.
 */

const MULTIPLIER_0 = 0xd2511f53
const MULTIPLIER_1 = 0xcd9e8d57
/** The Weyl increments of the key, from the golden ratio and √3 − 1. */
const KEY_STEP_0 = 0x9e3779b9
const KEY_STEP_1 = 0xbb67ae85
const ROUNDS = 10

/** The identity of a generator (its hashed path), without its position: four 32-bit words. */
export type Identity = readonly [number, number, number, number]

/**
 * Computes one block: out[at … at+3] = philox(counter = (c0, c1, c2, c3), key = (k0, k1)).
 *
 * All arguments are 32-bit words (any number congruent to them will do).
 */
export function philoxInto(
  out: Uint32Array,
  at: number,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
): void {
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0)
    const high1 = multiplyHigh(MULTIPLIER_1, c2)
    const low0 = Math.imul(MULTIPLIER_0, c0)
    const low1 = Math.imul(MULTIPLIER_1, c2)
    c0 = high1 ^ c1 ^ k0
    c1 = low1
    c2 = high0 ^ c3 ^ k1
    c3 = low0
    k0 = (k0 + KEY_STEP_0) | 0
    k1 = (k1 + KEY_STEP_1) | 0
  }
  out[at] = c0
  out[at + 1] = c1
  out[at + 2] = c2
  out[at + 3] = c3
}

/**
 * Fills `out` with the blocks number `block`, `block` + 1, … of the generator `id`.
 *
 * Key: the first two words of `id`; counter: the block's number in the low 64 bits, the other two
 * words of `id` in the high ones. So two generators differ unless all 128 bits of `id` agree.
 *
 * @param out - length a multiple of 4
 * @param block - integer, 0 ≤ block < 2^52
 */
export function blocksInto(out: Uint32Array, id: Identity, block: number): void {
  for (let at = 0; at < out.length; at += 4, block++) {
    philoxInto(out, at, block | 0, Math.floor(block / 2 ** 32), id[2], id[3], id[0], id[1])
  }
}

/** The high 32 bits of the 64-bit product of two unsigned 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  // Each product is below 2^32 and each sum below 2^34: exact as float64.
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16)
  const cross = aLow * bHigh + (middle & 0xffff)
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(cross / 65536)) | 0
}
