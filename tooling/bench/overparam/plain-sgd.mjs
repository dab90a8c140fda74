/**
 * SGD as everybody writes it first: one row of weights after the other, no engine, no bookkeeping
 * but the stop.
 */
export function plainSgd({ x, y }, { k, start, alpha, eta, v, visit }) {
  const { rows: n, cols: d, data } = x
  const w = start.slice()
  const z = new Float64Array(2 * k)
  const seen = new Int32Array(n).fill(-1)
  const sequence = []
  let clean = 0
  let step = 0
  while (clean < n) {
    const i = visit(++step)
    let output = 0
    for (let j = 0; j < 2 * k; j++) {
      let sum = 0
      for (let c = 0; c < d; c++) sum += w[j * d + c] * data[i * d + c]
      z[j] = sum
      const active = sum > 0 ? sum : alpha * sum
      output += j < k ? v * active : -v * active
    }
    if (y[i] * output >= 1) {
      if (seen[i] < sequence.length) clean++
      seen[i] = sequence.length
      continue
    }
    for (let j = 0; j < 2 * k; j++) {
      const push = eta * y[i] * (j < k ? v : -v) * (z[j] > 0 ? 1 : alpha)
      for (let c = 0; c < d; c++) w[j * d + c] += push * data[i * d + c]
    }
    sequence.push(i)
    clean = 0
  }
  return { sequence, steps: step, weights: w }
}
