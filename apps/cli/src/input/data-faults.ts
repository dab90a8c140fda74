import { DigitsError, parseIdxLabels } from '@nonconvex/overparam/digits'
import { DataError, type DataFault } from '@nonconvex/overparam/tabular'
import { badInput, type Stop } from '../exit.js'

/** What reads the file. */
export type Reading = 'fit' | 'predict' | 'evaluate'

const format = '--format csv, tsv, svmlight or idx says what the file is'

/**
 * The flags that help, for each kind of fault: those that the command has. A model knows its
 * features by name.
 */
const flags: { readonly [R in Reading]: { readonly [F in DataFault]?: string } } = {
  fit: {
    header:
      '--no-header says that the first line is an example, --header that it has names; --label COL names the column of the labels, --drop COL leaves one out',
    missing: '--drop COL leaves a column out',
    number: '--drop COL leaves a column out, --label COL names that of the labels',
    labels:
      '--positive LABEL says which label counts +1 against all others, --negative LABEL which count −1',
    format,
  },
  predict: { format },
  evaluate: { header: '--label COL names the column of the labels', format },
}

/**
 * What to tell the user when a file cannot be used: file, place, problem, and the flags that help.
 */
export function dataFault(path: string, reading: Reading, error: unknown): unknown {
  if (error instanceof DataError) {
    const help = flags[reading][error.fault]
    const separator =
      error.place.line === undefined && error.place.column === undefined ? ': ' : ', '
    return fault(
      `${path}${separator}${error.message}${help === undefined ? '' : `\n${help}`}`,
      error,
    )
  }
  if (error instanceof DigitsError)
    return fault(`${path}: ${error.message.replace(/^\w+: /, '')}`, error)
  return error
}

/** The labels of an IDX file of images; what is wrong with them is said of their own file. */
export function checkIdxLabels(path: string, bytes: Uint8Array, reading: Reading): Uint8Array {
  try {
    return parseIdxLabels(bytes)
  } catch (error) {
    throw dataFault(path, reading, error)
  }
}

const fault = (message: string, cause: Error): Stop => badInput(message, { cause })
