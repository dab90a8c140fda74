/** Many numbers in a JSON document: little-endian bytes in base64, row-major, with their shape. */
export interface Packed {
  readonly dtype: 'float64' | 'int32' | 'uint8'
  readonly shape: readonly number[]
  readonly base64: string
}

/** The arrays that `pack` takes and `unpack` gives. */
export type PackedArray = Float64Array | Int32Array | Uint8Array

const bytesOf = { float64: 8, int32: 4, uint8: 1 } as const

/**
 * An array as JSON. Values survive bit for bit; NaN and infinity are refused in float64, as
 * everywhere in a result document.
 *
 * @param shape - product equal to the length; default [length]
 * @throws RangeError if the shape does not fit, or a value is not finite (with its index)
 *
 * Cost: O(length).
 *
 * @example
 * import { pack } from '@nonconvex/experiments'
 * console.log(pack(Float64Array.of(1, 2)).base64) // → AAAAAAAA8D8AAAAAAAAAQA==
 */
export function pack(values: PackedArray, shape: readonly number[] = [values.length]): Packed {
  const size = shape.reduce((product, n) => product * n, 1)
  if (size !== values.length || !shape.every(isLength))
    throw new RangeError(
      `pack: expected a shape of ${values.length} numbers, got [${shape.join(', ')}]`,
    )
  const dtype =
    values instanceof Float64Array ? 'float64' : values instanceof Int32Array ? 'int32' : 'uint8'
  const bytes = new Uint8Array(values.length * bytesOf[dtype])
  const view = new DataView(bytes.buffer)
  values.forEach((value: number, i: number) => {
    if (!Number.isFinite(value))
      throw new RangeError(`pack: expected finite numbers, got ${value} at index ${i}`)
    if (dtype === 'float64') view.setFloat64(8 * i, value, true)
    else if (dtype === 'int32') view.setInt32(4 * i, value, true)
    else bytes[i] = value
  })
  return { dtype, shape: [...shape], base64: toBase64(bytes) }
}

/**
 * The array in a `Packed`, as a fresh copy of its dtype.
 *
 * @throws RangeError if the base64 is broken, or its length does not fit the shape
 *
 * @example
 * import { pack, unpack } from '@nonconvex/experiments'
 * console.log(unpack(pack(Float64Array.of(1, 2))).join()) // → 1,2
 */
export function unpack(packed: Packed): PackedArray {
  const size = packed.shape.reduce((product, n) => product * n, 1)
  const bytes = fromBase64(packed.base64)
  if (!packed.shape.every(isLength) || bytes.length !== size * bytesOf[packed.dtype])
    throw new RangeError(
      `unpack: expected ${bytesOf[packed.dtype]} bytes for each of [${packed.shape.join(', ')}], got ${bytes.length} bytes`,
    )
  if (packed.dtype === 'uint8') return bytes
  const view = new DataView(bytes.buffer)
  return packed.dtype === 'float64'
    ? Float64Array.from({ length: size }, (_, i) => view.getFloat64(8 * i, true))
    : Int32Array.from({ length: size }, (_, i) => view.getInt32(4 * i, true))
}

/** Whether a value of a result document is a packed array. */
export function isPacked(value: unknown): value is Packed {
  if (typeof value !== 'object' || value === null || !('base64' in value)) return false
  const { dtype, shape, base64 } = value as { dtype?: unknown; shape?: unknown; base64: unknown }
  return (
    (dtype === 'float64' || dtype === 'int32' || dtype === 'uint8') &&
    Array.isArray(shape) &&
    typeof base64 === 'string' &&
    Object.keys(value).length === 3
  )
}

const isLength = (n: number): boolean => Number.isSafeInteger(n) && n >= 0

// btoa and atob are in every runtime; text is built in pieces, since a call takes only so many
// arguments
function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 8192)
    text += String.fromCharCode(...bytes.subarray(i, i + 8192))
  return btoa(text)
}

function fromBase64(base64: string): Uint8Array {
  let text: string
  try {
    text = atob(base64)
  } catch {
    throw new RangeError(`unpack: expected base64, got ${JSON.stringify(base64.slice(0, 40))}`)
  }
  return Uint8Array.from(text, (c) => c.charCodeAt(0))
}
