import { attentionMap } from '@nonconvex/structured'
import type { SceneGraphPredictor } from '@nonconvex/structured'
import { confusable } from './scenes.js'
import type { NamedScene } from './scenes.js'
import { R } from './scenes.js'
import type { Answers } from './score.js'

/** A scene, what a network says of it, and where one of its objects looks. */
export type Example = {
  readonly id: string
  readonly boxes: readonly (readonly number[])[]
  readonly truth: readonly number[]
  readonly classes: readonly number[]
  /** subject, object, predicate: the likeliest of the pairs whose likeliest predicate is one */
  readonly relations: readonly (readonly number[])[]
  /** the confusable object that looks least evenly */
  readonly looks: number
  /** of it, on each object */
  readonly weights: readonly number[]
}

/** Objects and relations of a scene that can be drawn with all names, also on a phone. */
const FEW = { least: 4, most: 6, relations: 4 } as const

/** Pixels of the image that names over boxes need, to the side or above one another. */
const ROOM = { wide: 230, high: 50 } as const

/** Whether no two names, each over the middle of its box, come near each other. */
function roomy(boxes: Example['boxes']): boolean {
  const places = boxes.map(([x1, y1, x2]) => [(x1 + x2) / 2, y1] as const)
  return places.every(([x, y], i) =>
    places
      .slice(0, i)
      .every(([x2, y2]) => Math.abs(x - x2) >= ROOM.wide || Math.abs(y - y2) >= ROOM.high),
  )
}

/** The first scene of a readable size with a confusable object and a relation; null if there is none. */
export function exampleOf(
  predictor: SceneGraphPredictor,
  scenes: readonly NamedScene[],
  answers: Answers,
): Example | null {
  const fits = ({ classes, scene }: NamedScene): boolean =>
    classes.length >= FEW.least &&
    classes.length <= FEW.most &&
    scene.relations.length >= 1 &&
    classes.some(confusable) &&
    roomy(scene.boxes)
  const found = scenes.findIndex(fits)
  if (found < 0) return null
  const before = scenes.slice(0, found)
  const first = before.reduce((sum, { classes }) => sum + classes.length, 0)
  let pair = before.reduce((sum, { classes: { length } }) => sum + length * (length - 1), 0)
  const { scene, classes } = scenes[found]
  const n = classes.length
  const relations: { row: number[]; sure: number }[] = []
  for (let s = 0; s < n; s++)
    for (let o = 0; o < n; o++) {
      if (s === o) continue
      const row = answers.predicates.subarray(pair * R, (pair + 1) * R)
      const best = row.indexOf(Math.max(...row))
      if (best > 0) relations.push({ row: [s, o, best], sure: row[best] })
      pair++
    }
  const { data } = attentionMap(predictor, scenes[found])
  const most = (i: number): number => Math.max(...data.subarray(i * n, (i + 1) * n))
  const looks = Array.from(classes.keys())
    .filter((i) => confusable(classes[i]))
    .reduce((best, i) => (most(i) > most(best) ? i : best))
  return {
    id: String(scene.id),
    boxes: scene.boxes.map((box) => [...box]),
    truth: [...scene.classes],
    classes: Array.from(answers.classes.subarray(first, first + n)),
    relations: relations
      .sort((a, b) => b.sure - a.sure)
      .slice(0, FEW.relations)
      .map(({ row }) => row),
    looks,
    weights: Array.from(data.subarray(looks * n, (looks + 1) * n)),
  }
}
