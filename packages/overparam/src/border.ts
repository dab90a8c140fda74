import { finiteVector, ShapeError } from '@nonconvex/tensor'

// What the public functions demand of their arguments; each message names the function, what it wants and what it got.

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
  // 0 · x is NaN for NaN and infinities only; four sums do not wait for each other
  let [a, b, c, d] = [0, 0, 0, 0]
  let p = 0
  for (; p + 4 <= values.length; p += 4) {
    a += 0 * values[p]
    b += 0 * values[p + 1]
    c += 0 * values[p + 2]
    d += 0 * values[p + 3]
  }
  for (; p < values.length; p++) a += 0 * values[p]
  return a + b + c + d === 0 ? -1 : values.findIndex((value) => !Number.isFinite(value))
}

/**
 * @throws ShapeError unless w has d entries
 * @throws RangeError if one of them is not finite
 */
export function vectorOf(fn: string, name: string, w: Float64Array, d: number): void {
  if (w.length !== d)
    throw new ShapeError(`${fn}: ${name} must have d = ${d} entries, got ${w.length}`)
  finiteVector(fn, name, w)
}
