import { DigitsError, parseIdxLabels } from '@nonconvex/overparam/digits'
import { DataError, type DataFault, type DataFormat } from '@nonconvex/overparam/tabular'
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
      '--no-header reads the first line as an example, --header as names; --label COL sets the label column, --drop COL drops one; give --drop once for each column',
    missing: '--drop COL drops a column',
    number: '--label COL sets the label column, by default the last; --drop COL drops a column',
    labels:
      '--positive LABEL sets the positive class, against all others or those of --negative LABEL',
    format,
    weights: '--k N sets the hidden units of each sign',
    scale: '--scale C sets the scale',
  },
  predict: { format },
  evaluate: { header: '--label COL sets the label column', format },
}

/** Faults for which flags that name columns help. */
const ofColumns: readonly DataFault[] = ['header', 'missing', 'number']

/**
 * What to tell the user when a file cannot be used: file, place, problem, and the flags that help.
 */
export function dataFault(
  path: string,
  reading: Reading,
  error: unknown,
  format?: DataFormat,
): unknown {
  if (error instanceof DataError) {
    const columns = format === undefined || format === 'csv' || format === 'tsv'
    const help =
      columns || !ofColumns.includes(error.fault) ? flags[reading][error.fault] : undefined
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
