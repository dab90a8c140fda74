import type { Matrix } from '@nonconvex/tensor'
import { logSoftmax } from '../scenes/gates.js'
import type { SceneGraphPredictor } from '../scenes/predictor.js'
import type { SceneInput } from '../scenes/scene.js'

/**
 * Where each object of a scene looks in the first step of a predictor with attention: the weights with which s_i is made of the other
 * objects.
 *
 *     w_ij = e^{β_ij} / Σ_{t≠i} e^{β_it},   β_ij = B_e · z_ij + B_n · z_j;   with attention on each feature the mean over features
 *
 * @param predictor - with attention `neighbour` or `feature`
 * @returns n × n, row i sums to one, its diagonal is 0; of a single object all is 0
 * @throws RangeError for a predictor without attention
 * Accuracy: float64 from the predictor's parameters, which are float32 as those of its layer; the layer's own weights differ by its rounding.
 * Cost: n² (C + R) for each score. Source: Herzig et al. (2018) for the attention; the map is ours.
 *
 * @example
 * import { attentionMap, sceneGraphPredictor, tinyScene } from '@nonconvex/structured'
 * import { stream } from '@nonconvex/tensor'
 * const predictor = sceneGraphPredictor({ classes: 7, predicates: 4, hidden: 8, attention: 'neighbour' }, stream(1))
 * const { data } = attentionMap(predictor, tinyScene(stream(2)))
 * console.log(data[0], data.subarray(0, 5).reduce((sum, w) => sum + w, 0).toFixed(9)) // → 0 1.000000000
 */
export function attentionMap(predictor: SceneGraphPredictor, scene: SceneInput): Matrix {
  const { 'beta.zij': ofPair, 'beta.zj': ofNode } = predictor.layer.parameters() as {
    readonly [name: string]: Matrix | undefined
  }
  if (!ofPair || !ofNode)
    throw new RangeError(
      `attentionMap: predictor must have attention, got one that pools by ${predictor.layer.sizes.pool}`,
    )
  const n = scene.objects.rows
  const heads = ofNode.cols
  const nodes = scoresOf(features(scene.objects), ofNode)
  const pairs = scoresOf(features(scene.relations), ofPair)
  const data = new Float64Array(n * n)
  const scores = new Float64Array(n)
  for (let i = 0; i < n; i++)
    for (let head = 0; head < heads; head++) {
      let top = -Infinity
      for (let j = 0; j < n; j++) {
        if (j === i) continue
        scores[j] = pairs[(i * n + j) * heads + head] + nodes[j * heads + head]
        top = Math.max(top, scores[j])
      }
      let total = 0
      for (let j = 0; j < n; j++) if (j !== i) total += scores[j] = Math.exp(scores[j] - top)
      for (let j = 0; j < n; j++) if (j !== i) data[i * n + j] += scores[j] / total / heads
    }
  return { rows: n, cols: n, data }
}

/** What the layer is given in the first step: scores, and their log-probabilities. */
function features({ rows, cols, data }: Matrix): Matrix {
  const logs = logSoftmax(data, cols)
  const out = new Float64Array(2 * rows * cols)
  for (let row = 0; row < rows; row++) {
    out.set(data.subarray(row * cols, (row + 1) * cols), 2 * row * cols)
    out.set(logs.subarray(row * cols, (row + 1) * cols), (2 * row + 1) * cols)
  }
  return { rows, cols: 2 * cols, data: out }
}

/** Rows times weights: [rows, heads]. */
function scoresOf({ rows, cols, data }: Matrix, weights: Matrix): Float64Array {
  const heads = weights.cols
  const out = new Float64Array(rows * heads)
  for (let row = 0; row < rows; row++)
    for (let f = 0; f < cols; f++) {
      const x = data[row * cols + f]
      for (let head = 0; head < heads; head++)
        out[row * heads + head] += x * weights.data[f * heads + head]
    }
  return out
}
