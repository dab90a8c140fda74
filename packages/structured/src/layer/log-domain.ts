/** The logarithm log Σ e^x, computed after subtraction of the largest x. */
export function logSumExp(x: Float64Array): number {
  const top = x.reduce((most, value) => Math.max(most, value), -Infinity)
  return top + Math.log(x.reduce((sum, value) => sum + Math.exp(value - top), 0))
}

/** The softmax e^x / Σ e^x. */
export function softmax(x: Float64Array): Float64Array {
  const total = logSumExp(x)
  return x.map((value) => Math.exp(value - total))
}
