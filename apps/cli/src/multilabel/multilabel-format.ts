import { existsSync } from 'node:fs'
import { badInput } from '../exit.js'
import { isPipe, needsFormat } from '../input/pipes.js'

export const multilabelFormats = ['arff', 'svmlight', 'xmc', 'csv'] as const

export type MultilabelFormat = (typeof multilabelFormats)[number]

const byEnding: readonly [RegExp, MultilabelFormat][] = [
  [/\.arff(\.gz)?$/i, 'arff'],
  [/\.(svm|svmlight|libsvm)(\.gz)?$/i, 'svmlight'],
  [/\.xmc(\.gz)?$/i, 'xmc'],
  [/\.csv(\.gz)?$/i, 'csv'],
]

/** The format that a flag names, or the name of the file. */
export function multilabelFormatOf(path: string, given: string | undefined): MultilabelFormat {
  const known = multilabelFormats.find((each) => each === given)
  if (given !== undefined && known === undefined)
    throw badInput(
      'format-unsupported',
      `--format ${given}: expected one of ${multilabelFormats.join(', ')} for multilabel examples`,
    )
  if (known) return known
  if (existsSync(path) && isPipe(path)) throw needsFormat(path, multilabelFormats)
  const named = byEnding.find(([ending]) => ending.test(path))
  if (named) return named[1]
  throw badInput(
    'format-unknown',
    `${path}: cannot detect the format by the file name; pass --format ${multilabelFormats.join(', ')}`,
  )
}

/** Whether the format that a flag or the name of the file gives is one of multilabel examples. */
export const isMultilabel = (path: string, given: string | undefined): boolean =>
  given === undefined
    ? byEnding.some(([ending]) => ending.test(path))
    : multilabelFormats.some((each) => each === given)
