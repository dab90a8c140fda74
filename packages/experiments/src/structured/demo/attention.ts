import { attentionMap, type SceneGraphPredictor } from '@nonconvex/structured/scenes'
import { demoPartner } from '@nonconvex/structured/demo'
import { mean } from '../../averages.js'
import { C, confusable, type NamedScene } from './scenes.js'

/** A class as far as the detector distinguishes it: both classes of a confusable pair are one. */
const merged = (c: number): number => (demoPartner(c) === 0 ? c : Math.min(c, demoPartner(c)))

/**
 * Informativeness of a neighbor of merged class k about a confusable object of class c, by counts over
 * the training scenes:
 *
 *     |ln P(k | c) / P(k | partner of c)|,   P(k | c) = (N(c, k) + ½) / (Σ_k N(c, k) + C / 2)
 */
export function informativeness(train: readonly NamedScene[]): (c: number, k: number) => number {
  const counts = new Float64Array(C * C).fill(0.5)
  for (const { classes } of train)
    classes.forEach((c, i) => {
      classes.forEach((k, j) => {
        if (i !== j) counts[c * C + merged(k)]++
      })
    })
  const totals = Array.from({ length: C }, (_, c) =>
    counts.subarray(c * C, (c + 1) * C).reduce((sum, x) => sum + x, 0),
  )
  const log = (c: number, k: number): number => Math.log(counts[c * C + merged(k)] / totals[c])
  return (c, k) => Math.abs(log(c, k) - log(demoPartner(c), k))
}

/** The most informative neighbor of an object, the first of equals. */
export function mostInformative(
  classes: Int32Array,
  i: number,
  information: (c: number, k: number) => number,
): number {
  let best = i === 0 ? 1 : 0
  for (let j = best + 1; j < classes.length; j++)
    if (j !== i && information(classes[i], classes[j]) > information(classes[i], classes[best]))
      best = j
  return best
}

/**
 * For each scene with a confusable object: the attention weight of the most informative neighbor minus
 * the uniform weight, and the uniform weight; means over its confusable objects.
 */
export function attentionGains(
  predictor: SceneGraphPredictor,
  scenes: readonly NamedScene[],
  information: (c: number, k: number) => number,
): { readonly over: number[]; readonly even: number[] } {
  const over: number[] = []
  const even: number[] = []
  for (const scene of scenes) {
    const n = scene.classes.length
    const own = Array.from(scene.classes.keys()).filter((i) => confusable(scene.classes[i]))
    if (own.length === 0) continue
    const { data } = attentionMap(predictor, scene)
    over.push(
      mean(
        own.map((i) => data[i * n + mostInformative(scene.classes, i, information)] - 1 / (n - 1)),
      ),
    )
    even.push(1 / (n - 1))
  }
  return { over, even }
}
