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

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/**
 * new = out[0 … n) + σ(out[n …]) ⊙ old, for rows of n + gates outputs; one gate for all or one for
 * each.
 */
export function gate(old: Float64Array, out: Float64Array, n: number, gates: number): Float64Array {
  const next = new Float64Array(old.length)
  for (let row = 0; row * n < old.length; row++) {
    const [at, to] = [row * (n + gates), row * n]
    let open = gates === 1 ? sigmoid(out[at + n]) : 0
    for (let f = 0; f < n; f++) {
      if (gates !== 1) open = sigmoid(out[at + n + f])
      next[to + f] = out[at + f] + open * old[to + f]
    }
  }
  return next
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
  for (let row = 0; row * n < old.length; row++) {
    const [at, to] = [row * (n + gates), row * n]
    let open = gates === 1 ? sigmoid(out[at + n]) : 0
    for (let f = 0; f < n; f++) {
      const opened = at + n + (gates === 1 ? 0 : f)
      if (gates !== 1) open = sigmoid(out[opened])
      const i = to + f
      dOut[at + f] = d[i]
      dOut[opened] += d[i] * old[i] * open * (1 - open)
      dBefore[i] = d[i] * open
    }
  }
  return { dOut, dBefore }
}

/**
 * Adds weight · (softmax − 1[truth]) to d, for rows of n scores; returns the loss, Σ weight · (−ln
 * p(truth)).
 */
export function addCrossEntropy(
  d: Float64Array,
  scores: Float64Array,
  truth: Int32Array,
  weights: Float64Array,
  n: number,
): number {
  const logs = logSoftmax(scores, n)
  let loss = 0
  for (let row = 0; row < truth.length; row++) {
    const [weight, at] = [weights[row], row * n]
    loss -= weight * logs[at + truth[row]]
    for (let f = 0; f < n; f++) d[at + f] += weight * Math.exp(logs[at + f])
    d[at + truth[row]] -= weight
  }
  return loss
}
