/** x − lse(x) for rows of n. */
export function logSoftmax(x: Float64Array, n: number): Float64Array {
  const out = new Float64Array(x.length)
  for (let row = 0; row < x.length; row += n) {
    let top = x[row]
    for (let f = 1; f < n; f++) top = Math.max(top, x[row + f])
    let total = 0
    for (let f = 0; f < n; f++) total += Math.exp(x[row + f] - top)
    const lse = top + Math.log(total)
    for (let f = 0; f < n; f++) out[row + f] = x[row + f] - lse
  }
  return out
}

/** Gradient by x of logSoftmax(x), from rows of 2 n features of which the second half is logSoftmax(x). */
export function logSoftmaxBack(d: Float64Array, x: Float64Array, n: number): Float64Array {
  const logs = logSoftmax(x, n)
  const out = new Float64Array(x.length)
  for (let row = 0; row < x.length; row += n) {
    const from = 2 * row + n
    let total = 0
    for (let f = 0; f < n; f++) total += d[from + f]
    for (let f = 0; f < n; f++) out[row + f] = d[from + f] - Math.exp(logs[row + f]) * total
  }
  return out
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/** new = out[0 … n) + σ(out[n …]) ⊙ old, for rows of n + gates outputs; one gate for all or one for each. */
export function gate(old: Float64Array, out: Float64Array, n: number, gates: number): Float64Array {
  return old.map((x, i) => {
    const [row, f] = [Math.floor(i / n), i % n]
    const at = row * (n + gates)
    return out[at + f] + sigmoid(out[at + n + (gates === 1 ? 0 : f)]) * x
  })
}

/** Gradients by `out` and by `old` of `gate`. */
export function gateBack(
  d: Float64Array,
  old: Float64Array,
  out: Float64Array,
  n: number,
  gates: number,
): { dOut: Float64Array; dBefore: Float64Array } {
  const dOut = new Float64Array(out.length)
  const dBefore = new Float64Array(old.length)
  for (let i = 0; i < old.length; i++) {
    const [row, f] = [Math.floor(i / n), i % n]
    const at = row * (n + gates)
    const opened = at + n + (gates === 1 ? 0 : f)
    const open = sigmoid(out[opened])
    dOut[at + f] = d[i]
    dOut[opened] += d[i] * old[i] * open * (1 - open)
    dBefore[i] = d[i] * open
  }
  return { dOut, dBefore }
}
