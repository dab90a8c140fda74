import {
  MultilabelDataError,
  readLabelSets,
  readPredictedColumns,
  type MultilabelData,
  type PredictedLabels,
} from '@nonconvex/structured/multilabel'
import { badInput } from '../exit.js'
import { openBytes } from '../input/open-bytes.js'
import { faultIn, openMultilabel, type MultilabelSource } from './open-multilabel.js'

/** Examples, and what any program predicted for them. */
export interface PredictedExamples {
  readonly data: MultilabelData
  readonly predicted: PredictedLabels
}

/**
 * Reads the examples, and predictions of their labels: CSV with a column for each label, of
 * probabilities or of 0 and 1, or lines of JSON with a list of labels, as `predict` writes them.
 *
 * @param file - of the predictions
 */
export async function openPredictedLabels(
  file: string,
  source: MultilabelSource,
): Promise<PredictedExamples> {
  const { pieces } = openBytes(file, source.signal)
  const withPlace = async <T>(reading: Promise<T>): Promise<T> => {
    try {
      return await reading
    } catch (error) {
      throw error instanceof MultilabelDataError ? faultIn(file, error) : error
    }
  }
  if (/\.csv(\.gz)?$/i.test(file)) {
    const predicted = await withPlace(readPredictedColumns(pieces))
    // of CSV the header of the predictions says which columns are labels
    const names =
      source.label ?? (/\.csv(\.gz)?$/i.test(source.path) ? predicted.labels : undefined)
    const { data } = await openMultilabel({ ...source, label: names })
    if (predicted.rows !== data.rows)
      throw badInput(
        'data-invalid',
        `${file}: expected a row for each of the ${data.rows} examples of ${source.path}, got ${predicted.rows}`,
      )
    return aligned(file, source.path, predicted, data)
  }
  const { data, format } = await openMultilabel(source)
  // labels that svmlight does not list may have been learned from other examples
  const others = format === 'svmlight'
  const { rows, labels } = data
  const predicted = await withPlace(readLabelSets(pieces, { rows, labels, others }))
  return { data: { ...data, labels: predicted.labels }, predicted }
}

/** Predictions by the labels of the examples in their order, others after them. */
function aligned(
  file: string,
  path: string,
  predicted: PredictedLabels,
  data: MultilabelData,
): PredictedExamples {
  const own = new Map(predicted.labels.map((name, l) => [name, l]))
  const missing = data.labels.find((name) => !own.has(name))
  if (missing !== undefined)
    throw badInput(
      'data-invalid',
      `${file}, line 1: expected a column for each label of ${path}, got none for ${JSON.stringify(missing)}`,
    )
  const more = predicted.labels.filter((name) => !data.labels.includes(name))
  const labels = [...data.labels, ...more]
  const columns = labels.map((name) => own.get(name) ?? 0)
  const L = labels.length
  const p = Float64Array.from(predicted.p, (_, at) => predicted.p[at - (at % L) + columns[at % L]])
  return { data: { ...data, labels }, predicted: { ...predicted, labels, p } }
}
