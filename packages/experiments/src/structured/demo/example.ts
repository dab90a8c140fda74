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
  /** subject, object, predicate: pairs whose likeliest predicate is one */
  readonly relations: readonly (readonly number[])[]
  /** the confusable object that looks least evenly */
  readonly looks: number
  /** of it, on each object */
  readonly weights: readonly number[]
}

/** Objects of a scene that can be drawn with all names. */
const FEW = { least: 5, most: 7 } as const

/** The first scene of a readable size with a confusable object and a relation; null if there is none. */
export function exampleOf(
  predictor: SceneGraphPredictor,
  scenes: readonly NamedScene[],
  answers: Answers,
): Example | null {
  const fits = ({ classes, scene }: NamedScene): boolean =>
    classes.length >= FEW.least &&
    classes.length <= FEW.most &&
    scene.relations.length >= 2 &&
    classes.some(confusable)
  const found = scenes.findIndex(fits)
  if (found < 0) return null
  const before = scenes.slice(0, found)
  const first = before.reduce((sum, { classes }) => sum + classes.length, 0)
  let pair = before.reduce((sum, { classes: { length } }) => sum + length * (length - 1), 0)
  const { scene, classes } = scenes[found]
  const n = classes.length
  const relations: number[][] = []
  for (let s = 0; s < n; s++)
    for (let o = 0; o < n; o++) {
      if (s === o) continue
      const row = answers.predicates.subarray(pair * R, (pair + 1) * R)
      const best = row.indexOf(Math.max(...row))
      if (best > 0) relations.push([s, o, best])
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
    relations,
    looks,
    weights: Array.from(data.subarray(looks * n, (looks + 1) * n)),
  }
}
