import { existsSync } from 'node:fs'
import {
  labelList,
  MultilabelDataError,
  readArff,
  readLabelColumns,
  readSparseLines,
  type MultilabelData,
} from '@nonconvex/structured/multilabel'
import { badInput } from '../exit.js'
import { openBytes, wholeFile } from '../input/open-bytes.js'
import { multilabelFormatOf, type MultilabelFormat } from './multilabel-format.js'

/** A file of multilabel examples and how it is read. */
export interface MultilabelSource {
  readonly path: string
  readonly format?: string | undefined
  /** the XML file with the names of the labels */
  readonly xml?: string | undefined
  /** names of the labels */
  readonly label?: readonly string[] | undefined
  /** how many attributes, at the end of ARFF, are labels */
  readonly last?: number | undefined
  /** names of features and labels that the file must have */
  readonly known?: Pick<MultilabelData, 'features' | 'labels'>
  /** whether labels may be missing and are not read, where they are known; default no */
  readonly unlabeled?: boolean
  /** whether the flags that name labels may be given; default yes */
  readonly flags?: boolean
  readonly signal: AbortSignal
}

export interface OpenedMultilabel {
  readonly data: MultilabelData
  readonly format: MultilabelFormat
  /** SHA-256 of the file as it lies on the disk */
  readonly sha256: string
}

/** emotions.xml next to emotions-train.arff, if there is one. */
export function xmlBeside(path: string): string | undefined {
  const base = path.replace(/\.arff(\.gz)?$/i, '')
  const names = [base, base.replace(/[-_](train|test|training|valid)$/i, '')]
  return names.map((name) => `${name}.xml`).find(existsSync)
}

/** Reads a file of multilabel examples. Memory: its entries that are not 0. */
export async function openMultilabel(source: MultilabelSource): Promise<OpenedMultilabel> {
  const { path, known, signal, unlabeled = false } = source
  const format = multilabelFormatOf(path, source.format)
  if (source.xml !== undefined && format !== 'arff')
    throw badInput('flag-unused', `--xml applies to ARFF only; omit it for ${path}`)
  if (source.last !== undefined && format !== 'arff')
    throw badInput('flag-unused', `--last applies to ARFF only; omit it for ${path}`)
  const naming = [
    ['--xml', source.xml],
    ['--label', source.label],
    ['--last', source.last],
  ].flatMap(([flag, value]) => (value === undefined ? [] : [flag]))
  if (format === 'arff' && naming.length > 1)
    throw badInput(
      'flag-unused',
      `${naming.join(' and ')}: expected one of them, as each names all labels; omit the others`,
    )
  if (source.label !== undefined && (format === 'svmlight' || format === 'xmc'))
    throw badInput('flag-unused', `--label applies to CSV and ARFF only; omit it for ${path}`)
  const { pieces, digest } = openBytes(path, signal)
  const named = known?.labels ?? source.label
  const xml =
    format === 'arff' && named === undefined && source.last === undefined
      ? (source.xml ?? xmlBeside(path))
      : undefined
  const fault = (error: unknown): unknown => {
    if (!(error instanceof MultilabelDataError)) return error
    const remedy =
      error.fault === 'labels' && format === 'arff' && known === undefined && source.flags !== false
        ? '\n--xml FILE names the labels, --label NAME one of them, --last N says how many at the end are labels'
        : ''
    return faultIn(error.part === 'xml' ? (xml ?? path) : path, error, remedy)
  }
  try {
    const data = await read()
    if (known) refuseOthers(path, data, known)
    return { data, format, sha256: digest() }
  } catch (error) {
    throw fault(error)
  }

  async function read(): Promise<MultilabelData> {
    if (format === 'csv') {
      if (named === undefined)
        throw badInput(
          'labels-missing',
          `${path}: expected the names of the label columns; pass --label NAME for each`,
        )
      return readLabelColumns(pieces, named, { unlabeled })
    }
    if (format === 'arff') {
      const list =
        xml === undefined
          ? undefined
          : labelList(new TextDecoder().decode((await wholeFile(xml, signal)).bytes))
      const labels = named ?? list ?? (source.last === undefined ? undefined : -source.last)
      return readArff(pieces, { ...(labels !== undefined && { labels }), unlabeled })
    }
    return readSparseLines(pieces, {
      header: format,
      ...(known &&
        format === 'svmlight' && {
          labels: known.labels,
          features: known.features.length,
          base: known.features[0] === '0' ? 0 : 1,
        }),
    })
  }
}

/** What is said of a file with a fault, with the line if there is one. */
export const faultIn = (file: string, error: MultilabelDataError, remedy = ''): Error =>
  badInput('data-invalid', `${file}${error.line > 0 ? ', ' : ': '}${error.message}${remedy}`, {
    cause: error,
  })

/** Refuses other features or labels than those of a model. */
function refuseOthers(
  path: string,
  data: MultilabelData,
  known: Pick<MultilabelData, 'features' | 'labels'>,
): void {
  for (const what of ['features', 'labels'] as const) {
    const [own, wanted] = [data[what], known[what]]
    const at = wanted.findIndex((name, i) => own[i] !== name)
    if (at >= 0 || own.length !== wanted.length)
      throw badInput(
        'features-differ',
        `${path}: expected the ${wanted.length} ${what} of the training data in their order, got ${own.length}${at >= 0 ? `; number ${at + 1} is ${JSON.stringify(own.at(at) ?? 'missing')}, not ${JSON.stringify(wanted[at])}` : ''}`,
      )
  }
}
