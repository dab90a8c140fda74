import type { SceneEvaluation } from '@nonconvex/structured/recall'
import * as v from 'valibot'
import { keptFlagsSchema } from '../fit/kept-flags.js'
import { networkModels } from './network-options.js'
import { attentions, sceneModelNames, splits, tasks } from './tasks.js'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const number = v.nullable(v.number())

const recallAt = (k: number) =>
  v.object({ k: v.literal(k), recall: number, meanRecall: number, zeroShot: number })

const recalls: v.GenericSchema<unknown, SceneEvaluation> = v.object({
  // as scored: the columns of one table are those of all
  at: v.strictTuple([recallAt(20), recallAt(50), recallAt(100)]),
  ceiling: number,
  images: count,
})

const scored = v.object({ constrained: recalls, unconstrained: recalls })

/** How recalls were measured. */
const measured = {
  /** those that were asked of the images, with commas between them */
  task: v.string(),
  /** whether the last pixel of a box counted */
  inclusive: v.boolean(),
}

/** The document of a model of scene graphs, as far as it is shown. */
export const scenesRecord = v.object({
  parameters: v.variant('model', [
    v.object({ model: v.literal(sceneModelNames[0]) }),
    v.object({
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
  training: v.object({
    data: v.object({
      file: v.string(),
      images: count,
      boxes: count,
      relations: count,
      unrelated: count,
      odd: count,
      triplets: count,
      dropped: v.record(v.string(), count),
    }),
    network: v.exactOptional(
      v.object({
        status: v.picklist(['steps-done', 'no-improvement']),
        images: v.object({ train: count, valid: count }),
        steps: count,
        best: v.object({ step: count, loss: v.number() }),
        history: v.array(v.object({ step: count, train: v.number(), valid: v.number() })),
        /** on the validation images, where there are no test images */
        validation: v.exactOptional(v.object({ ...measured, test: scored, baseline: scored })),
      }),
    ),
    tested: v.exactOptional(
      v.object({
        ...measured,
        file: v.string(),
        sha256: v.string(),
        part: v.exactOptional(v.picklist(splits)),
        trainedOn: v.boolean(),
      }),
    ),
    /** recalls on the test images, and of the baseline that a network improves */
    test: v.exactOptional(scored),
    baseline: v.exactOptional(scored),
  }),
  versions: v.object({ nonconvex: v.string() }),
})

export type ScenesRecord = v.InferOutput<typeof scenesRecord>
