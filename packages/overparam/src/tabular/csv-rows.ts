import { Lines } from './lines.js'
import { DataError, shown } from './data-error.js'

export type Delimiter = ',' | ';' | '\t'

const delimiters: readonly Delimiter[] = [',', ';', '\t']

/**
 * The largest length of a record; a longer one means a quote that was never closed, or a file that
 * is not a text with lines.
 */
const LONGEST_RECORD = 1 << 24

/**
 * Splits a CSV or TSV text that is passed in pieces into records (RFC 4180): quoted fields may
 * contain delimiters, doubled quotes and line ends; lines end with LF or CRLF; a byte order mark
 * and blank lines are skipped. Memory: one record.
 *
 * The default delimiter is the most frequent of , ; and tab in the first record.
 */
export class CsvRows {
  private readonly emit: (cells: readonly string[], line: number) => void
  private delimiter: Delimiter | undefined
  private readonly lines: Lines
  /** lines of a record whose quotes are still open */
  private open: string | undefined
  private openLine = 0

  /**
   * @param emit - called with the cells of a record and the line on which it begins, counted from 1
   */
  constructor(
    emit: (cells: readonly string[], line: number) => void,
    options: { readonly delimiter?: Delimiter } = {},
  ) {
    this.emit = emit
    this.lines = new Lines(
      (line) => {
        this.take(line)
      },
      (length) => {
        this.bounded(length, this.lines.count + 1)
      },
    )
    this.delimiter = options.delimiter
  }

  push(text: string): void {
    this.lines.push(text)
  }

  end(): void {
    this.lines.end()
    // says which quote it is that does not match
    if (this.open !== undefined) this.quoted(this.open)
  }

  private take(line: string): void {
    if (this.open === undefined && !line.includes('"')) {
      this.plain(line)
      return
    }
    const before = this.open
    if (before === undefined) this.openLine = this.lines.count
    const record = before === undefined ? line : `${before}\n${line}`
    this.bounded(record.length, this.openLine)
    const opens = (before !== undefined) !== oddQuotes(line)
    this.open = opens ? record : undefined
    if (!opens) this.emit(this.quoted(record), this.openLine)
  }

  private plain(line: string): void {
    if (line.trim() === '' && !line.includes('\t')) return
    if (line.includes('\r'))
      throw new DataError(
        'format',
        { line: this.lines.count },
        'expected lines that end with LF or CRLF, got CR alone; convert the line ends',
      )
    if (line.includes('\0'))
      throw new DataError('format', { line: this.lines.count }, 'expected text, got binary data')
    this.emit(line.split(this.separator(line)), this.lines.count)
  }

  private separator(record: string): Delimiter {
    const count = (delimiter: Delimiter): number =>
      record.replace(/"[^"]*"/g, '').split(delimiter).length
    this.delimiter ??= delimiters.reduce((best, next) => (count(next) > count(best) ? next : best))
    return this.delimiter
  }

  /** The cells of a record with quotes. */
  private quoted(record: string): string[] {
    const delimiter = this.separator(record)
    const cells: string[] = []
    let at = 0
    for (;;) {
      const place = { line: this.openLine, column: { number: cells.length + 1 } }
      if (record[at] !== '"') {
        const next = record.indexOf(delimiter, at)
        const cell = record.slice(at, next < 0 ? undefined : next)
        if (cell.includes('"'))
          throw new DataError(
            'quote',
            place,
            `expected quotes around the whole cell, got ${shown(cell)}; quote the cell and double the quotes in it`,
          )
        cells.push(cell)
        if (next < 0) return cells
        at = next + 1
        continue
      }
      let end = record.indexOf('"', at + 1)
      while (end >= 0 && record[end + 1] === '"') end = record.indexOf('"', end + 2)
      if (end < 0)
        throw new DataError(
          'quote',
          place,
          `expected a quote to be closed, got ${shown(record.slice(at))} up to the end of the file; close it`,
        )
      cells.push(record.slice(at + 1, end).replaceAll('""', '"'))
      if (end + 1 === record.length) return cells
      if (record[end + 1] !== delimiter)
        throw new DataError(
          'quote',
          place,
          `expected the cell to end with its quote, got ${shown(record.slice(end + 1))} after it; double the quotes in a cell`,
        )
      at = end + 2
    }
  }

  private bounded(length: number, line: number): void {
    if (length > LONGEST_RECORD)
      throw new DataError(
        'format',
        { line },
        `expected records of at most ${LONGEST_RECORD} characters, got a longer one; close its quote, or give a text with lines`,
      )
  }
}

function oddQuotes(line: string): boolean {
  let odd = false
  for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) odd = !odd
  return odd
}
