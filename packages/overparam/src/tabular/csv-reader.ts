import { labelOf, missing, numberOf, significantDigits } from './cells.js'
import { CsvRows, type Delimiter } from './csv-rows.js'
import { DataError, shown, type DataPlace } from './data-error.js'
import type { ExampleReader, OnExample } from './example.js'

export interface CsvOptions {
  /**
   * the label column, by name or by number from 1; false if there is none. Default: the column
   * named label, class or target, otherwise the last one
   */
  readonly label?: string | false
  /**
   * whether the first line is a header; without one, columns are named by their numbers from 1.
   * Default: true; a header that looks like an example is rejected
   */
  readonly header?: boolean
  /** the features by name, in this order, for a model; default all other columns */
  readonly features?: readonly string[]
  /** what requires these features, for messages; default 'the model' */
  readonly wantedBy?: string
  /** columns to drop, by name or by number from 1 */
  readonly drop?: readonly string[]
  /** default: the most frequent of , ; and tab in the header */
  readonly delimiter?: Delimiter
}

const usual = ['label', 'class', 'target']

/**
 * Reads examples from a CSV or TSV text with a header line, a column of labels and numbers in all
 * other columns. The text is passed in pieces; `onExample` is called for each row with reused
 * values. See `CsvRows` for the format and `loadCsv` for a whole text.
 */
export class CsvReader implements ExampleReader {
  features: readonly string[] = []
  /** name of the column that the labels are in, once the header was read */
  labelColumn: string | undefined
  /** most significant digits of a cell so far */
  digits = 0

  private readonly rows: CsvRows
  private readonly options: CsvOptions
  private readonly onExample: OnExample
  private header: readonly string[] | undefined
  private labelAt = -1
  /** column of each feature */
  private at: readonly number[] = []
  private values = new Float64Array(0)

  constructor(onExample: OnExample, options: CsvOptions = {}) {
    this.onExample = onExample
    this.options = options
    this.rows = new CsvRows((cells, line) => {
      if (this.header) this.example(cells, line, this.header)
      else this.first(cells, line)
    }, options)
  }

  push(text: string): void {
    this.rows.push(text)
  }

  end(): void {
    this.rows.end()
    if (!this.header)
      throw new DataError(
        'empty',
        {},
        'expected a header line and examples, got an empty file; give a file with rows',
      )
  }

  private first(cells: readonly string[], line: number): void {
    if (this.options.header === false) {
      const numbers = cells.map((_, column) => String(column + 1))
      this.begin(numbers, line)
      this.example(cells, line, numbers)
      return
    }
    const names = cells.map((cell) => cell.trim())
    this.checkHeader(names, line)
    this.begin(names, line)
  }

  private begin(names: readonly string[], line: number): void {
    const { label, features, drop = [], wantedBy = 'the model' } = this.options
    if (label !== false) {
      this.labelAt =
        label === undefined
          ? usualLabel(names)
          : columnOf(names, label, line, 'the column of the labels')
      this.labelColumn = names[this.labelAt]
    }
    const left = new Set(drop.map((name) => columnOf(names, name, line, 'the column to leave out')))
    if (left.has(this.labelAt))
      throw new DataError(
        'header',
        place(line, names, this.labelAt),
        'expected columns of features to leave out, got the column of the labels; name another one for the labels',
      )
    this.at = features
      ? features.map((name) => columnOf(names, name, line, `a feature of ${wantedBy}`, true))
      : names.flatMap((_, column) => (column === this.labelAt || left.has(column) ? [] : [column]))
    const nameless = this.at.find((column) => names[column] === '')
    if (nameless !== undefined)
      throw new DataError(
        'header',
        { line, column: { number: nameless + 1 } },
        'expected a name, got an empty cell; name the column, or drop it by its number',
      )
    if (this.at.length === 0)
      throw new DataError(
        'header',
        { line },
        `expected a column of labels and at least one feature, got ${names.length === 1 ? 'one column' : 'no feature'}: ${names.map(shown).join(', ')}; separate columns by , ; or tab`,
      )
    this.features = this.at.map((column) => names[column])
    this.values = new Float64Array(this.at.length)
    this.header = names
  }

  private checkHeader(names: readonly string[], line: number): void {
    const { header, features, label } = this.options
    const known = header === true || features?.every((name) => names.includes(name)) === true
    if (!known && looksLikeExample(names, label))
      throw new DataError(
        'header',
        { line },
        `expected names of columns, got ${names.every(isNumber) ? 'numbers' : 'an example'}: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}; put a line of names first`,
      )
    const twice = names.findIndex((name, i) => name !== '' && names.indexOf(name) < i)
    if (twice >= 0)
      throw new DataError(
        'header',
        { line, column: { number: twice + 1, name: names[twice] } },
        `expected distinct names, got this one in column ${names.indexOf(names[twice]) + 1}, too; rename one`,
      )
  }

  private example(cells: readonly string[], line: number, header: readonly string[]): void {
    if (cells.length !== header.length)
      throw new DataError(
        'ragged',
        { line },
        `expected ${header.length} cells as in the header, got ${cells.length}; ${cells.length < header.length ? `from column ${cells.length + 1} (${shown(header[cells.length])}) on they are missing` : 'quote cells that hold the delimiter'}`,
      )
    // a model needs all of its features
    const dropped = this.options.features ? undefined : 'column'
    this.at.forEach((column, f) => {
      this.values[f] = numberOf(cells[column], () => place(line, header, column), dropped)
      this.digits = Math.max(this.digits, significantDigits(cells[column]))
    })
    const { labelAt, values } = this
    if (labelAt < 0) this.onExample({ values, line })
    else {
      const label = labelOf(cells[labelAt], () => place(line, header, labelAt))
      this.onExample({ values, label, line })
    }
  }
}

const place = (line: number, header: readonly string[], column: number): DataPlace => ({
  line,
  column: { number: column + 1, name: header[column] },
})

const isNumber = (cell: string): boolean => cell !== '' && !Number.isNaN(Number(cell))

/**
 * Whether a header line looks like an example: every cell except the label is a number or missing,
 * and at least one is a number.
 */
function looksLikeExample(cells: readonly string[], label: string | false | undefined): boolean {
  const labels =
    typeof label === 'string' ? [cells.indexOf(label), Number(label) - 1] : [usualLabel(cells)]
  return labels.some((labelAt) => {
    const others = cells.filter((_, column) => column !== labelAt || label === false)
    return others.some(isNumber) && others.every((cell) => isNumber(cell) || missing.test(cell))
  })
}

function usualLabel(names: readonly string[]): number {
  const at = names.findIndex((name) => usual.includes(name.toLowerCase()))
  return at >= 0 ? at : names.length - 1
}

/** The column with the given name, or with the given number if no name matches. */
function columnOf(
  names: readonly string[],
  wanted: string,
  line: number,
  what: string,
  byName = false,
): number {
  const at = names.indexOf(wanted)
  if (at >= 0) return at
  const number = Number(wanted)
  if (!byName && Number.isInteger(number) && number >= 1 && number <= names.length)
    return number - 1
  const some = names.slice(0, 12).map(shown).join(', ')
  throw new DataError(
    'header',
    { line },
    `expected ${what}, ${shown(wanted)}, got columns ${some}${names.length > 12 ? ', …' : ''}; check the name`,
  )
}
