import type { SceneModelName } from './tasks.js'
import { frequencyPredictor, type FrequencyTable } from '@nonconvex/structured/baselines'
import type { ScenePredictor } from '@nonconvex/structured/recall'
import type { StoredTensor } from '@nonconvex/tensor/safetensors'
import { badInput } from '../exit.js'
import type { LoadedModel } from '../models/model-folder.js'
import { openNetwork } from './network-model.js'

/**
 * A kind of predictor of scene graphs. Whatever the kind, the counts of the training scenes are
 * kept, for zero-shot recall: a kind that needs no more, as the frequency baseline, adds nothing.
 */
export interface SceneModelKind {
  /** in a few words, for the report */
  readonly about: string
  readonly open: (table: FrequencyTable, model: LoadedModel) => ScenePredictor
}

export const sceneModels: ReadonlyMap<string, SceneModelKind> = new Map<
  SceneModelName,
  SceneModelKind
>([
  [
    'frequency',
    {
      about: 'frequency of each predicate between two classes in the training scenes (FREQ)',
      open: (table) => frequencyPredictor(table),
    },
  ],
  [
    'network',
    {
      about:
        'a permutation-invariant network that starts from the predicate frequencies and uses the boxes and classes of all objects',
      open: openNetwork,
    },
  ],
  [
    'per-object',
    {
      about: 'a network on single objects and pairs, the baseline without context',
      open: openNetwork,
    },
  ],
])

const [triplets, unrelated] = ['counts.triplets', 'counts.unrelated']

/** The counts as arrays of the weights' file. */
export const countTensors = (table: FrequencyTable): { readonly [name: string]: StoredTensor } => ({
  [triplets]: { dtype: 'I32', shape: [table.triplets.length / 4, 4], data: table.triplets },
  [unrelated]: { dtype: 'I32', shape: [table.unrelated.length / 3, 3], data: table.unrelated },
})

/** The counts of a model folder. */
export function countsOf(
  { path, tensors }: LoadedModel,
  names: Pick<FrequencyTable, 'classes' | 'predicates'>,
): FrequencyTable {
  const array = (name: string, width: number): Int32Array => {
    const found = Object.entries(tensors).find(([each]) => each === name)?.[1]
    if (found?.dtype === 'I32' && found.shape.length === 2 && found.shape[1] === width)
      return found.data
    throw badInput(
      'model-invalid',
      `${path}: expected ${name} as rows of ${width} integers among the weights; fit the model again`,
    )
  }
  return { ...names, triplets: array(triplets, 4), unrelated: array(unrelated, 3) }
}
