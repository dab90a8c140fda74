/** Many numbers in a JSON document: little-endian bytes in base64, row-major, with their shape. */
export interface Packed {
  readonly dtype: 'float64' | 'int32' | 'uint8'
  readonly shape: readonly number[]
  readonly base64: string
}
