import { MultilabelDataError, numberOf, RowBuilder, type MultilabelData } from './data.js'
import { dataLines, type Pieces } from './lines.js'

/**
 * Reads multilabel examples from CSV with a line of column names: label columns hold 0 or 1, all
 * others numbers. Names and values may be in double quotes, where "" is a quote.
 *
 * @param pieces - the file in pieces, text or bytes; it is streamed
 * @param labels - names of the label columns
 * @param options - unlabeled: these columns may be missing, and are not read
 * @throws MultilabelDataError with the line: another number of values, values that are no numbers,
 *   labels other than 0 and 1, repeated or unknown columns
 *
 * @example
 * import { readLabelColumns } from '@nonconvex/structured/multilabel'
 * const { features, labels, rows } = await readLabelColumns(['x,"a,b"\n1.5,1\n'], ['a,b'])
 * console.log(features, labels, rows) // → [ 'x' ] [ 'a,b' ] 1
 */
export async function readLabelColumns(
  pieces: Pieces,
  labels: readonly string[],
  { unlabeled = false }: { readonly unlabeled?: boolean } = {},
): Promise<MultilabelData> {
  const builder = new RowBuilder()
  const features: string[] = []
  const own: string[] = unlabeled ? [...labels] : []
  /** the feature of each column, or −1 − its label */
  const places: number[] = []
  for await (const { line, names, values } of csvRows(pieces)) {
    if (values === undefined) {
      const unknown = labels.find((label) => !unlabeled && !names.includes(label))
      if (unknown !== undefined || labels.length === 0)
        throw new MultilabelDataError(
          'labels',
          line,
          `expected label columns among ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}, got ${unknown === undefined ? 'none' : JSON.stringify(unknown)}${/[;\t]/.test(names[0]) ? '; separate columns by commas' : ''}`,
        )
      for (const name of names)
        places.push(
          !labels.includes(name) ? features.push(name) - 1 : unlabeled ? -1 : -own.push(name),
        )
      if (features.length === 0)
        throw new MultilabelDataError(
          'header',
          line,
          'expected features besides the labels, got none; give their columns, too',
        )
      continue
    }
    for (const [i, value] of values.entries()) {
      if (unlabeled && places[i] < 0) continue
      const x = numberOf(value, line, JSON.stringify(names[i]))
      if (places[i] >= 0) builder.value(places[i], x)
      else if (x !== 0 && x !== 1)
        throw new MultilabelDataError(
          'labels',
          line,
          `expected 0 or 1 for label ${JSON.stringify(names[i])}, got ${value}`,
        )
      else if (x === 1) builder.label(-1 - places[i])
    }
    builder.endRow()
  }
  return builder.done(features, own)
}

interface CsvRow {
  readonly line: number
  readonly names: readonly string[]
  /** as many as there are columns; undefined for the line of their names */
  readonly values?: readonly string[]
}

/** The lines of CSV, first that of the column names. */
export async function* csvRows(pieces: Pieces): AsyncGenerator<CsvRow> {
  let names: readonly string[] | undefined
  for await (const { line, text } of dataLines(pieces)) {
    const values = valuesOf(text, line)
    if (names === undefined) {
      names = values
      const repeated = names.find((name, i) => values.indexOf(name) < i)
      if (repeated !== undefined)
        throw new MultilabelDataError(
          'header',
          line,
          `expected each column name once, got ${JSON.stringify(repeated)} again; rename one`,
        )
      yield { line, names }
      continue
    }
    if (values.length !== names.length)
      throw new MultilabelDataError(
        'row',
        line,
        `expected ${names.length} values, as there are columns, got ${values.length}`,
      )
    yield { line, names, values }
  }
}

function valuesOf(text: string, line: number): string[] {
  if (!text.includes('"')) return text.split(',').map((value) => value.trim())
  const found: string[] = []
  const value = /\s*(?:"((?:[^"]|"")*)"|([^",]*))\s*(,|$)/y
  for (;;) {
    const match = value.exec(text) as (string | undefined)[] | null
    if (match === null)
      throw new MultilabelDataError('row', line, 'expected values in complete quotes, or without')
    found.push(match[1] === undefined ? (match[2] ?? '').trim() : match[1].replaceAll('""', '"'))
    if (match[3] === '') return found
  }
}
