import { isDtype, layouts, sizeOf, type StoredTensor } from './dtypes.js'

/** The error for an invalid safetensors file; its message names the fault and its position. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError'
}

/** The content of a safetensors file. */
export interface Safetensors {
  readonly tensors: Readonly<Partial<Record<string, StoredTensor>>>
  /** empty if the file has none */
  readonly metadata: Readonly<Partial<Record<string, string>>>
}

/** The limit of the format on the length of a header. */
const LARGEST_HEADER = 100_000_000

interface Range {
  readonly name: string
  readonly start: number
  readonly end: number
}

/**
 * Reads the tensors of a safetensors file.
 *
 * @param bytes - the whole file; its data are copied
 * @throws SafetensorsError if the file is truncated, the header is invalid, or the tensors' ranges
 *   overlap, have gaps or exceed the data
 *
 * Cost: one copy of the data. Source: the format at github.com/huggingface/safetensors.
 *
 * @example
 * import { readSafetensors, SafetensorsError } from '@nonconvex/tensor/safetensors'
 * try {
 *   readSafetensors(new Uint8Array(3))
 * } catch (error) {
 *   console.log(error instanceof SafetensorsError, (error as Error).message)
 *   // → true readSafetensors: expected at least 8 bytes, got 3
 * }
 */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  const { header, dataAt } = parseHeader(bytes)
  const ranges: Range[] = []
  const tensors: [string, StoredTensor][] = []
  let metadata = {}
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') {
      metadata = parseMetadata(entry)
      continue
    }
    const { dtype, shape, start, end } = parseEntry(name, entry, bytes.length - dataAt)
    const data = new layouts[dtype].array(
      Uint8Array.from(bytes.subarray(dataAt + start, dataAt + end)).buffer,
    )
    ranges.push({ name, start, end })
    tensors.push([name, { dtype, shape, data } as StoredTensor])
  }
  covered(ranges, bytes.length - dataAt)
  return { tensors: Object.fromEntries(tensors), metadata }
}

function parseHeader(bytes: Uint8Array): { header: object; dataAt: number } {
  if (bytes.length < 8) fail(`expected at least 8 bytes, got ${bytes.length}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = Number(view.getBigUint64(0, true))
  if (length > LARGEST_HEADER) {
    fail(`expected header length (bytes 0–7) to be at most ${LARGEST_HEADER}, got ${length}`)
  }
  if (8 + length > bytes.length) {
    fail(
      `expected at least ${8 + length} bytes for a header of ${length} bytes, got ${bytes.length}; the file is truncated, copy it again`,
    )
  }
  let header: unknown
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length))
    header = JSON.parse(text)
  } catch (cause) {
    throw new SafetensorsError(
      `readSafetensors: expected header (bytes 8–${7 + length}) to be JSON in UTF-8, got: ${String(cause)}`,
      { cause },
    )
  }
  if (!isRecord(header)) fail('expected header to be a JSON object, got something else')
  return { header, dataAt: 8 + length }
}

function parseMetadata(entry: unknown): Record<string, string> {
  if (!isRecord(entry)) fail('expected __metadata__ to be an object of strings, got something else')
  for (const [key, value] of Object.entries(entry)) {
    if (typeof value !== 'string') {
      fail(
        `expected __metadata__ ${JSON.stringify(key)} to be a string, got ${JSON.stringify(value)}`,
      )
    }
  }
  return entry as Record<string, string>
}

function parseEntry(name: string, entry: unknown, available: number) {
  const where = `tensor ${JSON.stringify(name)}`
  if (!isRecord(entry)) fail(`${where}: expected an object, got ${JSON.stringify(entry)}`)
  const { dtype, shape, data_offsets: offsets } = entry
  if (!isDtype(dtype)) {
    fail(
      `${where}: expected dtype to be one of ${Object.keys(layouts).join(', ')}, got ${JSON.stringify(dtype)}`,
    )
  }
  const size = sizeOf(shape)
  if (size === undefined) {
    fail(`${where}: expected shape to be integers ≥ 0, got ${JSON.stringify(shape)}`)
  }
  const [start, end] = Array.isArray(offsets) && offsets.length === 2 ? (offsets as unknown[]) : []
  if (!isOffset(start) || !isOffset(end) || end < start || end > available) {
    fail(
      `${where}: expected data_offsets to be [start, end] within the ${available} bytes of data, got ${JSON.stringify(offsets)}`,
    )
  }
  const needed = size * layouts[dtype].bytes
  if (end - start !== needed) {
    fail(
      `${where}: expected data_offsets to span ${needed} bytes, for dtype ${dtype} and shape ${JSON.stringify(shape)}, got ${end - start}`,
    )
  }
  return { dtype, shape: shape as readonly number[], start, end }
}

/** Checks that every byte of data belongs to exactly one tensor. */
function covered(ranges: Range[], available: number): void {
  ranges.sort((a, b) => a.start - b.start || a.end - b.end)
  let end = 0
  for (const range of ranges) {
    if (range.start !== end) {
      const what = range.start < end ? 'it overlaps the previous tensor' : 'it leaves a gap'
      fail(
        `tensor ${JSON.stringify(range.name)}: expected its data to start at byte ${end}, got ${range.start}; ${what}`,
      )
    }
    end = range.end
  }
  if (end !== available) fail(`expected ${end} bytes of data for all tensors, got ${available}`)
}

function isOffset(n: unknown): n is number {
  return typeof n === 'number' && Number.isSafeInteger(n) && n >= 0
}

function isRecord(x: unknown): x is Record<string, unknown> {
  return typeof x === 'object' && x !== null && !Array.isArray(x)
}

function fail(message: string): never {
  throw new SafetensorsError(`readSafetensors: ${message}`)
}
