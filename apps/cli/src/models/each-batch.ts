import { counted } from '@nonconvex/optim/claims'
import { modelOutputs } from '@nonconvex/overparam/fit'
import { parseIdxImages } from '@nonconvex/overparam/digits'
import {
  CsvReader,
  DataError,
  SvmlightReader,
  type DataFormat,
  type SparseExample,
  type Table,
  shown,
} from '@nonconvex/overparam/tabular'
import { checkIdxLabels, dataFault } from '../input/data-faults.js'
import { formatOf, labelsBeside } from '../input/format.js'
import { openBytes, textOf, wholeFile } from '../input/open-bytes.js'
import type { OpenedModel } from './separable-document.js'

/** Examples that go through the network together, at most; fewer if they have many numbers. */
const BATCH = 2048
const NUMBERS = 2 ** 22

/** One example with the output of each network. */
export interface Scored {
  readonly line: number
  readonly outputs: readonly number[]
  /** as the model numbers labels; 0 without a label */
  readonly side: number
}

export interface BatchOptions {
  readonly path: string
  readonly format?: DataFormat
  /** whether labels are wanted */
  readonly labelled: boolean
  /** column of the labels, default as at the fit */
  readonly label?: string
  /** file of the labels of an IDX file */
  readonly labels?: string
  readonly signal: AbortSignal
}

/** Labels that no training example had: how many examples have each, and the position of the first. */
export type UnknownLabels = ReadonlyMap<string, { readonly count: number; readonly line: number }>

/** The warning about labels that the model does not know. */
export function unknownText(labels: UnknownLabels, rest: string): string {
  const shown = [...labels].slice(0, 3)
  const named = shown.map(([label, { line }]) => `${JSON.stringify(label)} on line ${line}`)
  const total = [...labels.values()].reduce((sum, { count }) => sum + count, 0)
  return `${counted(total, 'example')} with ${labels.size === 1 ? 'a label' : 'labels'} that no training example has (${named.join(', ')}${labels.size > 3 ? ', …' : ''}) count as ${rest}; correct them if they are misspelled`
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
  /** labels that no training example had, which count as the rest, with their examples and lines */
  readonly unknown: UnknownLabels
}

type Features = Table['x']

/** Examples that wait for the network. */
interface Waiting<Row> {
  add(row: Row): void
  readonly full: boolean
  /** all that were added since the last call of `clear` */
  readonly features: Features
  clear(): void
}

function denseRows(cols: number): Waiting<Float64Array> {
  const most = Math.max(1, Math.min(BATCH, Math.floor(NUMBERS / cols)))
  const data = new Float64Array(most * cols)
  let rows = 0
  return {
    add: (values) => data.set(values, rows++ * cols),
    get full() {
      return rows === most
    },
    get features() {
      return { rows, cols, data: data.subarray(0, rows * cols) }
    },
    clear: () => (rows = 0),
  }
}

