import { attentionMap, type SceneGraphPredictor } from '@nonconvex/structured/scenes'
import { rankTriplets } from '@nonconvex/structured/recall'
import { confusable, type NamedScene } from './scenes.js'
import { predictionsOf, type Answers } from './score.js'

/** A scene, its predicted graph, and the attention weights of one of its objects. */
export type Example = {
  readonly id: string
  readonly boxes: readonly (readonly number[])[]
  readonly truth: readonly number[]
  readonly classes: readonly number[]
  /** subject, object, predicate: the top-ranked ones, as many as are annotated */
  readonly relations: readonly (readonly number[])[]
  /** of each, with its two classes: annotated, true but not annotated, or neither */
  readonly are: readonly ('right' | 'left out' | 'wrong')[]
  /** annotated relations that are not among them */
  readonly missed: readonly (readonly number[])[]
  /** the confusable object with the least uniform attention */
  readonly looks: number
  /** its attention weight on each object */
  readonly weights: readonly number[]
}

/** Numbers of objects and relations that can be drawn with all names, also on a phone. */
const FEW = { objects: [5, 7], relations: [3, 5] } as const

/** Minimum distances of names over boxes, horizontal or vertical, and length of lines, in pixels. */
const ROOM = { wide: 150, high: 36, far: 100 } as const

/** Whether names over the boxes do not overlap, and lines are long enough. */
function roomy(boxes: Example['boxes'], relations: Example['relations']): boolean {
  const tops = boxes.map(([x1, y1, x2]) => [(x1 + x2) / 2, y1] as const)
  const middles = boxes.map(([x1, y1, x2, y2]) => [(x1 + x2) / 2, (y1 + y2) / 2] as const)
  const far = (a: readonly number[], b: readonly number[]): boolean =>
    Math.hypot(a[0] - b[0], a[1] - b[1]) >= ROOM.far
  if (!relations.every(([s, o]) => far(middles[s], middles[o]))) return false
  return tops.every(([x, y], i) =>
    tops
      .slice(0, i)
      .every(([x2, y2]) => Math.abs(x - x2) >= ROOM.wide || Math.abs(y - y2) >= ROOM.high),
  )
}

const within = (count: number, [least, most]: readonly [number, number]): boolean =>
  count >= least && count <= most

/** The first scene of a readable size with a confusable object and some relations; null if none. */
export function exampleOf(
  predictor: SceneGraphPredictor,
  scenes: readonly NamedScene[],
  answers: Answers,
): Example | null {
  const fits = ({ classes, scene }: NamedScene): boolean =>
    within(classes.length, FEW.objects) &&
    within(scene.relations.length, FEW.relations) &&
    classes.some(confusable) &&
    roomy(scene.boxes, scene.relations)
  const found = scenes.findIndex(fits)
  if (found < 0) return null
  const { scene, classes } = scenes[found]
  const n = classes.length
  const prediction = predictionsOf(answers, scenes.slice(0, found + 1), false)[found]
  const own = prediction.classes
  const relations = rankTriplets(prediction, true, scene.relations.length).map(({ s, o, p }) => [
    s,
    o,
    p,
  ])
  const same = (a: readonly number[], b: readonly number[]): boolean =>
    a.every((x, k) => x === b[k])
  const among = (all: readonly (readonly number[])[], [s, o, p]: readonly number[]): boolean =>
    own[s] === classes[s] && own[o] === classes[o] && all.some((truth) => same(truth, [s, o, p]))
  const { data } = attentionMap(predictor, scenes[found])
  const most = (i: number): number => Math.max(...data.subarray(i * n, (i + 1) * n))
  const looks = Array.from(classes.keys())
    .filter((i) => confusable(classes[i]))
    .reduce((best, i) => (most(i) > most(best) ? i : best))
  return {
    id: String(scene.id),
    boxes: scene.boxes.map((box) => [...box]),
    truth: [...scene.classes],
    classes: [...own],
    relations,
    are: relations.map((one) =>
      among(scene.relations, one) ? 'right' : among(scene.actual, one) ? 'left out' : 'wrong',
    ),
    missed: scene.relations.filter((truth) => !among(relations, truth)).map((truth) => [...truth]),
    looks,
    weights: Array.from(data.subarray(looks * n, (looks + 1) * n)),
  }
}
