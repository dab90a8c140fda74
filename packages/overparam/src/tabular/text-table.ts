import type { ClassChoice } from './classes.js'
import { CsvReader } from './csv-reader.js'
import type { DataFormat } from './format.js'
import { SvmlightReader } from './svmlight-reader.js'
import { SparseTableBuilder, TableBuilder, type Table } from './table.js'

/** The options with which a text of examples is read. */
export interface TextTableOptions extends ClassChoice {
  readonly format: Exclude<DataFormat, 'idx'>
  /** column of the labels */
  readonly label?: string
  readonly drop?: readonly string[]
  /** whether a CSV or TSV file begins with names; default: it must */
  readonly header?: boolean
  /** features that are wanted, by name, and by whom */
  readonly features?: readonly string[]
  readonly wantedBy?: string
}

/** A table that is read from a text in pieces. */
export interface TextTable {
  push(text: string): void
  /** rows so far, and the bytes that they take */
  readonly rows: number
  readonly bytes: number
  /**
   * @throws DataError for a text without examples, or with labels other than those of the choice
   */
  end(): {
    readonly table: Table
    readonly labelColumn?: string
    /** ignored values of features that are not wanted */
    readonly beyond: number
  }
}

/**
 * Reads a table of examples from a text that is passed in pieces. Memory: the matrix, once more
 * while it is put together, and a piece of the text.
 *
 * @throws DataError, from `push` and `end`, naming line and column
 *
 * @example
 * import { openTextTable } from '@nonconvex/overparam/tabular'
 * const text = openTextTable({ format: 'svmlight' })
 * for (const piece of ['+1 1:0.5\n-1', ' 2:2\n']) text.push(piece)
 * console.log(text.end().table.y) // → Float64Array(2) [ 1, -1 ]
 */
export function openTextTable(options: TextTableOptions): TextTable {
  return options.format === 'svmlight' ? svmlightTable(options) : csvTable(options)
}

function csvTable(options: TextTableOptions): TextTable {
  const { format, label, drop, header, features, wantedBy } = options
  const builder = new TableBuilder(options)
  const reader = new CsvReader(
    ({ values, label: found = '', line }) => builder.add(values, found, line, reader.labelColumn),
    {
      ...(label !== undefined && { label }),
      ...(drop && { drop }),
      ...(header !== undefined && { header }),
      ...(features && { features }),
      ...(wantedBy !== undefined && { wantedBy }),
      ...(format === 'tsv' && { delimiter: '\t' }),
    },
  )
  return textTable(reader, builder, () => ({
    table: builder.finish(reader.features, reader.digits),
    ...(reader.labelColumn !== undefined && { labelColumn: reader.labelColumn }),
    beyond: 0,
  }))
}

function svmlightTable(options: TextTableOptions): TextTable {
  const { features, wantedBy } = options
  const builder = new SparseTableBuilder(options, features?.length)
  const reader = new SvmlightReader((example) => builder.add(example), {
    ...(features && { features }),
    ...(wantedBy !== undefined && { wantedBy }),
  })
  return textTable(reader, builder, () => ({
    table: builder.finish(reader.digits),
    beyond: reader.beyond,
  }))
}

function textTable(
  reader: { push(text: string): void; end(): void },
  builder: { readonly rows: number; readonly bytes: number },
  finish: TextTable['end'],
): TextTable {
  return {
    push: (text) => {
      reader.push(text)
    },
    get rows() {
      return builder.rows
    },
    get bytes() {
      return builder.bytes
    },
    end: () => {
      reader.end()
      return finish()
    },
  }
}
