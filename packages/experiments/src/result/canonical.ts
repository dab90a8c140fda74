import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Json } from '@nonconvex/optim/claims'

/** Deeper nesting is rejected: no result needs it, and it could overflow the stack. */
export const maxDepth = 64

/**
 * The one text of a piece of plain data: keys sorted by code unit, no spaces, numbers as JavaScript
 * writes them (RFC 8785 for the values allowed here). Equal data have equal text in every process.
 *
 * Properties that are `undefined` are dropped and −0 is written as 0, as `JSON.stringify` does.
 *
 * @throws RangeError naming the path of what is not plain data: NaN, infinity, a function, a typed
 *   array (use `pack`), a class, nesting beyond 64 levels
 *
 * Cost: O(size · log keys).
 *
 * @example
 * import { canonicalJson } from '@nonconvex/experiments'
 * console.log(canonicalJson({ b: [1, 2], a: 'x' })) // → {"a":"x","b":[1,2]}
 */
export function canonicalJson(value: unknown): string {
  return write(value, '', 0)
}

/**
 * SHA-256 of the canonical JSON, in lower-case hexadecimal (64 digits).
 *
 * @throws RangeError as `canonicalJson`
 *
 * @example
 * import { digestOf } from '@nonconvex/experiments'
 * console.log(digestOf({ a: 1 })) // → 015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862
 */
export function digestOf(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value))))
}

/**
 * A deep copy as it would be read back from a file: keys sorted, −0 made 0, `undefined` dropped.
 *
 * @throws RangeError as `canonicalJson`
 */
export function plain<T>(value: T): T {
  return JSON.parse(canonicalJson(value)) as T
}

/** Whether two pieces of plain data are equal. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return canonicalJson(a) === canonicalJson(b)
}

function write(value: unknown, path: string, depth: number): string {
  if (depth > maxDepth) throw refusal(path, `at most ${maxDepth} levels of nesting`, 'more')
  if (value === null) return 'null'
  if (typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw refusal(path, 'a finite number', String(value))
    return JSON.stringify(value)
  }
  if (Array.isArray(value))
    return `[${value.map((item, i) => write(item, `${path}[${i}]`, depth + 1)).join(',')}]`
  if (typeof value === 'object') return writeObject(value, path, depth)
  throw refusal(path, 'plain data', typeof value)
}

function writeObject(value: object, path: string, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  // another realm's Object.prototype (a test runner's, a frame's) has no prototype above it either
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    const name = value.constructor.name
    const hint = ArrayBuffer.isView(value) ? '; use pack(array)' : ''
    throw refusal(path, 'plain data', `${name}${hint}`)
  }
  const parts: string[] = []
  for (const [key, item] of Object.entries(value).sort(byCodeUnit)) {
    if (item === undefined) continue
    const at = path === '' ? key : `${path}.${key}`
    parts.push(`${JSON.stringify(key)}:${write(item, at, depth + 1)}`)
  }
  return `{${parts.join(',')}}`
}

const byCodeUnit = (a: [string, unknown], b: [string, unknown]): number =>
  a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0

function refusal(path: string, expected: string, got: string): RangeError {
  const where = path === '' ? '' : `${path}: `
  return new RangeError(`canonicalJson: ${where}expected ${expected}, got ${got}`)
}
