import { initialWeights, visitor } from '@nonconvex/overparam'
import { digitsTask, loadDigits } from '@nonconvex/overparam/digits'
import { stream } from '@nonconvex/tensor'

/** The options of the talk's experiment. */
export const [alpha, eta] = [0.1, 10]
export const order = { kind: 'permutation', stream: stream(1).child('order') }

/** Digit 0 against the rest: n × 784 in [0, 1] by the longest row, y in {−1, +1}. */
export async function zeroAgainstRest(n) {
  const digits = await loadDigits()
  const negative = [1, 2, 3, 4, 5, 6, 7, 8, 9]
  const split = stream(1).child('split')
  return digitsTask({ digits, positive: [0], negative, train: n, stream: split }).train
}

export const startOf = (k, d) =>
  initialWeights({ kind: 'scaled', stream: stream(1).child('start', k) }, k, d)

/** The first `count` examples that SGD visits. */
export function visitsOf(n, count) {
  const visit = visitor(order, n)
  return Float64Array.from({ length: count }, (_, step) => visit(step + 1))
}

/**
 * Digits again and again, every used pixel of a copy brighter or darker by up to 5 %; the longest
 * row still has norm ≤ 1.
 */
export function repeated({ x, y }, n) {
  const { rows, cols } = x
  const noise = stream(1).child('noise')
  const data = new Float64Array(n * cols)
  for (let i = 0; i < n; i++) {
    const from = (i % rows) * cols
    for (let c = 0; c < cols; c++) {
      const value = x.data[from + c]
      if (value !== 0) data[i * cols + c] = value * (i < rows ? 1 : 0.95 + 0.05 * noise.uniform())
    }
  }
  return { x: { rows: n, cols, data }, y: Float64Array.from({ length: n }, (_, i) => y[i % rows]) }
}
