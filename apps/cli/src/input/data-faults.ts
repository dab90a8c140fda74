import { DigitsError, parseIdxLabels } from '@nonconvex/overparam/digits'
import { DataError, type DataFault } from '@nonconvex/overparam/tabular'
import { badInput } from '../exit.js'

/** What reads the file. */
export type Reading = 'fit' | 'predict' | 'evaluate'

const format = '--format csv, tsv, svmlight or idx sets the format'

/**
 * The flags that help, for each kind of fault: those that the command has. A model knows its
 * features by name.
 */
const flags: { readonly [R in Reading]: { readonly [F in DataFault]?: string } } = {
  fit: {
    header:
      '--no-header reads the first line as an example, --header as names; --label COL sets the label column, --drop COL drops one',
    missing: '--drop COL drops a column',
    number: '--drop COL drops a column, --label COL sets the label column',
    labels:
      '--positive LABEL sets the positive class, against all others or those of --negative LABEL',
    format,
  },
  predict: { format },
  evaluate: { header: '--label COL sets the label column', format },
}

/**
 * What to tell the user when a file cannot be used: file, place, problem, and the flags that help.
 */
export function dataFault(path: string, reading: Reading, error: unknown): unknown {
  if (error instanceof DataError) {
    const help = flags[reading][error.fault]
    const separator =
      error.place.line === undefined && error.place.column === undefined ? ': ' : ', '
    return badInput(
      'data-invalid',
      `${path}${separator}${error.message}${help === undefined ? '' : `\n${help}`}`,
      { cause: error },
    )
  }
  if (error instanceof DigitsError)
    return badInput('data-invalid', `${path}: ${error.message.replace(/^\w+: /, '')}`, {
      cause: error,
    })
  return error
}

/** The labels of an IDX image file; errors name the label file. */
export function checkIdxLabels(path: string, bytes: Uint8Array, reading: Reading): Uint8Array {
  try {
    return parseIdxLabels(bytes)
  } catch (error) {
    throw dataFault(path, reading, error)
  }
}
