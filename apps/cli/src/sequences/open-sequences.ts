import { SceneDataError } from '@nonconvex/structured/load'
import {
  readColumns,
  tagScheme,
  type TagScheme,
  type TokenColumns,
  type TokenSequence,
} from '@nonconvex/structured/sequences'
import { badInput } from '../exit.js'
import { openBytes } from '../input/open-bytes.js'
import { sceneFault } from '../scenes/open-scenes.js'

/** The columns of training data: how many, and which are used, from 1. */
export interface UsedColumns {
  readonly count: number
  readonly label: number
  readonly features: readonly number[]
}

/** Sequences of a file: columns of features, and labels where the file has them. */
export interface OpenedSequences {
  readonly file: TokenColumns
  readonly columns: UsedColumns
  /** the columns of the features of each token, the word first */
  readonly tokens: readonly (readonly (readonly string[])[])[]
  /** labels of each sequence; undefined for a file without them */
  readonly labels: readonly (readonly string[])[] | undefined
  readonly sha256: string
}

/** Reads sequences; `columns` says which columns are label and features. */
async function read(
  path: string,
  signal: AbortSignal,
  columns: (count: number) => UsedColumns & { readonly labeled: boolean },
): Promise<OpenedSequences> {
  const { pieces, digest } = openBytes(path, signal)
  let file: TokenColumns
  try {
    file = await readColumns(pieces)
  } catch (error) {
    throw sceneFault(path, error)
  }
  const { labeled, ...used } = columns(file.columns)
  const { sequences } = file
  return {
    file,
    columns: used,
    tokens: sequences.map(({ tokens }) =>
      tokens.map((token) => used.features.map((column) => token[column - 1])),
    ),
    labels: labeled
      ? sequences.map(({ tokens }) => tokens.map((token) => token[used.label - 1]))
      : undefined,
    sha256: digest(),
  }
}

/** Reads training sequences. */
export function openTraining(
  path: string,
  flags: {
    readonly label?: number | undefined
    readonly columns?: readonly number[] | undefined
  },
  signal: AbortSignal,
): Promise<OpenedSequences> {
  return read(path, signal, (count) => {
    const { label = count } = flags
    const all = Array.from({ length: count }, (_, c) => c + 1)
    const features = flags.columns ?? all.filter((column) => column !== label)
    const range = `a column from 1 to ${count}, as ${path} has`
    if (label > count) throw badInput('flag-value', `--label ${label}: expected ${range}`)
    const beyond = features.find((column) => column > count)
    if (beyond !== undefined)
      throw badInput('flag-value', `--columns ${features.join()}: expected ${range}, got ${beyond}`)
    if (features.includes(label))
      throw badInput(
        'flag-value',
        `--columns ${features.join()}: expected columns of features, got that of the label, ${label}; omit it`,
      )
    if (features.length === 0)
      throw badInput(
        'data-invalid',
        `${path}: expected a word and a label in each line, got one column; add the labels`,
      )
    return { count, label, features, labeled: true }
  })
}

/** Reads sequences for a model: with the columns of the training data, the label or without it. */
export function openForModel(
  path: string,
  known: UsedColumns,
  signal: AbortSignal,
): Promise<OpenedSequences> {
  return read(path, signal, (count) => {
    if (count === known.count) return { ...known, labeled: true }
    if (count !== known.count - 1)
      throw badInput(
        'features-differ',
        `${path}: expected ${known.count} columns, as in the training data, or ${known.count - 1} without the label, got ${count}`,
      )
    const features = known.features.map((column) => (column > known.label ? column - 1 : column))
    return { ...known, features, labeled: false }
  })
}

/** The labels of a file that must have them. */
export function labelsOf(path: string, opened: OpenedSequences): readonly (readonly string[])[] {
  if (opened.labels) return opened.labels
  throw badInput(
    'labels-missing',
    `${path}: expected labels in column ${opened.columns.label}, as in the training data, got ${opened.file.columns} columns; nonconvex predict needs none`,
  )
}

/** The scheme of the labels of a file; refuses tags of another one. */
export function schemeOf(path: string, opened: OpenedSequences, given?: TagScheme): TagScheme {
  const labels = labelsOf(path, opened)
  const lines = opened.file.sequences.map(({ lines }: TokenSequence) => lines)
  try {
    return tagScheme(
      labels.map((tags, n) => ({ lines: lines[n], tags })),
      given,
    )
  } catch (error) {
    throw error instanceof SceneDataError ? sceneFault(path, error) : error
  }
}
