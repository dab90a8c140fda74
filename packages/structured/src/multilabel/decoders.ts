import { argumentError } from '@nonconvex/tensor/check'
import { decodeCountF1 } from '../cardinality/decode-counted.js'
import { decodeF1, decodeTopK, threshold } from '../cardinality/decode.js'
import { poissonBinomial } from '../cardinality/poisson-binomial.js'
import { labelsOf, type MultilabelData } from './data.js'
import type { LabelMarginals } from './network.js'

/** What chooses labels from their probabilities. */
export const decoders = ['threshold', 'mode', 'expected-f1'] as const

export type Decoder = (typeof decoders)[number]

/** The likeliest number of labels, at least one. */
const modeOf = (counts: Float64Array): number => {
  let mode = 0
  for (let k = 1; k < counts.length; k++) if (counts[k] > counts[mode]) mode = k
  return Math.max(1, mode)
}

/**
 * Labels from independent probabilities: those of at least 1/2 (threshold), as many of the likeliest
 * as the likeliest count, at least one (mode), or the set with the highest expected F1 (expected-f1).
 *
 * @throws RangeError for invalid probabilities. Cost: as `decodeF1`
 *
 * @example
 * import { decodeLabels } from '@nonconvex/structured/multilabel'
 * const p = Float64Array.of(0.4, 0.4, 0.05)
 * console.log([...decodeLabels(p, 'threshold')], [...decodeLabels(p, 'mode')], [...decodeLabels(p, 'expected-f1')])
 * // → [ 0, 0, 0 ] [ 1, 0, 0 ] [ 1, 1, 0 ]
 */
export function decodeLabels(p: Float64Array, decoder: Decoder): Uint8Array {
  if (decoder === 'threshold') return threshold(p, 0.5)
  return decoder === 'mode' ? decodeTopK(p, modeOf(poissonBinomial(p))) : decodeF1(p).labels
}

/** Quality of predicted labels. */
export interface LabelScores {
  /** F1 of each example, 0 for two empty sets */
  readonly f1: Float64Array
  /** F1 of all decisions together, and averaged over labels (0 for one that is never true or predicted) */
  readonly micro: number
  readonly macro: number
  /** fraction of wrong decisions, and of examples whose labels are all right */
  readonly hamming: number
  readonly subset: number
  /** fraction of examples with the right number of labels */
  readonly counts: number
}

/**
 * Scores of predicted labels against the true ones.
 *
 * @param predicted - rows × labels, 0 or 1
 * @throws ShapeError for another length
 *
 * @example
 * import { labelScores, readSparseLines } from '@nonconvex/structured/multilabel'
 * const data = await readSparseLines(['1,2 1:1\n2 1:1\n'])
 * const { f1, micro } = labelScores(Uint8Array.of(1, 0, 0, 1), data)
 * console.log(f1[0].toFixed(3), f1[1], micro.toFixed(2)) // → 0.667 1 0.80
 */
export function labelScores(predicted: Uint8Array, data: MultilabelData): LabelScores {
  const L = data.labels.length
  if (predicted.length !== data.rows * L)
    throw argumentError(
      'shape',
      'labelScores',
      'predicted',
      `to have length ${data.rows * L}`,
      predicted.length,
    )
  const f1 = new Float64Array(data.rows)
  const [both, chosen, real] = [new Float64Array(L), new Float64Array(L), new Float64Array(L)]
  let [subset, counts, wrong] = [0, 0, 0]
  for (let r = 0; r < data.rows; r++) {
    const y = predicted.subarray(r * L, (r + 1) * L)
    const truth = labelsOf(data, r)
    let [right, size] = [0, 0]
    for (let l = 0; l < L; l++) {
      size += y[l]
      chosen[l] += y[l]
    }
    for (const l of truth) {
      real[l]++
      both[l] += y[l]
      right += y[l]
    }
    const sum = size + truth.length
    f1[r] = sum === 0 ? 0 : (2 * right) / sum
    wrong += sum - 2 * right
    subset += Number(sum === 2 * right)
    counts += Number(size === truth.length)
  }
  const total = (x: Float64Array): number => x.reduce((sum, one) => sum + one, 0)
  const ratio = (up: number, down: number): number => (down === 0 ? 0 : (2 * up) / down)
  return {
    f1,
    micro: ratio(total(both), total(chosen) + total(real)),
    macro: total(both.map((one, l) => ratio(one, chosen[l] + real[l]))) / L,
    hamming: wrong / predicted.length,
    subset: subset / data.rows,
    counts: counts / data.rows,
  }
}

/** The labels that each row's probabilities give, rows × labels. */
export function decodeRows(
  probabilities: Float64Array,
  labels: number,
  decoder: Decoder,
): Uint8Array {
  const all = new Uint8Array(probabilities.length)
  for (let from = 0; from < all.length; from += labels)
    all.set(decodeLabels(probabilities.subarray(from, from + labels), decoder), from)
  return all
}

/**
 * The labels that a network predicts, rows × labels: as `decodeRows` of its probabilities, or under
 * p(y) ∝ e^{θᵀy + f(Σ y)} if it has a potential of the count, with its marginals, its most likely
 * count and its expected F1.
 *
 * @param found - `labelMarginals` of the rows
 *
 * @example
 * import { labelMarginals, multilabelNetwork, predictedLabels, readSparseLines } from '@nonconvex/structured/multilabel'
 * import { stream } from '@nonconvex/tensor'
 * // one label of two, neither of which the feature tells: independent labels would be none or both
 * const data = await readSparseLines(Array.from({ length: 100 }, (_, i) => `${1 + (i % 2)} 1:1\n`))
 * const network = multilabelNetwork(data, { hidden: 0, counted: true, rate: 0.1, stream: stream(1) })
 * const sizes = network && [...predictedLabels(labelMarginals(network, data), 'mode').subarray(0, 2)]
 * console.log(sizes?.reduce((sum, one) => sum + one)) // → 1
 */
export function predictedLabels(found: LabelMarginals, decoder: Decoder): Uint8Array {
  const { labels: L, outputs, p, counts } = found
  if (counts.length === 0) return decodeRows(p, L, decoder)
  if (decoder === 'threshold') return threshold(p, 0.5)
  const size = outputs.length / counts.length
  const all = new Uint8Array(p.length)
  counts.forEach((distribution, r) => {
    const z = outputs.subarray(r * size, (r + 1) * size)
    const theta = z.subarray(0, L)
    const own =
      decoder === 'mode'
        ? decodeTopK(theta, modeOf(distribution))
        : decodeCountF1(theta, z.subarray(L)).labels
    all.set(own, r * L)
  })
  return all
}

/** As many of the likeliest labels as are true: what a perfect count would give. */
export function decodeKnownCounts(probabilities: Float64Array, data: MultilabelData): Uint8Array {
  const L = data.labels.length
  const all = new Uint8Array(probabilities.length)
  for (let r = 0; r < data.rows; r++)
    all.set(decodeTopK(probabilities.subarray(r * L, (r + 1) * L), labelsOf(data, r).length), r * L)
  return all
}
