import { normalQuantile } from './normal-quantile.js'

/**
 * Converts 64 random bits, as (low, high) 32-bit words, to a number. Each number takes exactly one
 * word: number i of a stream is a function of word i, whatever mixture of calls draws it.
 */

/** Uniform on the 2^52 points (j + ½) 2^-52, j < 2^52: never 0, never 1, symmetric about ½. */
export function uniformOf(low: number, high: number): number {
  return ((high >>> 0) * 2 ** 20 + (low >>> 12) + 0.5) * 2 ** -52
}

/**
 * Standard normal: the top bit is the sign, the other 63 bits a tail probability p in (0, ½), and
 * the number is ±Φ⁻¹(p). The sum rounds once, to 53 bits, so small p keep their relative accuracy.
 */
export function normalOf(low: number, high: number): number {
  const p = ((high & 0x7fffffff) * 2 ** 32 + (low >>> 0) + 0.5) * 2 ** -64
  const z = normalQuantile(p)
  return high < 0 || high > 0x7fffffff ? z : -z
}
