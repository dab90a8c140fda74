/**
 * A text of somebody else: a label, a column, a class, a file. It is shown as it is, and nothing in
 * it is markup.
 */
export class Verbatim {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** Our own text, in which $…$ is TeX, around texts of others, in which it is not. */
export type Prose = Verbatim | string | readonly Prose[]

/** A sentence of ours with texts of others in it. */
export const words = (
  strings: TemplateStringsArray,
  ...pieces: readonly (Prose | number)[]
): Prose =>
  strings.flatMap((text, i): readonly Prose[] => {
    if (i >= pieces.length) return [text]
    const piece = pieces[i]
    return [text, typeof piece === 'number' ? String(piece) : piece]
  })

/**
 * The pieces of a text in their order: those of ours joined, so that TeX may go on from one to the
 * next, and those of others.
 */
export function piecesOf(prose: Prose): readonly (Verbatim | string)[] {
  if (typeof prose === 'string' || prose instanceof Verbatim) return [prose]
  const pieces: (Verbatim | string)[] = []
  for (const piece of prose.flatMap(piecesOf)) {
    const last = pieces.at(-1)
    if (typeof piece === 'string' && typeof last === 'string')
      pieces[pieces.length - 1] = last + piece
    else pieces.push(piece)
  }
  return pieces
}

/** A table as it is shown; one of a result is one, too. */
export interface ShownTable {
  readonly id: string
  readonly title: Prose
  readonly columns: readonly ShownColumn[]
  readonly rows: readonly (readonly ShownCell[])[]
}

export interface ShownColumn {
  readonly name: string
  readonly title: Prose
  /** significant digits of its numbers */
  readonly digits?: number
}

export type ShownCell = Prose | number | null

/** Which columns have numbers only, apart from gaps: they are aligned right. */
export const numericColumns = ({ columns, rows }: ShownTable): readonly boolean[] =>
  columns.map((_, j) => rows.every((row) => row[j] === null || typeof row[j] === 'number'))
