import { loadDigits } from '@nonconvex/overparam/digits'
import { makeMultilabel } from '@nonconvex/structured/cardinality'
import type { MultilabelData } from '@nonconvex/structured/multilabel'
import type { Stream } from '@nonconvex/tensor'
import type { MeasureContext } from '../../define/experiment.js'
import {
  cannotRead,
  unchangedFiles,
  unlessMissing,
  type MultilabelFiles,
  type ReadFile,
} from '../../define/readers.js'
import { tableOf } from '../../define/table.js'
import type { PartContext, PartRow } from '../../define/work.js'
import { lastMade } from '../../last-made.js'
import type { SetName, SetParams } from './sets.js'

type Context = Pick<MeasureContext<SetParams>, 'params' | 'signal' | 'multilabel' | 'shared'>

/** The files of a run on examples of the user's. */
export type FilesMeasured = {
  readonly files: readonly ReadFile[]
  readonly train: number
  readonly test: number
  readonly features: number
  readonly labels: number
}

function readFolder({ params, multilabel, signal }: Context): Promise<MultilabelFiles> {
  const { data = '' } = params
  if (!multilabel) throw cannotRead('run ID --set data=FOLDER')
  return multilabel(data, signal)
}

/** What is read, and that a check reads the same. */
export const filesPart = {
  measure: async (_: object, context: Context): Promise<FilesMeasured> => {
    const { files, train, test } = await readFolder(context)
    return {
      files,
      train: train.rows,
      test: test.rows,
      features: train.features.length,
      labels: train.labels.length,
    }
  },
  sources: async (
    { measured }: PartRow<object, unknown, unknown>,
    context: PartContext<SetParams>,
  ): Promise<void> => {
    const was = (measured as FilesMeasured).files
    const { files: now } = await unlessMissing(() => readFolder(context))
    unchangedFiles(context.params.data ?? '', was, now)
  },
}

export const filesTable = ({ files }: FilesMeasured) =>
  tableOf('files', 'Files of the examples', files, {
    file: ['file', ({ file }) => file],
    sha256: ['SHA-256', ({ sha256 }) => sha256],
  })

/** Training and test examples of one distribution. */
export interface Split {
  readonly train: MultilabelData
  readonly test: MultilabelData
}

/** Dense rows of features and of labels as examples. */
function examplesOf(
  x: Float64Array,
  y: Uint8Array,
  [features, labels]: readonly [features: number, labels: number],
): MultilabelData {
  const rows = y.length / labels
  const starts = (size: (r: number) => number): Int32Array => {
    const start = new Int32Array(rows + 1)
    for (let r = 0; r < rows; r++) start[r + 1] = start[r] + size(r)
    return start
  }
  const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `${i}`)
  const chosen = [...y.keys()].filter((at) => y[at] === 1)
  return {
    features: names(features),
    labels: names(labels),
    rows,
    x: {
      start: starts(() => features),
      index: Int32Array.from(x, (_, at) => at % features),
      value: x,
    },
    y: {
      start: starts((r) => y.subarray(r * labels, (r + 1) * labels).reduce((n, one) => n + one, 0)),
      index: Int32Array.from(chosen, (at) => at % labels),
    },
  }
}

const split = lastMade<Promise<Split>>()

/** The examples of a set, the same for all initializations. */
export async function splitOf(set: SetName, context: Context): Promise<Split> {
  const { params, shared } = context
  const source = shared.child(set)
  if (set === 'data') return readFolder(context)
  return split([source.name, params.train, params.test, params.maxDigits], () =>
    set === 'synthetic' ? Promise.resolve(synthetic(params, source)) : digitsInARow(params, source),
  )
}

function synthetic({ train, test }: SetParams, source: Stream): Split {
  const { x, y, scores } = makeMultilabel({ examples: train + test, stream: source })
  const [d, L] = [x.cols, scores.cols]
  const part = (from: number, to: number): MultilabelData =>
    examplesOf(x.data.slice(from * d, to * d), y.slice(from * L, to * L), [d, L])
  return { train: part(0, train), test: part(train, train + test) }
}

/** Pixels of a side of an image, and of a side of the blocks that are averaged. */
const [SIDE, BLOCK] = [28, 4]
const POOLED = SIDE / BLOCK

/**
 * Rows of 1 to `maxDigits` digits: each digit as means over 4 × 4 pixels, empty places 0. The images
 * of test rows are in no training row.
 */
async function digitsInARow(params: SetParams, source: Stream): Promise<Split> {
  const { images, labels } = await loadDigits()
  const order = source.child('images').permutation(labels.length)
  const half = Math.floor(order.length / 2)
  const places = params.maxDigits
  const features = places * POOLED * POOLED
  const part = (count: number, own: Int32Array, draw: Stream): MultilabelData => {
    const [x, y] = [new Float64Array(count * features), new Uint8Array(count * 10)]
    for (let r = 0; r < count; r++) {
      const length = 1 + draw.integer(places)
      for (let place = 0; place < length; place++) {
        const image = own[draw.integer(own.length)]
        y[r * 10 + labels[image]] = 1
        const pixels = images.subarray(image * SIDE * SIDE, (image + 1) * SIDE * SIDE)
        const to = r * features + place * POOLED * POOLED
        pixels.forEach((ink, at) => {
          const block = POOLED * Math.floor(at / SIDE / BLOCK) + Math.floor((at % SIDE) / BLOCK)
          x[to + block] += ink / (255 * BLOCK * BLOCK)
        })
      }
    }
    return examplesOf(x, y, [features, 10])
  }
  return {
    train: part(params.train, order.subarray(0, half), source.child('train')),
    test: part(params.test, order.subarray(half), source.child('test')),
  }
}
