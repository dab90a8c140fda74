import { subsetBound } from '@nonconvex/optim/statistics'
import {
  perceptronPasses,
  type StructuredPerceptron,
  type StructuredProblem,
  type TrainingProgress,
} from '@nonconvex/structured/learning'
import { norm2 } from '@nonconvex/tensor'
import type { SequencesRecord } from '../models/sequences-document.js'

export type Separable = NonNullable<SequencesRecord['training']['separable']>

/**
 * The mistake bound of the structured perceptron with the best of some separators, and its compression
 * bound; undefined unless a pass without a mistake shows that the sequences are separable.
 *
 * @param found - a run on the problem, by index
 * @param others - weights of other models, which may have a larger margin
 */
export function* separability(
  problem: StructuredProblem,
  found: StructuredPerceptron,
  others: readonly Float64Array[],
  delta: number,
): Generator<TrainingProgress, Separable | undefined> {
  if (found.status !== 'converged') return undefined
  const { updates, distinct, passes, radius } = found
  let best: StructuredPerceptron['mistakeBound']
  for (const w of [found.w, ...others]) {
    const norm = norm2(w)
    if (norm === 0) continue
    const teacher = w.map((x) => x / norm)
    const { mistakeBound } = yield* perceptronPasses(problem, { passes, teacher })
    if (mistakeBound && mistakeBound.margin > (best?.margin ?? 0)) best = mistakeBound
  }
  return {
    updates,
    distinct,
    passes,
    radius,
    margin: best?.margin ?? null,
    bound: best?.bound ?? null,
    progress: best?.progress ?? null,
    growth: best?.growth ?? null,
    // sequences are visited by index: the updated ones alone give the same weights
    error: subsetBound({ n: problem.n, distinct, delta }),
  }
}
