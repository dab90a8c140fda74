import { cardinalityMarginals, decodeF1, f1Example } from '@nonconvex/structured/cardinality'
import type { Stream } from '@nonconvex/tensor'

/** Dynamic programming over counts, and decoding, against enumeration of all labels. */
export type EnumeratedMeasured = {
  /** largest error of log Z, in units of max(1, |log Z|), and of a probability */
  readonly law: number
  /** largest gap of expected F1 to the best set */
  readonly decoding: number
}

export function enumerated(distributions: number, source: Stream): EnumeratedMeasured {
  let [error, gap] = [0, 0]
  for (let t = 0; t < distributions; t++) {
    const L = 1 + (t % 10)
    const scale = [0.5, 2, 40][t % 3]
    const theta = source.normalInto(new Float64Array(L)).map((x) => scale * x)
    const f = source.normalInto(new Float64Array(L + 1)).map((x) => scale * x)
    if (t % 2 === 1) f.fill(-Infinity, 1 + source.integer(L + 1))
    error = Math.max(error, distributionError(theta, f))
    gap = Math.max(gap, gapOf(source.uniformInto(new Float64Array(1 + (t % 7)))))
  }
  return { law: error, decoding: gap }
}

const setsOf = (L: number): Uint8Array[] =>
  Array.from({ length: 2 ** L }, (_, code) =>
    Uint8Array.from({ length: L }, (_, i) => (code >> i) & 1),
  )
export const countOf = (y: Uint8Array): number => y.reduce((sum, label) => sum + label, 0)

function distributionError(theta: Float64Array, f: Float64Array): number {
  const { logZ, labels, counts } = cardinalityMarginals(theta, f)
  const all = setsOf(theta.length).map((y) => {
    const count = countOf(y)
    return { y, count, log: y.reduce((sum, label, i) => sum + label * theta[i], 0) + f[count] }
  })
  const most = all.reduce((largest, { log }) => Math.max(largest, log), -Infinity)
  const total = all.reduce((sum, { log }) => sum + Math.exp(log - most), 0)
  const exact = most + Math.log(total)
  const size = Math.max(1, Math.abs(exact))
  const [ones, sizes] = [new Float64Array(labels.length), new Float64Array(counts.length)]
  for (const { y, count, log } of all) {
    const p = Math.exp(log - most) / total
    sizes[count] += p
    y.forEach((label, i) => {
      ones[i] += label * p
    })
  }
  return Math.max(
    Math.abs(logZ - exact) / size,
    ...labels.map((p, i) => Math.abs(p - ones[i])),
    ...counts.map((p, k) => Math.abs(p - sizes[k])),
  )
}

/** Expected F1 of the best of all sets minus that of the decoded one. */
function gapOf(p: Float64Array): number {
  const sets = setsOf(p.length)
  const weights = sets.map((truth) =>
    truth.reduce((weight, label, i) => weight * (label === 1 ? p[i] : 1 - p[i]), 1),
  )
  const expected = (y: Uint8Array): number =>
    sets.reduce((sum, truth, s) => sum + weights[s] * f1Example(y, truth), 0)
  const best = sets.reduce((most, y) => Math.max(most, expected(y)), 0)
  return Math.max(0, best - expected(decodeF1(p).labels))
}
