import type { LabeledScene } from '../scenes/scene.js'
import type { DemoScene } from './demo-scene.js'
import { demoVocabulary } from './names.js'

/**
 * A demo scene as training data of a scene graph predictor: the detector's scores of its objects, n
 * × 33, and of ordered pairs, n² × 12, with class and predicate of each, 0 for none.
 *
 * @param scene - of `demoScene`
 * Cost: n² · 12
 *
 * @example
 * import { demoScene, labeledDemo } from '@nonconvex/structured/demo'
 * import { stream } from '@nonconvex/tensor'
 * const scene = demoScene(stream(1))
 * const { objects, predicates } = labeledDemo(scene)
 * console.log(objects.cols, objects.rows === scene.boxes.length, predicates.length === objects.rows ** 2) // → 33 true true
 */
export function labeledDemo(scene: DemoScene): LabeledScene {
  const [C, R] = [demoVocabulary.classes.length, demoVocabulary.predicates.length]
  const n = scene.boxes.length
  const objects = new Float64Array(n * C)
  scene.objectLogits.forEach((row, i) => {
    objects.set(row, i * C)
  })
  const relations = new Float64Array(n * n * R)
  for (const [s, o, row] of scene.relationLogits) relations.set(row, (s * n + o) * R)
  const predicates = new Int32Array(n * n)
  for (const [s, o, p] of scene.relations) predicates[s * n + o] = p
  return {
    classes: Int32Array.from(scene.classes),
    predicates,
    objects: { rows: n, cols: C, data: objects },
    relations: { rows: n * n, cols: R, data: relations },
  }
}
