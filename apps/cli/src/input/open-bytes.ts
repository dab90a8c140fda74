import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { addAbortSignal, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { badInput, interrupted, Stop } from '../exit.js'
import { codeOf, fileFault } from '../files/faults.js'
import { isPipe, needsFile, openPipe, refuseDevice } from './pipes.js'

/** A file that is read in pieces, decompressed where it is a gzip file. */
export interface OpenBytes {
  /** pieces of the content; ends early on the signal */
  readonly pieces: AsyncIterable<Uint8Array>
  /** SHA-256 of the file as it lies on the disk, once all pieces were taken */
  readonly digest: () => string
}

/**
 * Reads the first bytes of a file to detect its format; a pipe is rejected, since its bytes could
 * not be read again.
 */
export async function firstBytes(path: string, count: number): Promise<Uint8Array> {
  try {
    if (isPipe(path)) throw needsFile(path, 'its first bytes are read twice')
    const file = await open(path, 'r')
    try {
      const bytes = new Uint8Array(count)
      const { bytesRead } = await file.read(bytes, 0, count, 0)
      return bytes.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw error instanceof Stop ? error : fileFault('read', path, error)
  }
}

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** The same pieces, the first of them of two bytes at least. */
async function* withHead(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let head: Uint8Array | undefined = new Uint8Array(0)
  for await (const piece of pieces) {
    if (head === undefined) yield piece
    else {
      head = Buffer.concat([head, piece])
      if (head.length < 2) continue
      yield head
      head = undefined
    }
  }
  if (head !== undefined) yield head
}

/** Opens a file or a pipe for one pass. Memory: a piece of 64 KB. */
export function openBytes(path: string, signal: AbortSignal): OpenBytes {
  const hash = createHash('sha256')
  let stream: Readable | undefined
  async function* raw(): AsyncIterable<Uint8Array> {
    refuseDevice(path)
    stream = isPipe(path) ? openPipe(path) : createReadStream(path, { highWaterMark: 1 << 16 })
    // the pieces of a pipe may never come
    addAbortSignal(signal, stream)
    for await (const piece of stream) {
      hash.update(piece as Uint8Array)
      yield piece as Uint8Array
    }
  }
  async function* unpacked(packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    const gunzip = createGunzip()
    const feed = (async () => {
      try {
        for await (const piece of packed)
          if (!gunzip.write(piece)) await new Promise((resume) => gunzip.once('drain', resume))
        gunzip.end()
      } catch (error) {
        gunzip.destroy(error instanceof Error ? error : new Error(String(error)))
      }
    })()
    for await (const piece of gunzip) yield piece as Uint8Array
    await feed
  }
  async function* pieces(): AsyncIterable<Uint8Array> {
    try {
      const content = withHead(raw())
      const { value: head } = await content.next()
      async function* whole(): AsyncIterable<Uint8Array> {
        if (head) yield head
        yield* content
      }
      yield* head && isGzip(head) ? unpacked(whole()) : whole()
    } catch (error) {
      if (signal.aborted) throw interrupted('interrupted while reading')
      const code = codeOf(error)
      if (code?.startsWith('Z_') === true)
        throw badInput(
          'gzip-invalid',
          `${path}: expected a complete gzip file, got one that does not decompress`,
          {
            cause: error,
          },
        )
      throw code === undefined ? error : fileFault('read', path, error)
    } finally {
      // what is left of a pipe would be waited for
      stream?.destroy()
    }
  }
  return { pieces: pieces(), digest: () => hash.digest('hex') }
}

/**
 * A whole file in memory. After more than `enough` bytes it is read no further: who passes a limit
 * refuses what is longer.
 */
export async function wholeFile(
  path: string,
  signal: AbortSignal,
  enough = Infinity,
): Promise<{ readonly bytes: Buffer; readonly digest: string }> {
  const opened = openBytes(path, signal)
  const all: Uint8Array[] = []
  let length = 0
  for await (const piece of opened.pieces) {
    all.push(piece)
    length += piece.length
    if (length > enough) break
  }
  return { bytes: Buffer.concat(all), digest: opened.digest() }
}

/** The same as text, in pieces that never cut a character. */
export async function* textOf(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let lines = 1
  const decode = (piece?: Uint8Array): string => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode()
    } catch (error) {
      throw badInput(
        'encoding-invalid',
        `${path}, line ${lines + (piece ? linesBefore(piece) : 0)}: expected UTF-8 text, got other bytes; convert the file, or pass --format`,
        { cause: error },
      )
    }
  }
  for await (const piece of pieces) {
    yield decode(piece)
    for (let at = piece.indexOf(LF); at >= 0; at = piece.indexOf(LF, at + 1)) lines++
  }
  yield decode()
}

const LF = 10

/** Lines of a piece that are text, before the one that is not. */
function linesBefore(piece: Uint8Array): number {
  let lines = 0
  // what a character left behind in the piece before begins with is no line of its own
  let from = 0
  while (from < 3 && (piece[from] & 0xc0) === 0x80) from++
  for (let at = piece.indexOf(LF, from); at >= 0; at = piece.indexOf(LF, from)) {
    if (!isText(piece.subarray(from, at))) return lines
    lines++
    from = at + 1
  }
  return lines
}

function isText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
