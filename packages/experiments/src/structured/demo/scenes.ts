import type { LabeledScene, SceneInput } from '@nonconvex/structured/scenes'
import {
  demoPartner,
  demoScenes,
  demoVocabulary,
  labeledDemo,
  type DemoScene,
} from '@nonconvex/structured/demo'
import type { Stream } from '@nonconvex/tensor'
import type { Params } from './experiment.js'

/** Classes and predicates, with the empty ones. */
export const C: number = demoVocabulary.classes.length
export const R: number = demoVocabulary.predicates.length

/** A scene with its scores as the input of a network. */
export interface NamedScene extends LabeledScene {
  readonly scene: DemoScene
}

/** Margins of the detector's scores. */
type Margins = Pick<Params, 'inner' | 'relation'>

export function namedScenes(source: Stream, count: number, params: Margins): NamedScene[] {
  const margins = { innerMargin: params.inner, relationMargin: params.relation }
  return [...demoScenes(source, count, margins)].map((scene) => ({ scene, ...labeledDemo(scene) }))
}

export const confusable = (c: number): boolean => demoPartner(c) > 0

/** Score of a given class, on the scale of a clearly detected object. */
const KNOWN = 8

/** With the true classes in place of the detector's scores: PredCls. */
export const withClasses = (scene: NamedScene): SceneInput => ({
  ...scene,
  objects: {
    ...scene.objects,
    data: Float64Array.from(scene.objects.data, (_, at) =>
      at % C === scene.classes[Math.floor(at / C)] ? KNOWN : -KNOWN,
    ),
  },
})

/** With all pair scores 0. */
export const withoutRelations = (scene: NamedScene): SceneInput => ({
  ...scene,
  relations: { ...scene.relations, data: new Float64Array(scene.relations.data.length) },
})

/** Scenes whose objects are permuted across all scenes. */
export interface Exchanged {
  readonly scenes: readonly SceneInput[]
  /** for each object of all scenes, in order, its new position */
  readonly placeOf: Int32Array
}

/**
 * Permutes the objects, with their own scores, across all scenes, which mixes the kinds of scene. Pair
 * scores keep their positions.
 */
export function exchanged(scenes: readonly NamedScene[], source: Stream): Exchanged {
  const first: number[] = []
  let total = 0
  for (const { classes } of scenes) {
    first.push(total)
    total += classes.length
  }
  const placeOf = source.permutation(total)
  const all = new Float64Array(total * C)
  let object = 0
  for (const { objects } of scenes)
    for (let i = 0; i < objects.rows; i++, object++)
      all.set(objects.data.subarray(i * C, (i + 1) * C), placeOf[object] * C)
  return {
    placeOf,
    scenes: scenes.map((scene, b) => {
      const { rows } = scene.objects
      const data = all.subarray(first[b] * C, (first[b] + rows) * C)
      return { ...scene, objects: { rows, cols: C, data } }
    }),
  }
}
