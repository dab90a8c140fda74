/**
 * τ with Σ Φ(x_i − τ) = z for the distribution function Φ of the Laplace distribution, 0 < z < n. With x_(1)
 * ≥ x_(2) ≥ …, m of them at or above τ, A = Σ_{i ≤ m} e^{x_(m) − x_(i)} and B = Σ_{i > m} e^{x_(i)
 * − x_(m+1)}, it is the root of a quadratic equation in e^τ.
 */
export function laplaceMultiplier(x: Float64Array, z: number): number {
  const L = x.length
  const sorted = Float64Array.from(x).sort().reverse()
  /** e^{x_(m+1) − x_(m)}, at most 1 */
  const ratio = (m: number): number => Math.exp(sorted[m] - sorted[m - 1])
  const A = new Float64Array(L + 1)
  const B = new Float64Array(L + 1)
  for (let m = 1; m <= L; m++) A[m] = 1 + (m > 1 ? ratio(m - 1) * A[m - 1] : 0)
  for (let m = L - 1; m >= 0; m--) B[m] = 1 + (m < L - 1 ? ratio(m + 1) * B[m + 1] : 0)
  /** the labels' sum at τ = x_(m), which grows with m */
  const sumAt = (m: number): number => m - A[m] / 2 + (m < L ? (ratio(m) * B[m]) / 2 : 0)
  let m = 0
  while (m < L && sumAt(m + 1) <= z) m++
  const d = m - z
  if (d === 0) return (sorted[m - 1] + sorted[m]) / 2 + (Math.log(B[m]) - Math.log(A[m])) / 2
  const gap = m > 0 && m < L ? ratio(m) : 0
  const root = Math.sqrt(d * d + A[m] * gap * B[m])
  // The same root from the score below or above it: neither difference cancels, and no exponential
  // is lost in a wide gap.
  return d < 0
    ? sorted[m] + Math.log(B[m] / (root - d))
    : sorted[m - 1] + Math.log((d + root) / A[m])
}
