import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { badInput, interrupted } from '../exit.js'
import { codeOf, fileFault } from '../files/faults.js'

/** A file that is read in pieces, decompressed where it is a gzip file. */
export interface OpenBytes {
  /** pieces of the content; ends early when the signal says so */
  readonly pieces: AsyncIterable<Uint8Array>
  /** SHA-256 of the file as it lies on the disk, once all pieces were taken */
  readonly digest: () => string
}

/** The first bytes of a file: what kind it is. */
export async function firstBytes(path: string, count: number): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r')
    try {
      const bytes = new Uint8Array(count)
      const { bytesRead } = await file.read(bytes, 0, count, 0)
      return bytes.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw fileFault('read', path, error)
  }
}

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** Opens a file for one pass. Memory: a piece of 1 MB. */
export async function openBytes(path: string, signal: AbortSignal): Promise<OpenBytes> {
  const packed = isGzip(await firstBytes(path, 2))
  const hash = createHash('sha256')
  async function* raw(): AsyncIterable<Uint8Array> {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
      if (signal.aborted) throw interrupted('interrupted while reading; nothing was written')
      hash.update(piece as Uint8Array)
      yield piece as Uint8Array
    }
  }
  async function* pieces(): AsyncIterable<Uint8Array> {
    try {
      if (!packed) {
        yield* raw()
        return
      }
      const gunzip = createGunzip()
      const feed = (async () => {
        try {
          for await (const piece of raw())
            if (!gunzip.write(piece)) await new Promise((resume) => gunzip.once('drain', resume))
          gunzip.end()
        } catch (error) {
          gunzip.destroy(error instanceof Error ? error : new Error(String(error)))
        }
      })()
      for await (const piece of gunzip) yield piece as Uint8Array
      await feed
    } catch (error) {
      const code = codeOf(error)
      if (code?.startsWith('Z_') === true)
        throw badInput(`${path}: expected a whole gzip file, got one that does not decompress`, {
          cause: error,
        })
      throw code === undefined ? error : fileFault('read', path, error)
    }
  }
  return { pieces: pieces(), digest: () => hash.digest('hex') }
}

/** A whole file in memory. */
export async function wholeFile(
  path: string,
  signal: AbortSignal,
): Promise<{ readonly bytes: Uint8Array; readonly digest: string }> {
  const opened = await openBytes(path, signal)
  const all: Uint8Array[] = []
  for await (const piece of opened.pieces) all.push(piece)
  return { bytes: Buffer.concat(all), digest: opened.digest() }
}

/** The same as text, in pieces that never cut a character. */
export async function* textOf(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (piece?: Uint8Array): string => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode()
    } catch (error) {
      throw badInput(
        `${path}: expected text in UTF-8, got other bytes; convert the file, or say its --format`,
        { cause: error },
      )
    }
  }
  for await (const piece of pieces) yield decode(piece)
  yield decode()
}
