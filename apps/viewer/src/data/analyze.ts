import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { version } from '@nonconvex/experiments'
import { modelText, modelWriter } from '@nonconvex/experiments/model'
import {
  fitDocument,
  fitSeparable,
  fitSize,
  modelTensors,
  prepare,
  type SeparableFit,
} from '@nonconvex/overparam/fit'
import {
  classNames,
  formatByName,
  formatByText,
  KnownRows,
  openTextTable,
  type DataFormat,
  type Table,
} from '@nonconvex/overparam/tabular'
import { stream } from '@nonconvex/tensor'
import type { DataAnswer, DataJob, DataProgress, DataSource, Projected } from './messages.js'
import { AUTO, type DataParams } from './params.js'
import { projectionOf } from './principal.js'

/** A larger file is one for the command line. */
export const MOST_BYTES = 64e6
/** Examples of the picture. */
const DRAWN = 2000
const DELTA = 0.05
/** Characters of a text that are pushed at a time. */
const PIECE = 1 << 16

const hexOf = (pieces: readonly (string | Uint8Array)[]): string => {
  const hash = sha256.create()
  for (const piece of pieces) hash.update(typeof piece === 'string' ? utf8ToBytes(piece) : piece)
  return bytesToHex(hash.digest())
}

const { writtenModel, weightsFile } = modelWriter(hexOf)

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`

/** @throws RangeError for a file that is too large for a page */
function checkSize(name: string, bytes: number): void {
  if (bytes > MOST_BYTES)
    throw new RangeError(
      `${name}: expected at most ${megabytes(MOST_BYTES)} in this page, got ${megabytes(bytes)}; use the command line: nonconvex fit separable ${name}`,
    )
}

/**
 * Reads examples, trains the network on them, and writes the model, all as `nonconvex fit separable`
 * does for the same bytes, options and seed.
 *
 * @throws Error with place and remedy for what cannot be read
 */
export async function analyze(
  source: DataSource,
  { params, seed }: DataJob,
  watch: (progress: DataProgress) => void,
): Promise<DataAnswer> {
  const { name } = source
  try {
    const read = await readTable(source, params, watch)
    return await fitted(read, source.name, { params, seed }, watch)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const text = message.replace(/^\w+: (?=expected )/, '')
    throw new Error(text.startsWith(name) ? text : `${name}: ${text}`, { cause: error })
  }
}

interface Read {
  readonly table: Table
  readonly format: Exclude<DataFormat, 'idx'>
  readonly labelColumn?: string
  readonly sha256: string
}

async function readTable(
  { name, content }: DataSource,
  { label, positive }: DataParams,
  watch: (progress: DataProgress) => void,
): Promise<Read> {
  const bytes = typeof content === 'string' ? new Blob([content]) : content
  checkSize(name, bytes.size)
  const hash = sha256.create()
  let text: ReturnType<typeof openTextTable> | undefined
  let format: DataFormat | undefined
  let size = 0
  for await (const piece of textOf(bytes, (part) => hash.update(part))) {
    size += piece.length
    checkSize(name, size)
    if (!text) {
      format = formatByName(name) ?? formatByText(piece)
      if (format === 'idx')
        throw new RangeError('expected CSV, TSV or svmlight, got an IDX file; use the command line')
      text = openTextTable({
        format,
        ...(label !== AUTO && { label }),
        ...(positive !== AUTO && { positive: [positive] }),
      })
    }
    for (let at = 0; at < piece.length; at += PIECE) {
      text.push(piece.slice(at, at + PIECE))
      watch({ stage: 'reading', rows: text.rows })
    }
  }
  if (!text || format === undefined || format === 'idx')
    throw new RangeError('expected examples, got an empty file; give a file with rows')
  const { table, labelColumn } = text.end()
  return {
    table,
    format,
    ...(labelColumn !== undefined && { labelColumn }),
    sha256: bytesToHex(hash.digest()),
  }
}

/** The text of a file in pieces, unpacked where it is a gzip file; `raw` sees its own bytes. */
async function* textOf(bytes: Blob, raw: (part: Uint8Array) => void): AsyncGenerator<string, void> {
  const head = new Uint8Array(await bytes.slice(0, 2).arrayBuffer())
  const packed = head[0] === 0x1f && head[1] === 0x8b
  const seen = bytes.stream().pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: (part, controller) => {
        raw(part)
        controller.enqueue(part)
      },
    }),
  )
  const reader = (packed ? seen.pipeThrough(new DecompressionStream('gzip')) : seen).getReader()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decoded = (part?: Uint8Array): string => {
    try {
      return part ? decoder.decode(part, { stream: true }) : decoder.decode()
    } catch (error) {
      throw new RangeError('expected UTF-8 text, got other bytes; convert the file', {
        cause: error,
      })
    }
  }
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    const text = decoded(value)
    if (text !== '') yield text
  }
  const rest = decoded()
  if (rest !== '') yield rest
}

async function fitted(
  { table, format, labelColumn, sha256: digest }: Read,
  file: string,
  { params, seed }: DataJob,
  watch: (progress: DataProgress) => void,
): Promise<DataAnswer> {
  const { k, bias, standardise, positive, label } = params
  fitSize(table.x, k, bias)
  const rows = KnownRows.of(table).toText()
  const fit = await fitSeparable(table, {
    k,
    bias,
    standardise,
    delta: DELTA,
    stream: stream(seed).child('fit'),
    watch,
  })
  const fields = fitDocument(fit, table, {
    file,
    sha256: digest,
    format,
    labelColumn,
    dropsOthers: false,
    rows,
    scaleGiven: false,
    seed,
    delta: DELTA,
    // in the order of the command's flags
    flags: {
      ...(label !== AUTO && { label }),
      ...(positive !== AUTO && { positive: [positive] }),
      ...(standardise && { standardise }),
      ...(bias !== 0 && { bias }),
      k,
      seed,
      delta: DELTA,
    },
    repeats: [],
    version,
  })
  const { document, weights } = writtenModel('separable', fields, (whole) =>
    weightsFile(modelTensors(fit.model), whole),
  )
  return {
    format,
    ...(labelColumn !== undefined && { labelColumn }),
    classes: classNames(table.classes),
    fit: {
      table: fit.table,
      d: fit.d,
      radius: fit.radius,
      separation: fit.separation,
      runs: fit.runs,
      guarantees: fit.guarantees,
      verdicts: fit.verdicts,
    },
    ...projected(table, fit),
    document: modelText(document),
    weights,
  }
}

/** The examples as the network sees them, on two principal directions; of many, some. */
function projected(
  table: Table,
  { model, outputs, updated }: SeparableFit,
): Pick<DataAnswer, 'projected' | 'explained'> {
  const { x, y, explained } = projectionOf(prepare(table.x, { ...model.preparation, bias: 0 }))
  const moved = new Set(updated)
  const every = Math.max(1, Math.ceil(x.length / DRAWN))
  const points: Projected[] = []
  for (let i = 0; i < x.length; i += every)
    points.push({
      x: x[i],
      y: y[i],
      label: table.y[i] > 0 ? 1 : -1,
      updated: moved.has(i),
      wrong: !(table.y[i] * outputs[i] > 0),
    })
  return { projected: points, explained }
}
