import { attentionMap, type SceneGraphPredictor } from '@nonconvex/structured/scenes'
import { demoPartner } from '@nonconvex/structured/demo'
import { mean } from '../../averages.js'
import { C, confusable, type NamedScene } from './scenes.js'

/** A class as the detector can tell it: a confusable pair is one. */
const told = (c: number): number => (demoPartner(c) === 0 ? c : Math.min(c, demoPartner(c)))

/**
 * How much it says about a confusable object of class c that something told as k is in its scene,
 * from counts of training scenes:
 *
 *     |ln P(k | c) / P(k | partner of c)|,   P(k | c) = (N(c, k) + ½) / (Σ_k N(c, k) + C / 2)
 */
export function sayings(train: readonly NamedScene[]): (c: number, k: number) => number {
  const counts = new Float64Array(C * C).fill(0.5)
  for (const { classes } of train)
    classes.forEach((c, i) => {
      classes.forEach((k, j) => {
        if (i !== j) counts[c * C + told(k)]++
      })
    })
  const totals = Array.from({ length: C }, (_, c) =>
    counts.subarray(c * C, (c + 1) * C).reduce((sum, x) => sum + x, 0),
  )
  const log = (c: number, k: number): number => Math.log(counts[c * C + told(k)] / totals[c])
  return (c, k) => Math.abs(log(c, k) - log(demoPartner(c), k))
}

/** The neighbour that says most about an object, the first of equals. */
export function mostTelling(
  classes: Int32Array,
  i: number,
  says: (c: number, k: number) => number,
): number {
  let best = i === 0 ? 1 : 0
  for (let j = best + 1; j < classes.length; j++)
    if (j !== i && says(classes[i], classes[j]) > says(classes[i], classes[best])) best = j
  return best
}

/**
 * For each scene with a confusable object: the share of attention that the most telling neighbour
 * gets, minus the even share, and the even share; means over its confusable objects.
 */
export function attentionShares(
  predictor: SceneGraphPredictor,
  scenes: readonly NamedScene[],
  says: (c: number, k: number) => number,
): { readonly over: number[]; readonly even: number[] } {
  const over: number[] = []
  const even: number[] = []
  for (const scene of scenes) {
    const n = scene.classes.length
    const own = Array.from(scene.classes.keys()).filter((i) => confusable(scene.classes[i]))
    if (own.length === 0) continue
    const { data } = attentionMap(predictor, scene)
    over.push(mean(own.map((i) => data[i * n + mostTelling(scene.classes, i, says)] - 1 / (n - 1))))
    even.push(1 / (n - 1))
  }
  return { over, even }
}
