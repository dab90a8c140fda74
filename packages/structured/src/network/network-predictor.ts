import type { FrequencyTable } from '../baselines/frequency-table.js'
import type { ScenePredictor, SceneTask } from '../recall/scene-predictor.js'
import { givenClasses } from '../baselines/frequency-predictor.js'
import type { AnnotatedScene } from '../load/annotated-scene.js'
import type { ScenePrediction } from '../recall/scene.js'
import type { TrainablePredictor } from '../scenes/trainable.js'
import { fitting } from './fitting.js'
import { networkScenes } from './network-scenes.js'

/** A synchronous trained predictor of annotated images. */
export interface NetworkPredictor extends ScenePredictor {
  readonly task: SceneTask
  predict(scene: AnnotatedScene): ScenePrediction
}

/**
 * A trained network as a predictor of annotated images: in predcls with the given classes, in sgcls
 * with the most likely class of each object by the network, with its probability as score.
 *
 * @param network - trained on networkScenes(table, task)
 * @param table - the counts of the training images
 * @param task - the task for which it was trained
 * @param without - the counts of images among those of the table that are to be excluded
 * @throws RangeError if the network has other numbers of labels than the table Cost of a
 *   prediction: that of the network on one scene.
 *
 * @example
 * import { frequencyCounter } from '@nonconvex/structured/baselines'
 * import { boxFeatureCounts, sceneGraphPredictor } from '@nonconvex/structured/scenes'
 * import { networkPredictor } from '@nonconvex/structured/network'
 * import { stream } from '@nonconvex/tensor'
 * const counter = frequencyCounter({ classes: ['none', 'dog', 'cat'], predicates: ['none', 'sees', 'chases'] })
 * const scene = { id: 1, width: 4, height: 4, boxes: [[0, 0, 2, 2], [2, 2, 4, 4]], classes: [1, 2], relations: [[0, 1, 2]] } as const
 * counter.add(scene)
 * const { node, pair } = boxFeatureCounts
 * const sizes = { classes: 3, predicates: 3, hidden: 4, nodeFeatures: node, pairFeatures: pair }
 * const network = sceneGraphPredictor(sizes, stream(1))
 * console.log(networkPredictor(network, counter.table(), 'predcls').predict(scene).predicates.rows) // → 4
 */
export function networkPredictor(
  network: TrainablePredictor,
  table: FrequencyTable,
  task: SceneTask,
  without?: FrequencyTable,
): NetworkPredictor {
  const { classes, predicates } = table
  const [C, P] = [classes.length, predicates.length]
  if (network.classes !== C || network.predicates !== P)
    throw new RangeError(
      `networkPredictor: expected a network of ${C} classes and ${P} predicates, got ${network.classes} and ${network.predicates}`,
    )
  const { input } = networkScenes(table, task, without)
  return {
    classes,
    predicates,
    task,
    predict: (scene) => {
      const { boxes } = scene
      const n = boxes.length
      const { objects, relations } = fitting([scene], () => network.predict([input(scene)]))
      const data = new Float64Array(n * n * P)
      // pairs come without the diagonal
      for (let pair = 0, p = 0; pair < n * n; pair++)
        if (pair % (n + 1) !== 0)
          data.set(relations.subarray(p * P, ++p * P).map(Math.exp), pair * P)
      const best = task === 'sgcls' ? likeliest(objects, n, C) : undefined
      return {
        boxes,
        classes: best?.map(({ label }) => label) ?? givenClasses(scene),
        ...(best && { scores: best.map(({ score }) => score) }),
        predicates: { rows: n * n, cols: P, data },
      }
    },
  }
}

function likeliest(
  logs: Float64Array,
  n: number,
  C: number,
): { readonly label: number; readonly score: number }[] {
  return Array.from({ length: n }, (_, i) => {
    let label = 1
    for (let c = 2; c < C; c++) if (logs[i * C + c] > logs[i * C + label]) label = c
    return { label, score: Math.exp(logs[i * C + label]) }
  })
}