function sparseRows(cols: number): Waiting<SparseExample> {
  const start = new Int32Array(BATCH + 1)
  let [index, value] = [new Int32Array(1 << 16), new Float64Array(1 << 16)]
  let rows = 0
  return {
    add: ({ index: places, value: values, count }) => {
      const at = start[rows]
      if (at + count > index.length) {
        const [more, others] = [
          new Int32Array(2 * (at + count)),
          new Float64Array(2 * (at + count)),
        ]
        more.set(index)
        others.set(value)
        ;[index, value] = [more, others]
      }
      index.set(places.subarray(0, count), at)
      value.set(values.subarray(0, count), at)
      start[++rows] = at + count
    },
    get full() {
      return rows === BATCH || start[rows] >= NUMBERS
    },
    get features() {
      const end = start[rows]
      return {
        rows,
        cols,
        start: start.subarray(0, rows + 1),
        index: index.subarray(0, end),
        value: value.subarray(0, end),
      }
    },
    clear: () => (rows = 0),
  }
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
  const { document, models, known } = opened
  const { features, input } = document
  const d = features.length
  const waiting: { line: number; side: number }[] = []
  const ready: Scored[][] = []
  const unknown = new Map<string, { readonly count: number; readonly line: number }>()
  const counts: { skipped: number; beyond: number; seen: number; seenLine?: number } = {
    skipped: 0,
    beyond: 0,
    seen: 0,
  }

  function take<Row>(rows: Waiting<Row>, row: Row, label: string | undefined, line: number): void {
    const side = label === undefined ? 0 : opened.sideOf(label)
    if (label !== undefined && side < 0 && !opened.labels.includes(label)) {
      const { count, line: first } = unknown.get(label) ?? { count: 0, line }
      unknown.set(label, { count: count + 1, line: first })
    }
    if (label !== undefined && side === 0) {
      if (opened.drops) {
        counts.skipped++
        return
      }
      throw new DataError(
        'labels',
        { line },
        `expected one of the model's labels ${opened.labels.map(shown).join(', ')}, got ${shown(label)}; correct it, or drop the row`,
      )
    }
    rows.add(row)
    if (side !== 0 && known.has(rows.features, waiting.length, side)) {
      counts.seen++
      counts.seenLine ??= line
    }
    waiting.push({ line, side })
    if (rows.full) score(rows)
  }

  function score<Row>(rows: Waiting<Row>): void {
    if (waiting.length === 0) return
    const all = models.map((model) => modelOutputs(model, rows.features))
    rows.clear()
    ready.push(
      waiting.map(({ line, side }, i) => {
        const outputs = all.map((of) => of[i])
        const odd = outputs.find((output) => !Number.isFinite(output))
        if (odd !== undefined)
          throw new DataError(
            'number',
            { line },
            `expected features for which the output is a number, got ${odd}; correct the row`,
          )
        return { line, side, outputs }
      }),
    )
    waiting.length = 0
  }

  async function drain(): Promise<void> {
    for (let batch = ready.shift(); batch; batch = ready.shift()) await emit(batch)
  }

  async function fromText<Row>(
    reader: { push(text: string): void; end(): void },
    rows: Waiting<Row>,
  ): Promise<string> {
    const { pieces, digest } = openBytes(path, signal)
    for await (const text of textOf(path, pieces)) {
      reader.push(text)
      await drain()
    }
    reader.end()
    score(rows)
    return digest()
  }

  async function fromIdx(): Promise<string> {
    const images = await wholeFile(path, signal)
    const labelsPath = options.labelled ? labelsBeside(path, options.labels) : undefined
    const labels = labelsPath === undefined ? undefined : await wholeFile(labelsPath, signal)
    const { count, rows: high, cols: wide, pixels } = parseIdxImages(images.bytes)
    const found = labels && checkIdxLabels(labelsPath ?? path, labels.bytes, 'evaluate')
    // pixels are called row,column
    const last = features[d - 1]
    if (last !== `${high},${wide}` || d !== high * wide)
      throw new DataError(
        'format',
        {},
        /^\d+,\d+$/.test(last)
          ? `expected images of ${last.replace(',', ' × ')} pixels as of the model, got ${high} × ${wide}; take images of the same size`
          : `expected the features of the model by their names ${features.slice(0, 5).join(', ')}${d > 5 ? ', …' : ''}, got pixels; give a file with these features`,
      )
    if (found && found.length !== count)
      throw new DataError(
        'format',
        {},
        `expected ${count} labels, one for each image, got ${found.length}; take both files from one set`,
      )
    const rows = denseRows(d)
    for (let i = 0; i < count; i++) {
      const label = found && String(found[i])
      take(rows, Float64Array.from(pixels.subarray(i * d, (i + 1) * d)), label, i + 1)
      await drain()
    }
    score(rows)
    return labels ? `${images.digest} ${labels.digest}` : images.digest
  }

  async function fromSvmlight(): Promise<string> {
    const rows = sparseRows(d)
    const reader = new SvmlightReader(
      (example) => take(rows, example, options.labelled ? example.label : undefined, example.line),
      { features },
    )
    const digest = await fromText(reader, rows)
    counts.beyond = reader.beyond
    return digest
  }

  function fromCsv(format: 'csv' | 'tsv'): Promise<string> {
    const rows = denseRows(d)
    const label = options.labelled ? (options.label ?? input.label) : false
    return fromText(
      new CsvReader((e) => take(rows, e.values, e.label, e.line), {
        ...(label !== undefined && { label }),
        features,
        ...(input.header !== undefined && { header: input.header }),
        ...(format === 'tsv' && { delimiter: '\t' as const }),
      }),
      rows,
    )
  }

  const format = options.format ?? (await formatOf(path, signal))
  try {
    const digest = await (format === 'idx'
      ? fromIdx()
      : format === 'svmlight'
        ? fromSvmlight()
        : fromCsv(format))
    await drain()
    return { digest, ...counts, unknown }
  } catch (error) {
    throw dataFault(path, options.labelled ? 'evaluate' : 'predict', error, format)
  }
}
