import { argumentError } from './errors.js'

// Checks of one number. Each returns the number, so that it can be used where it is checked.

/** @throws ArgumentError unless x is a finite number */
export function checkFinite(fn: string, name: string, x: number): number {
  if (!Number.isFinite(x)) throw argumentError('not-finite', fn, name, 'to be finite', x)
  return x
}

/** @throws ArgumentError unless x > 0 and finite */
export function checkPositive(fn: string, name: string, x: number): number {
  if (!(x > 0 && x < Infinity))
    throw argumentError(codeOf(x), fn, name, 'to be positive and finite', x)
  return x
}

/** @throws ArgumentError unless x ≥ 0 and finite */
export function checkNonNegative(fn: string, name: string, x: number): number {
  if (!(x >= 0 && x < Infinity)) throw argumentError(codeOf(x), fn, name, 'to be finite and ≥ 0', x)
  return x
}

/** @throws ArgumentError unless 0 ≤ x ≤ 1 */
export function checkProbability(fn: string, name: string, x: number): number {
  return checkBetween(fn, name, x, 0, 1)
}

/** @throws ArgumentError unless 0 < x < 1 */
export function checkProperFraction(fn: string, name: string, x: number): number {
  if (!(x > 0 && x < 1)) throw argumentError(codeOf(x), fn, name, 'in (0, 1)', x)
  return x
}

/**
 * @param range - notation of the interval, if its ends have names: '[0, π]', '[2, n = 5]'
 * @throws ArgumentError unless least ≤ x ≤ most
 */
export function checkBetween(
  fn: string,
  name: string,
  x: number,
  least: number,
  most: number,
  range = `[${least}, ${most}]`,
): number {
  if (!(x >= least && x <= most)) throw argumentError(codeOf(x), fn, name, `in ${range}`, x)
  return x
}

/**
 * Checks that a number is an integer in [least, most], by default any safe integer, and returns it.
 *
 * @param range - notation of the interval, if its ends have names: '[0, n = 5]'
 * @throws ArgumentError for any other number
 *
 * @example
 * import { checkInteger } from '@nonconvex/tensor/check'
 * console.log(checkInteger('pick', 'i', 3, 0, 4)) // → 3
 */
export function checkInteger(
  fn: string,
  name: string,
  x: number,
  least: number = Number.MIN_SAFE_INTEGER,
  most: number = Number.MAX_SAFE_INTEGER,
  range?: string,
): number {
  if (Number.isSafeInteger(x) && x >= least && x <= most) return x
  const code = Number.isFinite(x) && !Number.isInteger(x) ? 'not-integer' : codeOf(x)
  throw argumentError(code, fn, name, `to be ${integerIn(least, most, range)}`, x)
}

/** @throws ArgumentError unless x is 1, 2, 3, … */
export function checkCount(fn: string, name: string, x: number): number {
  return checkInteger(fn, name, x, 1)
}

/** @throws ArgumentError unless value is one of those allowed */
export function checkListed<T>(fn: string, name: string, value: T, allowed: readonly T[]): T {
  if (!allowed.includes(value))
    throw argumentError('not-listed', fn, name, `to be ${listed(allowed)}`, quoted(value))
  return value
}

function codeOf(x: number): 'not-finite' | 'out-of-range' {
  return Number.isFinite(x) ? 'out-of-range' : 'not-finite'
}

function integerIn(least: number, most: number, range?: string): string {
  if (range !== undefined) return `an integer in ${range}`
  if (most !== Number.MAX_SAFE_INTEGER) return `an integer in [${least}, ${most}]`
  return least === Number.MIN_SAFE_INTEGER ? 'an integer' : `an integer ≥ ${least}`
}

function listed(values: readonly unknown[]): string {
  const all = values.map(quoted)
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${String(all.at(-1))}`
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}
