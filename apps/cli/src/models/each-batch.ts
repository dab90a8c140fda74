import { modelOutputs } from '@nonconvex/overparam/fit'
import { parseIdxImages } from '@nonconvex/overparam/digits'
import { CsvReader, DataError, sideOf, SvmlightReader } from '@nonconvex/overparam/tabular'
import { checkIdxLabels, dataFault } from '../input/data-faults.js'
import { formatOf, labelsBeside, type Format } from '../input/format.js'
import { openBytes, textOf, wholeFile } from '../input/open-bytes.js'
import type { OpenedModel } from './separable-document.js'

/** Examples that go through the network together. */
const BATCH = 2048

/** One example with the network's output. */
export interface Scored {
  readonly line: number
  readonly output: number
  /** +1 or −1; 0 without a label */
  readonly side: -1 | 0 | 1
}

export interface BatchOptions {
  readonly path: string
  readonly format?: Format
  /** whether labels are wanted */
  readonly labelled: boolean
  /** column of the labels, default as at the fit */
  readonly label?: string
  /** file of the labels of an IDX file */
  readonly labels?: string
  readonly signal: AbortSignal
}

export interface BatchFacts {
  readonly digest: string
  /** dropped examples, with a label of neither class */
  readonly skipped: number
  /** ignored values of features unknown to the model */
  readonly beyond: number
  /** labeled examples that the model is known to have been trained on */
  readonly seen: number
  /** line of the first of them */
  readonly seenLine?: number
}

/**
 * Scores a file of any size, batch by batch, in its order. Memory: a batch; an IDX file as a whole.
 */
export async function eachBatch(
  opened: OpenedModel,
  options: BatchOptions,
  emit: (batch: readonly Scored[]) => Promise<void> | void,
): Promise<BatchFacts> {
  const { path, signal } = options
  const { document, model, known } = opened
  const d = document.features.length
  const rows = new Float64Array(BATCH * d)
  const waiting: { line: number; side: -1 | 0 | 1 }[] = []
  const ready: Scored[][] = []
  const counts: { skipped: number; beyond: number; seen: number; seenLine?: number } = {
    skipped: 0,
    beyond: 0,
    seen: 0,
  }

  function take(values: Float64Array, label: string | undefined, line: number): void {
    const side = label === undefined ? 0 : sideOf(document.classes, label)
    if (label !== undefined && side === 0) {
      if (document.others === 'left out') {
        counts.skipped++
        return
      }
      const known = [...document.classes.positive, ...document.classes.negative]
      throw new DataError(
        'labels',
        { line },
        `expected one of the model's labels ${known.map((one) => JSON.stringify(one)).join(', ')}, got ${JSON.stringify(label)}; correct it, or drop the row`,
      )
    }
    if (side !== 0 && known.has(values, 0, side)) {
      counts.seen++
      counts.seenLine ??= line
    }
    rows.set(values, waiting.length * d)
    waiting.push({ line, side })
    if (waiting.length === BATCH) score()
  }

  function score(): void {
    const count = waiting.length
    const x = { rows: count, cols: d, data: rows.subarray(0, count * d) }
    const outputs = modelOutputs(model, x)
    ready.push(
      waiting.map(({ line, side }, i) => {
        if (!Number.isFinite(outputs[i]))
          throw new DataError(
            'number',
            { line },
            `expected features for which the output is a number, got ${outputs[i]}; correct the row`,
          )
        return { line, side, output: outputs[i] }
      }),
    )
    waiting.length = 0
  }

  async function drain(): Promise<void> {
    for (let batch = ready.shift(); batch; batch = ready.shift()) await emit(batch)
  }

  async function fromText(reader: { push(text: string): void; end(): void }): Promise<string> {
    const { pieces, digest } = openBytes(path, signal)
    for await (const text of textOf(path, pieces)) {
      reader.push(text)
      await drain()
    }
    reader.end()
    return digest()
  }

  async function fromIdx(): Promise<string> {
    const images = await wholeFile(path, signal)
    const labelsPath = options.labelled ? labelsBeside(path, options.labels) : undefined
    const labels = labelsPath === undefined ? undefined : await wholeFile(labelsPath, signal)
    const { count, rows: high, cols: wide, pixels } = parseIdxImages(images.bytes)
    const found = labels && checkIdxLabels(labelsPath ?? path, labels.bytes, 'evaluate')
    if (high * wide !== d)
      throw new DataError(
        'format',
        {},
        `expected images of ${d} pixels, as the model has features, got ${high} × ${wide}; take images of the same size`,
      )
    if (found && found.length !== count)
      throw new DataError(
        'format',
        {},
        `expected ${count} labels, one for each image, got ${found.length}; take both files from one set`,
      )
    for (let i = 0; i < count; i++) {
      const label = found && String(found[i])
      take(Float64Array.from(pixels.subarray(i * d, (i + 1) * d)), label, i + 1)
      await drain()
    }
    return labels ? `${images.digest} ${labels.digest}` : images.digest
  }

  try {
    const format = options.format ?? (await formatOf(path, signal))
    const { features, input } = document
    const label = options.labelled ? (options.label ?? input.label) : false
    const digest =
      format === 'idx'
        ? await fromIdx()
        : format === 'svmlight'
          ? await fromText(sparse(d, options.labelled, take, counts))
          : await fromText(
              new CsvReader((e) => take(e.values, e.label, e.line), {
                ...(label !== undefined && { label }),
                features,
                ...(input.header !== undefined && { header: input.header }),
                ...(format === 'tsv' && { delimiter: '\t' as const }),
              }),
            )
    if (waiting.length > 0) score()
    await drain()
    return { digest, ...counts }
  } catch (error) {
    throw dataFault(path, options.labelled ? 'evaluate' : 'predict', error)
  }
}

function sparse(
  d: number,
  labelled: boolean,
  take: (values: Float64Array, label: string | undefined, line: number) => void,
  counts: { beyond: number },
): SvmlightReader {
  const values = new Float64Array(d)
  return new SvmlightReader(({ index, value, count, label, line }) => {
    values.fill(0)
    for (let q = 0; q < count; q++) {
      if (index[q] < d) values[index[q]] = value[q]
      else counts.beyond++
    }
    take(values, labelled ? label : undefined, line)
  })
}
