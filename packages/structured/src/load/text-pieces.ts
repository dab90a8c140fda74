import { SceneDataError } from './scene-data-error.js'

/** A file in arbitrary pieces: text, or bytes in UTF-8. */
export type Pieces = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>

/** Decodes pieces to text; characters are not split, and a byte order mark is dropped. */
export async function* textPieces(pieces: Pieces): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch {
      throw new SceneDataError({}, 'expected text in UTF-8, got other bytes; convert the file')
    }
  }
  let first = true
  for await (const piece of pieces) {
    const text = typeof piece === 'string' ? piece : decode(piece)
    if (text === '') continue
    yield first && text.startsWith('\uFEFF') ? text.slice(1) : text
    first = false
  }
  yield decode()
}

/** The lines of a text with their numbers from 1, without line breaks; empty lines are skipped. */
export async function* linesOf(
  pieces: Pieces,
  longest: number,
): AsyncGenerator<{ readonly line: number; readonly text: string }> {
  let parts: string[] = []
  let length = 0
  let line = 1
  const take = (): string => {
    const text = parts.join('').trim()
    parts = []
    length = 0
    return text
  }
  const keep = (part: string): void => {
    length += part.length
    if (length > longest)
      throw new SceneDataError(
        { line },
        `expected lines of at most ${longest} characters, got a longer one`,
      )
    parts.push(part)
  }
  for await (const piece of textPieces(pieces)) {
    let start = 0
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
      keep(piece.slice(start, end))
      const text = take()
      if (text !== '') yield { line, text }
      line++
      start = end + 1
    }
    if (start < piece.length) keep(piece.slice(start))
  }
  const text = take()
  if (text !== '') yield { line, text }
}

/** Maximum number of characters of one image. */
export const LONGEST_IMAGE: number = 2 ** 26
