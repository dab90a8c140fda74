import type { ClassChoice } from './classes.js'
import { CsvReader, type CsvOptions } from './csv-reader.js'
import { TableBuilder, type DenseTable } from './table.js'

export interface LoadCsvOptions extends CsvOptions, ClassChoice {
  readonly label?: string
}

/**
 * Loads a data set from the text of a CSV or TSV file with a header line, one column with two
 * labels of any spelling, and numbers in all other columns. A byte order mark, CRLF, quoted cells
 * and blank lines are understood.
 *
 * @param text - the whole file; `CsvReader` takes it in pieces
 * @param options - label, features, drop, delimiter, and which labels count as positive, or each as
 *   a class of its own; see
 *   `CsvOptions` and `ClassChoice`
 * @returns x is n × d, y in {−1, +1}, with the line numbers in the file and the names of the
 *   features
 * @throws DataError naming line and column: no rows, a header without names, rows of different
 *   length, cells that are missing or no numbers, not exactly two labels
 *
 * @example
 * import { loadCsv } from '@nonconvex/overparam/tabular'
 * const { x, y } = loadCsv('width,height,kind\n1,2.5,cat\n3,4,dog\n')
 * console.log(x.data, y) // → Float64Array(4) [ 1, 2.5, 3, 4 ] Float64Array(2) [ -1, 1 ]
 */
export function loadCsv(text: string, options: LoadCsvOptions = {}): DenseTable {
  const builder = new TableBuilder(options)
  const reader = new CsvReader(({ values, label = '', line }) => {
    builder.add(values, label, line, reader.labelColumn)
  }, options)
  reader.push(text)
  reader.end()
  return builder.finish(reader.features, reader.digits)
}
