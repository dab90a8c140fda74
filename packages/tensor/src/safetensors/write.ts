import { ArgumentError, ShapeError } from '../check/errors.js'
import { isDtype, layouts, sizeOf, type StoredTensor } from './dtypes.js'

/** The header and the data start at multiples of this many bytes. */
const ALIGNMENT = 8

/**
 * Writes named tensors as the bytes of a safetensors file.
 *
 * Layout: the header's length (8 bytes, little-endian), the header (JSON, padded with spaces to a
 * multiple of 8), the data without gaps. Wider types come first, then names in order, as the
 * reference implementation does, so the bytes do not depend on the order of the tensors.
 *
 * @param tensors - name → { dtype, shape, data }; the name `__metadata__` is reserved
 * @param metadata - text entries besides the tensors
 * @throws ShapeError if a shape does not match the data; RangeError on an unknown dtype, a wrong
 *   kind of array or the reserved name
 *
 * Cost: one copy of the data. Source: the format at github.com/huggingface/safetensors.
 *
 * @example
 * import { readSafetensors, writeSafetensors } from '@nonconvex/tensor/safetensors'
 * const bytes = writeSafetensors({ w: { dtype: 'F64', shape: [2], data: new Float64Array([1, 2]) } })
 * console.log(readSafetensors(bytes).tensors.w?.data) // → Float64Array(2) [ 1, 2 ]
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, StoredTensor>>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const ordered = Object.entries(tensors).sort(
    ([nameA, a], [nameB, b]) =>
      checked(nameB, b).rank - checked(nameA, a).rank || (nameA < nameB ? -1 : 1),
  )
  // The comparison is not called for a single tensor.
  for (const [name, tensor] of ordered) checked(name, tensor)

  const header: [string, unknown][] = metadata ? [['__metadata__', metadata]] : []
  let end = 0
  for (const [name, { dtype, shape, data }] of ordered) {
    const start = end
    end += data.byteLength
    header.push([name, { dtype, shape, data_offsets: [start, end] }])
  }
  // Not JSON.stringify of an object: that would move names like "10" to the front.
  const fields = header.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
  const json = new TextEncoder().encode(`{${fields.join(',')}}`)
  const headerLength = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT
  const out = new Uint8Array(8 + headerLength + end)
  new DataView(out.buffer).setBigUint64(0, BigInt(headerLength), true)
  out.fill(0x20, 8, 8 + headerLength)
  out.set(json, 8)
  let at = 8 + headerLength
  for (const [, { data }] of ordered) {
    out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at)
    at += data.byteLength
  }
  return out
}

function checked(name: string, { dtype, shape, data }: StoredTensor): { readonly rank: number } {
  const where = `writeSafetensors: tensor ${JSON.stringify(name)}`
  if (name === '__metadata__') throw new ArgumentError(`${where}: the name is reserved, got it`)
  if (!isDtype(dtype)) {
    throw new ArgumentError(
      `${where}: expected dtype to be one of ${Object.keys(layouts).join(', ')}, got ${String(dtype)}`,
    )
  }
  const layout = layouts[dtype]
  if (!(data instanceof layout.array)) {
    throw new ArgumentError(
      `${where}: expected data to be a ${layout.array.name} for ${dtype}, got another`,
    )
  }
  const size = sizeOf(shape)
  if (size !== data.length) {
    throw new ShapeError(
      `${where}: expected shape to hold the ${data.length} numbers of data, got [${shape.join(', ')}]`,
    )
  }
  return layout
}
