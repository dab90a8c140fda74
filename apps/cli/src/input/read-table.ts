import { parseIdxImages } from '@nonconvex/overparam/digits'
import {
  loadIdxTable,
  openTextTable,
  type Table,
  type DataFormat,
  type TextTableOptions,
} from '@nonconvex/overparam/tabular'
import { checkIdxLabels, dataFault } from './data-faults.js'
import { labelsBeside } from './format.js'
import { openBytes, textOf, wholeFile } from './open-bytes.js'

type TextFormat = TextTableOptions['format']

/** A file and the options with which it is read. */
export interface TableSource extends Omit<TextTableOptions, 'format'> {
  readonly path: string
  readonly format: DataFormat
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
    return await (format === 'idx' ? readIdx(source) : readText({ ...source, format }))
  } catch (error) {
    throw dataFault(path, 'fit', error, format)
  }
}

async function readText(source: TableSource & { readonly format: TextFormat }): Promise<ReadTable> {
  const { path, signal } = source
  const text = openTextTable(source)
  const { pieces, digest } = openBytes(path, signal)
  for await (const piece of textOf(path, pieces)) {
    text.push(piece)
    source.watch?.(text.rows, text.bytes)
  }
  return { ...text.end(), digest: digest() }
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
