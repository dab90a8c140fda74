import type { GraphBatch } from '../batch/graph-batch.js'
import { logSoftmax } from './gates.js'
import type { SceneScores } from './trainable.js'

/**
 * Log-probabilities of the objects and pairs of a batch, from their scores.
 *
 * @throws RangeError if they are not finite, naming the scene: scores or features are so large that
 *   differences or products overflow
 */
export function finiteScores(
  fn: string,
  { objects, relations }: SceneScores,
  sizes: { readonly classes: number; readonly predicates: number },
  { graphOfNode, i }: Pick<GraphBatch, 'graphOfNode' | 'i'>,
): SceneScores {
  const finite = (x: Float64Array, n: number, sceneOf: (row: number) => number): Float64Array => {
    const out = logSoftmax(x, n)
    const wrong = out.findIndex((y) => !Number.isFinite(y))
    if (wrong < 0) return out
    throw new RangeError(
      `${fn}: scenes[${sceneOf(Math.floor(wrong / n))}] must have scores and features of moderate size, got an overflow in the network`,
    )
  }
  return {
    objects: finite(objects, sizes.classes, (node) => graphOfNode[node]),
    relations: finite(relations, sizes.predicates, (pair) => graphOfNode[i[pair]]),
  }
}
