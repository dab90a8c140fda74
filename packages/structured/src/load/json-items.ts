import { SceneDataError } from './scene-data-error.js'
import { whyNoJson } from './why-no-json.js'
import { LONGEST_IMAGE, textPieces, type Pieces } from './text-pieces.js'

/** An entry of a JSON list or object. */
export interface JsonItem {
  /** key in an object */
  readonly key?: string
  readonly value: unknown
  /** on which it begins, from 1 */
  readonly line: number
}

/** The entries of one list or object that is the whole text, one after the other. */
class ItemScanner {
  private open = ''
  private closed = false
  private line = 1
  private depth = 0
  private inString = false
  private escaped = false
  private parts: string[] = []
  private length = 0
  private itemLine = 1
  private blank = true
  private taken = 0
  private readonly longest: number

  constructor(longest: number) {
    this.longest = longest
  }

  *push(text: string): Generator<JsonItem> {
    let start = 0
    for (let i = this.find(text, 0); i < text.length; i = this.find(text, i + 1)) {
      if (this.depth === 0) this.begin(text[i])
      else {
        this.keep(text.slice(start, i))
        const comma = text.charCodeAt(i) === COMMA
        if (comma || !this.blank || this.taken > 0) yield this.take()
        if (!comma) this.end(text[i])
      }
      start = i + 1
    }
    if (this.depth > 0) this.keep(text.slice(start))
  }

  /**
   * The next position, from `i` on, that begins or ends an entry or is outside the list; or the
   * length.
   */
  private find(text: string, i: number): number {
    let { line, depth, inString, escaped, blank, itemLine } = this
    for (; i < text.length; i++) {
      const c = text.charCodeAt(i)
      if (c === NEWLINE) line++
      if (inString) {
        if (escaped) escaped = false
        else if (c === BACKSLASH) escaped = true
        else if (c === QUOTE) inString = false
        continue
      }
      if (c === BLANK || c === NEWLINE || c === RETURN || c === TAB) continue
      if (depth === 0 || (depth === 1 && (c === COMMA || c === CLOSE_LIST || c === CLOSE_OBJECT)))
        break
      if (blank) itemLine = line
      blank = false
      if (c === QUOTE) inString = true
      else if (c === OPEN_LIST || c === OPEN_OBJECT) depth++
      else if (c === CLOSE_LIST || c === CLOSE_OBJECT) depth--
    }
    Object.assign(this, { line, depth, inString, escaped, blank, itemLine })
    return i
  }

  finish(): void {
    if (this.closed) return
    throw new SceneDataError(
      this.open === '' || this.blank ? {} : { line: this.itemLine },
      this.open === ''
        ? 'expected JSON, got an empty file'
        : `expected ${this.open === '[' ? ']' : '}'} at the end, got the end of the file after ${this.taken} whole entries: it was cut short; fetch it again`,
    )
  }

  private begin(c: string): void {
    const { line } = this
    if (this.closed)
      throw new SceneDataError({ line }, `expected the end of the file, got ${JSON.stringify(c)}`)
    if (c !== '[' && c !== '{')
      throw new SceneDataError({ line }, `expected a JSON list or object, got ${JSON.stringify(c)}`)
    this.open = c
    this.depth = 1
  }

  private end(c: string): void {
    const expected = this.open === '[' ? ']' : '}'
    if (c !== expected)
      throw new SceneDataError({ line: this.line }, `expected ${expected}, got ${c}`)
    this.depth = 0
    this.closed = true
  }

  private keep(part: string): void {
    this.length += part.length
    if (this.length > this.longest)
      throw new SceneDataError(
        { line: this.itemLine },
        `expected entries of at most ${this.longest} characters, got a longer one`,
      )
    this.parts.push(part)
  }

  private take(): JsonItem {
    const text = this.parts.join('')
    const line = this.blank ? this.line : this.itemLine
    this.parts = []
    this.length = 0
    this.blank = true
    this.taken++
    try {
      if (this.open === '[') return { value: JSON.parse(text) as unknown, line }
      const entries = Object.entries(JSON.parse(`{${text}}`) as { [key: string]: unknown })
      if (entries.length !== 1) throw new SyntaxError('not one entry')
      return { key: entries[0][0], value: entries[0][1], line }
    } catch (error) {
      throw new SceneDataError(
        { line },
        `expected JSON, got an invalid entry (${whyNoJson(text, error)})`,
      )
    }
  }
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c]
const [TAB, NEWLINE, RETURN, BLANK] = [0x09, 0x0a, 0x0d, 0x20]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]

/**
 * Streams the entries of a JSON list or object, one at a time.
 *
 * @throws SceneDataError, with the line, if the text is invalid or truncated JSON, or an entry is
 *   longer than `longest`
 * Memory: the longest entry and a piece.
 */
export async function* jsonItems(
  pieces: Pieces,
  longest: number = LONGEST_IMAGE,
): AsyncGenerator<JsonItem> {
  const scanner = new ItemScanner(longest)
  for await (const text of textPieces(pieces)) yield* scanner.push(text)
  scanner.finish()
}
