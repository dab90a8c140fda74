import type { Labeled } from '../kernel/ops.js'

/** Products of sums of exponentials are logged together while they are below it. */
const LARGE = 1e200

/**
 * Σ weight · (gap + ln total) over rows, from the results of the kernel's `crossEntropy`: the gap
 * between the largest score and the right one, and the sum of e^(score − largest), between 1 and
 * the number of classes. Rows of equal weight share one logarithm.
 */
export function entropy(
  floats: Float32Array | Float64Array,
  { weight, loss }: Labeled,
  rows: number,
): number {
  let sum = 0
  for (let r = 0; r < rows;) {
    const w = floats[weight + r]
    let [gaps, product] = [0, 1]
    do {
      gaps += floats[loss + 2 * r]
      product *= floats[loss + 2 * r + 1]
      r++
    } while (r < rows && floats[weight + r] === w && product < LARGE)
    sum += w * (gaps + Math.log(product))
  }
  return sum
}
