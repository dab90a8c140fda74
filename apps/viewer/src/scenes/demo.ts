import { demoScene, demoScenes, demoVocabulary } from '@nonconvex/structured'
import type { DemoScene, Graph, LabelledScene } from '@nonconvex/structured'
import { stream, type Stream } from '@nonconvex/tensor/random'
import type { Settings } from './messages.js'

/** Classes and predicates, with the empty ones. */
export const C: number = demoVocabulary.classes.length
export const R: number = demoVocabulary.predicates.length

/** The experiment with the same scenes and the same networks, and its cells that hold these. */
export const experiment = 'structured/demo'
const cells = { alone: 'single/seed=0', joint: 'attention/seed=0', ordered: 'ordered' } as const

/** Streams as the engine gives them to that experiment: for its scenes, and for each of its networks. */
export const sharedStream = (seed: number): Stream => stream(seed).child(experiment).child('shared')
export const modelStream = (seed: number, model: keyof typeof cells): Stream =>
  stream(seed).child(experiment).child('cell').child(cells[model])

const margins = ({ inner, relation }: Settings) => ({
  innerMargin: inner,
  relationMargin: relation,
})

/** A scene of the test, counted from 1. */
export function testScene(settings: Settings, t: number): DemoScene {
  const source = sharedStream(settings.seed)
    .child('test')
    .child('scene', t - 1)
  const scene = demoScene(source, margins(settings))
  return { ...scene, id: `${scene.kind}-${t}` }
}

/** Some scenes as networks learn from them. */
export function labelledScenes(source: Stream, count: number, settings: Settings): LabelledScene[] {
  return [...demoScenes(source, count, margins(settings))].map(labelled)
}

/** A scene as a graph with its truth: scores of objects on the nodes, of ordered pairs on the edges. */
export function labelled(scene: DemoScene): LabelledScene {
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

export const graphOfScene = ({ objects, relations }: LabelledScene): Graph => ({
  nodes: objects,
  edges: relations,
})

/** The order number `shuffle` of a scene's objects: 0 as they were made, others drawn. Never the first one again, if there is another. */
export function orderOf(seed: number, scene: number, shuffle: number, n: number): number[] {
  const asMade = Array.from({ length: n }, (_, i) => i)
  if (shuffle === 0) return asMade
  const source = stream(seed).child('scenes').child('shuffle', scene).child('order', shuffle)
  for (;;) {
    const order = Array.from(source.permutation(n))
    if (n < 2 || order.some((from, i) => from !== i)) return order
  }
}
