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

/**
 * @throws ShapeError unless w has d entries
 * @throws RangeError if one of them is not finite
 */
export function vectorOf(fn: string, name: string, w: Float64Array, d: number): void {
  if (w.length !== d)
    throw new ShapeError(`${fn}: ${name} must have d = ${d} entries, got ${w.length}`)
  finiteVector(fn, name, w)
}
