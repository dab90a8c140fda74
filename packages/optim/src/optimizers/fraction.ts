import { argumentError } from '@nonconvex/tensor/check'

/** @throws ArgumentError unless 0 ≤ x < 1 */
export function fraction(fn: string, name: string, x: number): number {
  if (!(x >= 0 && x < 1)) throw argumentError('out-of-range', fn, name, 'in [0, 1)', x)
  return x
}
