import { attentionMap, rankTriplets } from '@nonconvex/structured'
import type { SceneGraphPredictor } from '@nonconvex/structured'
import { confusable } from './scenes.js'
import type { NamedScene } from './scenes.js'
import { predictionsOf, type Answers } from './score.js'

/** A scene, what a network says of it, and where one of its objects looks. */
export type Example = {
  readonly id: string
  readonly boxes: readonly (readonly number[])[]
  readonly truth: readonly number[]
  readonly classes: readonly number[]
  /** subject, object, predicate: those that rank first as recall ranks them, as many as are true */
  readonly relations: readonly (readonly number[])[]
  /** of each whether it is true, and its two classes are right */
  readonly hits: readonly boolean[]
  /** true ones, with their true classes, that are not among them */
  readonly missed: readonly (readonly number[])[]
  /** the confusable object that looks least evenly */
  readonly looks: number
  /** of it, on each object */
  readonly weights: readonly number[]
}

/** Objects and relations of a scene that can be drawn with all names, also on a phone. */
const FEW = { objects: [5, 7], relations: [3, 5] } as const

/** Pixels of the image that names over boxes need, to the side or above one another. */
const ROOM = { wide: 150, high: 36 } as const

/** Whether no two names, each over the middle of its box, come near each other. */
function roomy(boxes: Example['boxes']): boolean {
  const places = boxes.map(([x1, y1, x2]) => [(x1 + x2) / 2, y1] as const)
  return places.every(([x, y], i) =>
    places
      .slice(0, i)
      .every(([x2, y2]) => Math.abs(x - x2) >= ROOM.wide || Math.abs(y - y2) >= ROOM.high),
  )
}

const within = (count: number, [least, most]: readonly [number, number]): boolean =>
  count >= least && count <= most

/** The first scene of a readable size with a confusable object and some relations; null if there is none. */
export function exampleOf(
  predictor: SceneGraphPredictor,
  scenes: readonly NamedScene[],
  answers: Answers,
): Example | null {
  const fits = ({ classes, scene }: NamedScene): boolean =>
    within(classes.length, FEW.objects) &&
    within(scene.relations.length, FEW.relations) &&
    classes.some(confusable) &&
    roomy(scene.boxes)
  const found = scenes.findIndex(fits)
  if (found < 0) return null
  const { scene, classes } = scenes[found]
  const n = classes.length
  const prediction = predictionsOf(answers, scenes.slice(0, found + 1), false)[found]
  const own = prediction.classes
  const relations = rankTriplets(prediction, true, scene.relations.length).map(({ s, o, p }) => [s, o, p]) // prettier-ignore
  const same = (a: readonly number[], b: readonly number[]): boolean =>
    a.every((x, k) => x === b[k])
  const right = ([s, o, p]: readonly number[]): boolean =>
    own[s] === classes[s] &&
    own[o] === classes[o] &&
    scene.relations.some((truth) => same(truth, [s, o, p]))
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
    hits: relations.map(right),
    missed: scene.relations
      .filter((truth) => !relations.some((one) => right(one) && same(one, truth)))
      .map((truth) => [...truth]),
    looks,
    weights: Array.from(data.subarray(looks * n, (looks + 1) * n)),
  }
}
