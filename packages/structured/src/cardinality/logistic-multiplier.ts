/**
 * τ with Σ σ(x_i − τ) = z, 0 < z < n, by Newton's method, with bisection where a step leaves the
 * bracketing interval.
 */
export function logisticMultiplier(x: Float64Array, z: number): number {
  // with all entries equal to the least, or to the largest, the root is known
  const shift = Math.log(z) - Math.log(x.length - z)
  let low = x.reduce((a, b) => Math.min(a, b), Infinity) - shift
  let high = x.reduce((a, b) => Math.max(a, b), -Infinity) - shift
  let tau = Math.min(high, Math.max(low, 0))
  for (let t = 0; t < 2000; t++) {
    let [sum, slope] = [0, 0]
    for (const each of x) {
      const e = Math.exp(-Math.abs(each - tau))
      sum += each > tau ? 1 / (1 + e) : e / (1 + e)
      slope += e / (1 + e) ** 2
    }
    if (sum > z) low = tau
    else if (sum < z) high = tau
    else return tau
    const newton = tau + (sum - z) / slope
    const next = newton > low && newton < high ? newton : low + (high - low) / 2
    if (next === tau || !(next > low && next < high)) return tau
    tau = next
  }
  return tau
}
