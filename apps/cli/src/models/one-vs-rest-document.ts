import { modelTensors, type SeparableModel } from '@nonconvex/overparam/fit'
import type { StoredTensor } from '@nonconvex/tensor/safetensors'
import * as v from 'valibot'
import { largestOutput, weightNorms } from '../fit/largest-output.js'
import { parsedModel, weightsFault, type LoadedModel } from './model-folder.js'
import {
  examplesDocument,
  networksOf,
  separableModelOf,
  type OpenedModel,
} from './separable-document.js'
import { asWritten } from './written-together.js'

export const oneVsRestKind = 'one-vs-rest'

const schema = v.object({
  ...examplesDocument,
  labels: v.pipe(
    v.array(v.string()),
    v.minLength(3),
    v.check((labels) => new Set(labels).size === labels.length, 'different labels'),
  ),
})

const weightsOf = (c: number): string => `weights.${c}`

/**
 * The arrays of all networks by name: those of class c, from 0, are weights.c; mean and deviation
 * are the same for all.
 */
export function oneVsRestTensors(models: readonly SeparableModel[]): {
  readonly [name: string]: StoredTensor
} {
  const arrays = models.map(modelTensors)
  const { weights: _, ...others } = arrays[0]
  return {
    ...others,
    ...Object.fromEntries(arrays.map(({ weights }, c) => [weightsOf(c), weights])),
  }
}

/** Makes a model of examples, of two sides or several classes, as it was written. */
export const openExamples = asWritten((loaded) =>
  loaded.kind === oneVsRestKind ? oneVsRestModelOf(loaded) : separableModelOf(loaded),
)

/** One of several classes, whether or not it was changed since. */
export function oneVsRestModelOf(loaded: LoadedModel): OpenedModel {
  const document = parsedModel(loaded.path, schema, loaded.document)
  const { labels } = document
  const wanted = ['mean', 'deviation', ...labels.map((_, c) => weightsOf(c))]
  const more = Object.keys(loaded.tensors).find((name) => !wanted.includes(name))
  if (more !== undefined)
    throw weightsFault(
      loaded.path,
      new RangeError(`expected the arrays of ${labels.length} classes, got ${more}`),
    )
  const networks = networksOf(
    loaded,
    document,
    labels.map((_, c) => ({ ...loaded.tensors, weights: loaded.tensors[weightsOf(c)] })),
  )
  const norms = weightNorms(networks.models)
  const numbers = new Map(labels.map((label, c) => [label, c + 1]))
  return {
    document,
    ...networks,
    names: labels,
    labels,
    sideOf: (label) => numbers.get(label) ?? -1,
    unknown: 'errors',
    drops: false,
    decide: (outputs) => largestOutput(outputs, norms),
  }
}
