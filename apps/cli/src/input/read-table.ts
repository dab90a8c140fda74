import { parseIdxImages } from '@nonconvex/overparam/digits'
import {
  CsvReader,
  loadIdxTable,
  SparseTableBuilder,
  SvmlightReader,
  TableBuilder,
  type ClassChoice,
  type Table,
} from '@nonconvex/overparam/tabular'
import { checkIdxLabels, dataFault } from './data-faults.js'
import { labelsBeside, type Format } from './format.js'
import { openBytes, textOf, wholeFile } from './open-bytes.js'

/** A file and the options with which it is read. */
export interface TableSource extends ClassChoice {
  readonly path: string
  readonly format: Format
  /** column of the labels */
  readonly label?: string
  readonly drop?: readonly string[]
  /** whether a CSV or TSV file begins with names; default: it must */
  readonly header?: boolean
  /** features that are wanted, by name, and by whom */
  readonly features?: readonly string[]
  readonly wantedBy?: string
  /** file of the labels of an IDX file */
  readonly labels?: string
  readonly signal: AbortSignal
  /** called now and then with the number of rows so far, and the bytes that they take */
  readonly watch?: (rows: number, bytes: number) => void
}

/** A table and the file it came from. */
export interface ReadTable {
  readonly table: Table
  /** SHA-256 of the file, or of both files of an IDX pair, as they lie on the disk */
  readonly digest: string
  readonly labelColumn?: string
  /** ignored values of features unknown to the model */
  readonly beyond: number
}

/**
 * Reads a whole file of examples. Memory: the matrix, once more while it is put together, and a
 * piece of the file.
 */
export async function readTable(source: TableSource): Promise<ReadTable> {
  const { path, format } = source
  try {
    if (format === 'idx') return await readIdx(source)
    return await (format === 'svmlight' ? readSvmlight(source) : readCsv(source))
  } catch (error) {
    throw dataFault(path, 'fit', error, format)
  }
}

async function readCsv(source: TableSource): Promise<ReadTable> {
  const { path, format, label, drop, header, features, wantedBy, signal } = source
  const builder = new TableBuilder(source)
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
  const { pieces, digest } = openBytes(path, signal)
  for await (const text of textOf(path, pieces)) {
    reader.push(text)
    source.watch?.(builder.rows, builder.bytes)
  }
  reader.end()
  return {
    table: builder.finish(reader.features, reader.digits),
    digest: digest(),
    ...(reader.labelColumn !== undefined && { labelColumn: reader.labelColumn }),
    beyond: 0,
  }
}

async function readSvmlight(source: TableSource): Promise<ReadTable> {
  const { path, features, wantedBy, signal } = source
  const builder = new SparseTableBuilder(source, features?.length)
  const reader = new SvmlightReader((example) => builder.add(example), {
    ...(features && { features }),
    ...(wantedBy !== undefined && { wantedBy }),
  })
  const { pieces, digest } = openBytes(path, signal)
  for await (const text of textOf(path, pieces)) {
    reader.push(text)
    source.watch?.(builder.rows, builder.bytes)
  }
  reader.end()
  return { table: builder.finish(reader.digits), digest: digest(), beyond: reader.beyond }
}

async function readIdx(source: TableSource): Promise<ReadTable> {
  const { path, signal } = source
  const labelsPath = labelsBeside(path, source.labels)
  const images = await wholeFile(path, signal)
  const labels = await wholeFile(labelsPath, signal)
  parseIdxImages(images.bytes)
  checkIdxLabels(labelsPath, labels.bytes, 'fit')
  return {
    table: loadIdxTable(images.bytes, labels.bytes, source),
    digest: `${images.digest} ${labels.digest}`,
    beyond: 0,
  }
}
