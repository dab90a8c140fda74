/**
 * The array type of each dtype. F16 and BF16 are raw bits in a `Uint16Array`; BOOL is 0 or 1.
 */
export interface ArrayOf {
  readonly F64: Float64Array
  readonly F32: Float32Array
  readonly I64: BigInt64Array
  readonly U64: BigUint64Array
  readonly I32: Int32Array
  readonly U32: Uint32Array
  readonly I16: Int16Array
  readonly U16: Uint16Array
  readonly F16: Uint16Array
  readonly BF16: Uint16Array
  readonly I8: Int8Array
  readonly U8: Uint8Array
  readonly BOOL: Uint8Array
}

/** The element types of the format that are supported. */
export type Dtype = keyof ArrayOf

/** A tensor: row-major data of the given shape; the shape `[]` is a scalar. */
export type StoredTensor = {
  readonly [D in Dtype]: {
    readonly dtype: D
    readonly shape: readonly number[]
    readonly data: ArrayOf[D]
  }
}[Dtype]

interface Layout {
  readonly bytes: number
  /** rank in the layout order of the reference implementation: larger first */
  readonly rank: number
  readonly array: new (buffer: ArrayBuffer) => StoredTensor['data']
}

export const layouts: { readonly [D in Dtype]: Layout } = {
  BOOL: { bytes: 1, rank: 0, array: Uint8Array },
  U8: { bytes: 1, rank: 1, array: Uint8Array },
  I8: { bytes: 1, rank: 2, array: Int8Array },
  I16: { bytes: 2, rank: 3, array: Int16Array },
  U16: { bytes: 2, rank: 4, array: Uint16Array },
  F16: { bytes: 2, rank: 5, array: Uint16Array },
  BF16: { bytes: 2, rank: 6, array: Uint16Array },
  I32: { bytes: 4, rank: 7, array: Int32Array },
  U32: { bytes: 4, rank: 8, array: Uint32Array },
  F32: { bytes: 4, rank: 9, array: Float32Array },
  F64: { bytes: 8, rank: 10, array: Float64Array },
  I64: { bytes: 8, rank: 11, array: BigInt64Array },
  U64: { bytes: 8, rank: 12, array: BigUint64Array },
}

export function isDtype(text: unknown): text is Dtype {
  return typeof text === 'string' && Object.hasOwn(layouts, text)
}

/**
 * The number of elements of a shape; `undefined` if it is not a list of integers ≥ 0 with a product
 * below 2^53.
 */
export function sizeOf(shape: unknown): number | undefined {
  if (!Array.isArray(shape)) return undefined
  let size = 1
  for (const n of shape as readonly unknown[]) {
    if (typeof n !== 'number' || !Number.isSafeInteger(n) || n < 0) return undefined
    size *= n
    if (!Number.isSafeInteger(size)) return undefined
  }
  return size
}
