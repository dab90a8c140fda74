import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import {
  formatByName,
  formatByText,
  dataFormats,
  type DataFormat,
} from '@nonconvex/overparam/tabular'
import { badInput } from '../exit.js'
import { requireRegular } from '../files/regular-file.js'
import { firstBytes, openBytes, textOf } from './open-bytes.js'
import { isPipe, needsFormat } from './pipes.js'

/** Parses the table format that a flag names; throws for an unknown format. */
export function tableFormat(name: string | undefined): DataFormat | undefined {
  const known = dataFormats.find((each) => each === name)
  if (name === undefined || known !== undefined) return known
  throw badInput(
    'format-unsupported',
    `--format ${name}: expected one of ${dataFormats.join(', ')} for tables of examples`,
  )
}

/** Whether a name is that of data: examples, or scenes in the exchange format. */
export const isNamedData = (path: string): boolean =>
  formatByName(path) !== undefined || /\.(ndjson|jsonl)(\.gz)?$/i.test(path)

/** Detects the format of a file from its name, otherwise from its first bytes. */
export async function formatOf(path: string, signal: AbortSignal): Promise<DataFormat> {
  const named = formatByName(path)
  if (named) return named
  if (existsSync(path) && isPipe(path)) throw needsFormat(path, dataFormats)
  const head = await firstBytes(path, 4)
  // the magic number of an IDX file begins with two zeros
  if (head.length === 4 && head[0] === 0 && head[1] === 0) return 'idx'
  const { pieces } = openBytes(path, signal)
  for await (const text of textOf(path, pieces)) {
    return formatByText(text)
  }
  return 'csv'
}

/**
 * Finds the file with the labels of an IDX file of images: the given file, or the file next to it
 * that is named like the MNIST files (train-images-idx3-ubyte and train-labels-idx1-ubyte).
 */
export function labelsBeside(images: string, given: string | undefined): string {
  if (given !== undefined) return given
  const name = basename(images).replace('images', 'labels').replace('idx3', 'idx1')
  const beside = join(dirname(images), name)
  const other = name.endsWith('.gz') ? beside.slice(0, -3) : `${beside}.gz`
  const found = name === basename(images) ? undefined : [beside, other].find(existsSync)
  if (found === undefined)
    throw badInput(
      'labels-missing',
      `${images}: expected the labels in ${name === basename(images) ? 'a separate file' : beside}; pass --labels FILE`,
    )
  requireRegular(found)
  return found
}
