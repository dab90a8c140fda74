import type { SceneEvaluation } from '@nonconvex/structured/recall'
import * as v from 'valibot'
import { keptFlagsSchema } from '../fit/kept-flags.js'
import { networkModels } from './network-options.js'
import { sceneFormats } from './scene-format.js'
import { attentions, sceneModelNames, splits, tasks } from './tasks.js'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const number = v.nullable(v.number())

const recallAt = (k: number) =>
  v.strictObject({ k: v.literal(k), recall: number, meanRecall: number, zeroShot: number })

const recalls: v.GenericSchema<unknown, SceneEvaluation> = v.strictObject({
  // as scored: the columns of one table are those of all
  at: v.strictTuple([recallAt(20), recallAt(50), recallAt(100)]),
  ceiling: number,
  images: count,
})

const scored = v.strictObject({ constrained: recalls, unconstrained: recalls })

/** How recalls were measured. */
const measured = {
  /** those that were asked of the images, with commas between them */
  task: v.string(),
  /** whether the last pixel of a box counted */
  inclusive: v.boolean(),
}

/** The document of a model of scene graphs: these fields and no others. */
export const scenesRecord = v.strictObject({
  schema: v.string(),
  kind: v.string(),
  weights: v.string(),
  parameters: v.variant('model', [
    v.strictObject({ model: v.literal(sceneModelNames[0]) }),
    v.strictObject({
      model: v.picklist(networkModels),
      task: v.picklist(tasks),
      hidden: count,
      steps: v.exactOptional(count),
      attention: v.exactOptional(v.picklist(attentions)),
      rate: v.number(),
      epochs: count,
      batch: count,
      seed: count,
    }),
  ]),
  classes: v.array(v.string()),
  predicates: v.array(v.string()),
  flags: keptFlagsSchema,
  training: v.strictObject({
    data: v.strictObject({
      file: v.string(),
      format: v.picklist(sceneFormats),
      sha256: v.string(),
      part: v.exactOptional(v.picklist(splits)),
      images: count,
      boxes: count,
      relations: count,
      unrelated: count,
      odd: count,
      triplets: count,
      dropped: v.record(v.string(), count),
    }),
    network: v.exactOptional(
      v.strictObject({
        status: v.picklist(['steps-done', 'no-improvement']),
        images: v.strictObject({ train: count, valid: count }),
        steps: count,
        best: v.strictObject({ step: count, loss: v.number() }),
        history: v.array(v.strictObject({ step: count, train: v.number(), valid: v.number() })),
        /** on the validation images, where there are no test images */
        validation: v.exactOptional(
          v.strictObject({ ...measured, test: scored, baseline: scored }),
        ),
      }),
    ),
    tested: v.exactOptional(
      v.strictObject({
        ...measured,
        file: v.string(),
        sha256: v.string(),
        part: v.exactOptional(v.picklist(splits)),
        trainedOn: v.boolean(),
        /** images that are training images, too, of another file; and the id of the first */
        shared: v.exactOptional(v.strictObject({ count, first: v.string() })),
      }),
    ),
    /** recalls on the test images, and of the baseline that a network improves */
    test: v.exactOptional(scored),
    baseline: v.exactOptional(scored),
  }),
  versions: v.strictObject({ nonconvex: v.string() }),
})

export type ScenesRecord = v.InferOutput<typeof scenesRecord>
