import type { SceneInput, SceneScores } from '@nonconvex/structured/scenes'
import { C, R, type NamedScene } from './scenes.js'

/** Probability that annotators write a relation down, as the scenes have it. */
const KEPT = 0.7

/**
 * The best rule that looks at one object, or one pair, at a time: the exact posterior from its
 * scores, which are log-likelihoods, with the shares of classes and of predicates in the training
 * scenes as priors. Of a pair it is the posterior of what is true, times the probability that it is
 * written down.
 */
export function singleRule(
  train: readonly NamedScene[],
): (scenes: readonly SceneInput[]) => SceneScores {
  const classes = new Float64Array(C)
  const predicates = new Float64Array(R)
  for (const { scene } of train) {
    const n = scene.boxes.length
    for (const c of scene.classes) classes[c]++
    for (const [, , p] of scene.actual) predicates[p]++
    predicates[0] += n * (n - 1) - scene.actual.length
  }
  return (scenes) => ({
    objects: Float64Array.from(
      scenes.flatMap(({ objects }) => posteriors(objects.data, classes, () => true)),
    ),
    relations: Float64Array.from(
      scenes.flatMap(({ objects, relations }) =>
        posteriors(relations.data, predicates, (row) => row % (objects.rows + 1) !== 0),
      ),
    ).map((log, at) => (at % R === 0 ? log : log + Math.log(KEPT))),
  })
}

/** Log-posteriors of the rows that are wanted. */
function posteriors(
  data: Float64Array,
  prior: Float64Array,
  wanted: (row: number) => boolean,
): number[] {
  const cols = prior.length
  const out: number[] = []
  for (let row = 0; row * cols < data.length; row++) {
    if (!wanted(row)) continue
    const logs = Array.from(prior, (p, k) => data[row * cols + k] + Math.log(p))
    const top = Math.max(...logs)
    const total = Math.log(logs.reduce((sum, x) => sum + Math.exp(x - top), 0)) + top
    for (const x of logs) out.push(x - total)
  }
  return out
}
