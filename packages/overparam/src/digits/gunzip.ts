import { DigitsError } from './digits-error.js'

/** Whether the bytes begin like a gzip file. */
const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/**
 * The content of a gzip file; other bytes are returned unchanged, because some servers decompress
 * in transit.
 *
 * @throws DigitsError if the file is truncated or corrupt
 */
export async function gunzip(bytes: Uint8Array): Promise<Uint8Array> {
  if (!isGzip(bytes)) return bytes
  const source = new Blob([new Uint8Array(bytes)]).stream()
  try {
    const content = source.pipeThrough(new DecompressionStream('gzip'))
    return new Uint8Array(await new Response(content).arrayBuffer())
  } catch {
    throw new DigitsError(
      `gunzip: expected a whole gzip file, got ${bytes.length} bytes that do not decompress; fetch the file again`,
    )
  }
}
