import type { Graph } from '@nonconvex/structured'
import type { LabeledScene } from '@nonconvex/structured/scenes'
import {
  demoScene,
  demoScenes,
  demoVocabulary,
  editedDemoScene,
  labeledDemo,
  type DemoEdit,
  type DemoScene,
} from '@nonconvex/structured/demo'
import { stream, type Stream } from '@nonconvex/tensor'
import type { Edits } from './edits.js'
import type { Settings } from './messages.js'

/** Classes and predicates, with the empty ones. */
export const C: number = demoVocabulary.classes.length
export const R: number = demoVocabulary.predicates.length

/** The experiment with the same scenes and the same networks, and its cells that hold these. */
export const experiment = 'structured/demo'
const cells = { alone: 'single/seed=0', joint: 'attention/seed=0', ordered: 'ordered' } as const

/**
 * Streams as the engine gives them to that experiment: for its scenes, and for each of its
 * networks.
 */
export const sharedStream = (seed: number): Stream => stream(seed).child(experiment).child('shared')
export const modelStream = (seed: number, model: keyof typeof cells): Stream =>
  stream(seed).child(experiment).child('cell').child(cells[model])

const margins = ({ inner, relation }: Settings) => ({
  innerMargin: inner,
  relationMargin: relation,
})

/** A scene of the test, counted from 1, with what was changed in it. */
export function testScene(settings: Settings, t: number, edits?: Edits): DemoScene {
  const source = () =>
    sharedStream(settings.seed)
      .child('test')
      .child('scene', t - 1)
  const made = demoScene(source(), margins(settings))
  const scene = edits ? editedDemoScene(source(), editOf(made, edits), margins(settings)) : made
  return { ...scene, id: `${scene.kind}-${t}` }
}

/** A scene keeps so many objects. */
export const LEAST_OBJECTS = 2

/** The objects that stay, counted from 0. */
export function keptObjects(n: number, { deleted }: Edits): readonly number[] {
  const without = new Set(deleted.filter((object) => object <= n).slice(0, n - LEAST_OBJECTS))
  return Array.from({ length: n }, (_, i) => i).filter((i) => !without.has(i + 1))
}

/** The changes as the library takes them: objects that are there, boxes inside the image. */
function editOf({ boxes, width, height }: DemoScene, edits: Edits): DemoEdit {
  const kept = new Set(keptObjects(boxes.length, edits))
  const inside = (at: number, size: number, most: number) => Math.max(0, Math.min(at, most - size))
  return {
    without: new Set(boxes.map((_, i) => i).filter((i) => !kept.has(i))),
    boxes: new Map(
      edits.moved
        .filter(({ object }) => object <= boxes.length)
        .map(({ object, x, y }) => {
          const [x1, y1, x2, y2] = boxes[object - 1]
          const [left, top] = [inside(x, x2 - x1, width), inside(y, y2 - y1, height)]
          return [object - 1, [left, top, left + x2 - x1, top + y2 - y1]] as const
        }),
    ),
  }
}

/** Some scenes as networks learn from them. */
export function labeledScenes(source: Stream, count: number, settings: Settings): LabeledScene[] {
  return [...demoScenes(source, count, margins(settings))].map(labeledDemo)
}

export const graphOfScene = ({ objects, relations }: LabeledScene): Graph => ({
  nodes: objects,
  edges: relations,
})

/**
 * The order number `shuffle` of a scene's objects: 0 as they were made, others drawn. Never the
 * first one again, if there is another.
 */
export function orderOf(seed: number, scene: number, shuffle: number, n: number): number[] {
  const asMade = Array.from({ length: n }, (_, i) => i)
  if (shuffle === 0) return asMade
  const source = stream(seed).child('scenes').child('shuffle', scene).child('order', shuffle)
  for (;;) {
    const order = Array.from(source.permutation(n))
    if (n < 2 || order.some((from, i) => from !== i)) return order
  }
}

/** The first n objects of a scene drawn from the stream, or all of them, if there are fewer. */
export function partOfScene(source: Stream, n: number, settings: Settings): Graph {
  const [{ nodes, edges }] = labeledScenes(source, 1, settings).map(graphOfScene)
  const kept = Math.min(n, nodes.rows)
  const data = new Float64Array(kept * kept * R)
  for (let i = 0; i < kept; i++) {
    const row = edges.data.subarray(i * nodes.rows * R, (i * nodes.rows + kept) * R)
    data.set(row, i * kept * R)
  }
  return {
    nodes: { rows: kept, cols: C, data: nodes.data.slice(0, kept * C) },
    edges: { rows: kept * kept, cols: R, data },
  }
}
