import { seenIn } from '@nonconvex/structured/baselines'
import type { ScenePredictor } from '@nonconvex/structured/recall'
import * as v from 'valibot'
import { badInput } from '../exit.js'
import type { ImagesRead } from '../scenes/open-scenes.js'
import { splits } from '../scenes/tasks.js'
import { countsOf, sceneModels } from '../scenes/scene-models.js'
import { parsedModel, weightsFault, type LoadedModel } from './model-folder.js'
import { asWritten } from './written-together.js'

export const scenesKind = 'scenes'

/** The fields of a scene-graph model document that its use needs. */
export interface ScenesDocument {
  readonly parameters: { readonly model: string }
  readonly classes: readonly string[]
  readonly predicates: readonly string[]
  readonly training: { readonly data: ImagesRead }
}

const schema: v.GenericSchema<unknown, ScenesDocument> = v.object({
  parameters: v.object({ model: v.string() }),
  classes: v.pipe(v.array(v.string()), v.minLength(2)),
  predicates: v.pipe(v.array(v.string()), v.minLength(2)),
  training: v.object({
    data: v.object({ sha256: v.string(), part: v.exactOptional(v.picklist(splits)) }),
  }),
})

/** A model of scene graphs ready for use. */
export interface OpenedScenesModel {
  readonly document: ScenesDocument
  readonly predictor: ScenePredictor
  /** whether (class, predicate, class) was in the training scenes */
  readonly seen: (subject: number, predicate: number, object: number) => boolean
}

/** Makes a predictor of what was read from a model folder, as it was written. */
export const openScenesModel = asWritten(scenesModelOf)

/** Makes the model from its files without checking that they are unchanged. */
export function scenesModelOf(loaded: LoadedModel): OpenedScenesModel {
  const document = parsedModel(loaded.path, schema, loaded.document)
  const kind = sceneModels.get(document.parameters.model)
  if (!kind)
    throw badInput(
      'model-kind',
      `${loaded.path} contains a predictor ${JSON.stringify(document.parameters.model)}; this version supports ${[...sceneModels.keys()].join(', ')}`,
    )
  const { classes, predicates } = document
  const table = countsOf(loaded, { classes, predicates })
  try {
    return { document, predictor: kind.open(table, loaded), seen: seenIn(table) }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw weightsFault(loaded.path, error)
  }
}
