import type { Stream } from '../src/index.js'
import { at } from './rationals.js'

/** A float64 number whose sign, exponent and fraction are all random: from subnormal to 1.8e308. */
export function anyNumber(s: Stream): number {
  const size = at(BigInt(s.integer(2047)) * 2n ** 52n + BigInt(s.integer(2 ** 52)))
  return s.uniform() < 0.5 ? -size : size
}

/**
 * A number of ordinary size: exponents −60 … 60, half of them with few bits, so that exact results
 * occur.
 */
export function ordinaryNumber(s: Stream): number {
  const size = 2 ** (s.integer(121) - 60) * (1 + s.integer(2 ** 20) / 2 ** 20)
  const full = s.uniform() < 0.5 ? size * (1 + s.uniform() / 2 ** 21) : size
  return s.uniform() < 0.5 ? -full : full
}
