import type { SceneInput, SceneScores } from '@nonconvex/structured/scenes'
import { C, R, type NamedScene } from './scenes.js'

/** Probability that a true relation is annotated, as in the scenes. */
const ANNOTATED = 0.7

/**
 * The best rule for one object, or one pair, at a time: the exact posterior given its scores, which
 * are log-likelihoods, with the frequencies of classes and predicates in the training scenes as
 * priors. For a pair: the posterior of the true predicate times the probability that it is annotated.
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
    ).map((log, at) => (at % R === 0 ? log : log + Math.log(ANNOTATED))),
  })
}

/** Log-posteriors of the selected rows. */
function posteriors(
  data: Float64Array,
  prior: Float64Array,
  selected: (row: number) => boolean,
): number[] {
  const cols = prior.length
  const out: number[] = []
  for (let row = 0; row * cols < data.length; row++) {
    if (!selected(row)) continue
    const logs = Array.from(prior, (p, k) => data[row * cols + k] + Math.log(p))
    const top = Math.max(...logs)
    const total = Math.log(logs.reduce((sum, x) => sum + Math.exp(x - top), 0)) + top
    for (const x of logs) out.push(x - total)
  }
  return out
}
