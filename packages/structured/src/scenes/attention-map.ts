import type { Matrix } from '@nonconvex/tensor'
import type { SceneGraphPredictor } from './predictor.js'
import type { SceneInput } from './scene.js'

/**
 * The attention map of the first step of a predictor with attention: the weights of the other
 * objects in s_i.
 *
 *     w_ij = e^{β_ij} / Σ_{t≠i} e^{β_it},   β_ij = B_e · z_ij + B_n · z_j;   with attention on each feature the mean over features
 *
 * @param predictor - with attention `neighbor` or `feature`
 * @returns n × n, row i sums to one, its diagonal is 0; all 0 for a single object
 * @throws RangeError for a predictor without attention
 * Accuracy: that of the predictor's arithmetic, float32 by default. Cost: a prediction. Source:
 * Herzig et al. (2018) for the attention; the map is ours.
 *
 * @example
 * import { attentionMap, sceneGraphPredictor, tinyScene } from '@nonconvex/structured/scenes'
 * import { stream } from '@nonconvex/tensor'
 * const predictor = sceneGraphPredictor({ classes: 7, predicates: 4, hidden: 8, attention: 'neighbor' }, stream(1))
 * const { data } = attentionMap(predictor, tinyScene(stream(2)))
 * console.log(data[0], data.subarray(0, 5).reduce((sum, w) => sum + w, 0).toFixed(6)) // → 0 1.000000
 */
export function attentionMap(predictor: SceneGraphPredictor, scene: SceneInput): Matrix {
  const { pool } = predictor.layer.sizes
  if (pool !== 'neighbor' && pool !== 'feature')
    throw new RangeError(
      `attentionMap: predictor must have attention, got one that pools by ${pool}`,
    )
  const n = scene.objects.rows
  const data = new Float64Array(n * n)
  if (n < 2) return { rows: n, cols: n, data }
  predictor.predict([scene])
  const weights = predictor.layer.attention()
  const heads = weights.length / (n * (n - 1))
  let at = 0
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      if (j === i) continue
      for (let head = 0; head < heads; head++) data[i * n + j] += weights[at++] / heads
    }
  return { rows: n, cols: n, data }
}
