import { SceneDataError } from '../load/scene-data-error.js'
import { linesOf, type Pieces } from '../load/text-pieces.js'

/** Tokens of a sequence with the columns of their lines. */
export interface TokenSequence {
  /** number of the line of each token, from 1 */
  readonly lines: readonly number[]
  /** columns of each token */
  readonly tokens: readonly (readonly string[])[]
}

/** A file of sequences in columns. */
export interface TokenColumns {
  /** number of columns of every line */
  readonly columns: number
  /** what is between two columns */
  readonly separator: '\t' | ' '
  readonly sequences: readonly TokenSequence[]
}

const LONGEST = 2 ** 20

/**
 * Reads sequences in columns, as of the CoNLL shared tasks: a token a line, its columns separated by
 * tabs, or by spaces where the first line has no tab; empty lines end a sequence.
 *
 * @param pieces - the file in pieces, text or bytes
 * @throws SceneDataError with the line: another number of columns than the first line, an empty column, or no
 *   token at all
 * Cost: memory for all tokens.
 *
 * @example
 * import { readColumns } from '@nonconvex/structured/sequences'
 * const { columns, sequences } = await readColumns(['Ada B-PER\nslept O\n\nRain O\n'])
 * console.log(columns, sequences.map(({ tokens }) => tokens.length)) // → 2 [ 2, 1 ]
 */
export async function readColumns(pieces: Pieces): Promise<TokenColumns> {
  const sequences: { lines: number[]; tokens: string[][] }[] = []
  let [columns, before, tabs] = [0, -1, false]
  for await (const { line, text } of linesOf(pieces, LONGEST)) {
    if (columns === 0) tabs = text.includes('\t')
    const token = tabs ? text.split('\t').map((cell) => cell.trim()) : text.split(/\s+/)
    if (columns === 0) columns = token.length
    if (token.length !== columns)
      throw new SceneDataError(
        { line },
        `expected ${columns} columns separated by ${tabs ? 'tabs' : 'spaces'}, as in the first line, got ${token.length}; correct the line, or separate all columns by tabs`,
      )
    const empty = token.indexOf('')
    if (empty >= 0)
      throw new SceneDataError(
        { line },
        `expected text in column ${empty + 1}, got nothing; write _ for a missing value`,
      )
    if (line !== before + 1 || sequences.length === 0) sequences.push({ lines: [], tokens: [] })
    before = line
    const last = sequences[sequences.length - 1]
    last.lines.push(line)
    last.tokens.push(token)
  }
  if (columns === 0)
    throw new SceneDataError(
      {},
      'expected a token a line and an empty line between sequences, got an empty file; give a file with tokens',
    )
  return { columns, separator: tabs ? '\t' : ' ', sequences }
}
