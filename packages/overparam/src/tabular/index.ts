// Files of examples as data sets
export { loadCsv } from './load-csv.js'
export type { LoadCsvOptions } from './load-csv.js'
export { loadSvmlight } from './load-svmlight.js'
export { loadIdxTable } from './load-idx-table.js'
export { againstRest } from './table.js'
export type { DenseTable, Table } from './table.js'

// The format of a file, and a text of any of the formats
export { formatByName, formatByText, dataFormats } from './format.js'
export type { DataFormat } from './format.js'
export { openTextTable } from './text-table.js'
export type { TextTable, TextTableOptions } from './text-table.js'

// In pieces, for files that are larger than what one wants to hold
export { CsvReader } from './csv-reader.js'
export type { CsvOptions } from './csv-reader.js'
export { CsvRows } from './csv-rows.js'
export type { Delimiter } from './csv-rows.js'
export { SvmlightReader } from './svmlight-reader.js'
export type { SparseExample, SvmlightOptions } from './svmlight-reader.js'
export { SparseTableBuilder, TableBuilder } from './table.js'
export type { Example, ExampleReader, OnExample } from './example.js'

// The same examples in two files
export { KnownRows, sharedRows } from './known-rows.js'
export type { KnownRowsText, LinedDataset, SharedRows } from './known-rows.js'

// Labels
export { classNames, oneAgainstRest, sideOf } from './classes.js'
export type { ClassChoice, Classes, SeveralClasses } from './classes.js'

// What is wrong with a file
export { DataError, placeText, shown } from './data-error.js'
export type { DataFault, DataPlace } from './data-error.js'
