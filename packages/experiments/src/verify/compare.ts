import type { Json } from '@nonconvex/optim/claims'
import { isPacked, unpack, type Packed } from '../result/packed.js'

/**
 * A place where recorded and recomputed data differ; a missing side means that the field is
 * missing.
 */
export interface Difference {
  readonly path: string
  readonly recorded?: Json
  readonly recomputed?: Json
  /**
   * |a − b| / max(|a|, |b|) where both are numbers (the largest one of a packed array); else
   * infinite
   */
  readonly relative: number
}

/**
 * Every place where two pieces of plain data differ, in order; numbers are compared exactly and 0
 * equals −0. Packed float64 arrays of one shape are compared number by number and give one
 * difference.
 *
 * Cost: O(size).
 *
 * @example
 * import { compare } from '@nonconvex/experiments'
 * const [difference] = compare({ a: [1, 2] }, { a: [1, 4] }, 'x')
 * console.log(difference.path, difference.recorded, difference.recomputed, difference.relative) // → x.a[1] 2 4 0.5
 */
export function compare(recorded: Json, recomputed: Json, path: string): Difference[] {
  if (recorded === recomputed) return []
  if (typeof recorded === 'number' && typeof recomputed === 'number')
    return [{ path, recorded, recomputed, relative: relative(recorded, recomputed) }]
  if (isPacked(recorded) && isPacked(recomputed)) return comparePacked(recorded, recomputed, path)
  if (isList(recorded) && isList(recomputed)) {
    if (recorded.length !== recomputed.length)
      return [
        {
          path: `${path}.length`,
          recorded: recorded.length,
          recomputed: recomputed.length,
          relative: Infinity,
        },
      ]
    return recorded.flatMap((item, i) => compare(item, recomputed[i], `${path}[${i}]`))
  }
  if (isRecord(recorded) && isRecord(recomputed)) {
    const keys = [...new Set([...Object.keys(recorded), ...Object.keys(recomputed)])].sort()
    return keys.flatMap((key) => compareField(recorded, recomputed, key, `${path}.${key}`))
  }
  return [{ path, recorded, recomputed, relative: Infinity }]
}

type Dictionary = { readonly [key: string]: Json }

function compareField(a: Dictionary, b: Dictionary, key: string, path: string): Difference[] {
  if (!Object.hasOwn(a, key)) return [{ path, recomputed: b[key], relative: Infinity }]
  if (!Object.hasOwn(b, key)) return [{ path, recorded: a[key], relative: Infinity }]
  return compare(a[key], b[key], path)
}

function comparePacked(a: Packed, b: Packed, path: string): Difference[] {
  if (a.base64 === b.base64 && a.dtype === b.dtype && String(a.shape) === String(b.shape)) return []
  const different = { path, recorded: { ...a }, recomputed: { ...b }, relative: Infinity }
  if (a.dtype !== b.dtype || String(a.shape) !== String(b.shape)) return [different]
  let left, right
  try {
    left = unpack(a)
    right = unpack(b)
  } catch {
    return [different]
  }
  let at = -1
  let worst = 0
  for (let i = 0; i < left.length; i++) {
    const gap = left[i] === right[i] ? 0 : relative(left[i], right[i])
    if (gap > worst) {
      worst = gap
      at = i
    }
  }
  if (at < 0) return []
  return [{ path: `${path}[${at}]`, recorded: left[at], recomputed: right[at], relative: worst }]
}

function relative(a: number, b: number): number {
  const gap = Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b))
  return Number.isFinite(gap) ? gap : Infinity
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

const isRecord = (value: Json): value is Dictionary =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
