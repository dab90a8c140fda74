import { ShapeError } from '@nonconvex/tensor'
import { checkFiniteVector } from '@nonconvex/tensor/check'

// What the public functions demand of their arguments; each message names the function, what it
// wants and what it got.

/** @throws RangeError unless the value is 1, 2, 3, … */
export function positiveInteger(fn: string, name: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 1))
    throw new RangeError(`${fn}: ${name} must be a positive integer, got ${value}`)
}

/** @throws RangeError unless the value is 0, 1, 2, … */
export function naturalNumber(fn: string, name: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 0))
    throw new RangeError(`${fn}: ${name} must be an integer ≥ 0, got ${value}`)
}

/** @throws RangeError unless the value is positive and finite */
export function positiveNumber(fn: string, name: string, value: number): void {
  if (!(value > 0 && Number.isFinite(value)))
    throw new RangeError(`${fn}: ${name} must be positive, got ${value}`)
}

/** @throws RangeError unless 0 < value < 1 */
export function properFraction(fn: string, name: string, value: number): void {
  if (!(value > 0 && value < 1))
    throw new RangeError(`${fn}: ${name} must be in (0, 1), got ${value}`)
}

/** The first place of a value that is not finite, −1 if there is none. */
export function firstNotFinite(values: Float64Array): number {
  let sum = 0
  // short sums, so that what adds them is soon compiled
  for (let p = 0; p < values.length; p += 1024)
    sum += sumOf(values, p, Math.min(p + 1024, values.length))
  // nothing brings a sum back from NaN; only if it left the finite numbers it is worth a search
  return Number.isFinite(sum) ? -1 : values.findIndex((value) => !Number.isFinite(value))
}

/** Four sums do not wait for each other. */
function sumOf(values: Float64Array, from: number, to: number): number {
  let [a, b, c, d] = [0, 0, 0, 0]
  let p = from
  for (; p + 4 <= to; p += 4) {
    a += values[p]
    b += values[p + 1]
    c += values[p + 2]
    d += values[p + 3]
  }
  for (; p < to; p++) a += values[p]
  return a + b + c + d
}

/**
 * @throws ShapeError unless w has d entries
 * @throws RangeError if one of them is not finite
 */
export function vectorOf(fn: string, name: string, w: Float64Array, d: number): void {
  if (w.length !== d)
    throw new ShapeError(`${fn}: ${name} must have d = ${d} entries, got ${w.length}`)
  checkFiniteVector(fn, name, w)
}
