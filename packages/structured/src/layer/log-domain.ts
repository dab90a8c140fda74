/**
 * The logarithm log Σ e^x, computed after subtraction of the largest x; −∞ without a term above −∞.
 */
export function logSumExp(x: Float64Array): number {
  let top = -Infinity
  for (const value of x) if (value > top) top = value
  if (top === -Infinity) return top
  let sum = 0
  for (const value of x) sum += Math.exp(value - top)
  return top + Math.log(sum)
}

/** The softmax e^x / Σ e^x; zeros if all x are −∞. */
export function softmax(x: Float64Array): Float64Array {
  const total = logSumExp(x)
  return x.map((value) => (value === -Infinity ? 0 : Math.exp(value - total)))
}
