// assembly/budget.ts in plain TypeScript: the same order of operations, the same bits.

/** Σ of the clipped labels, and the number of the free ones. */
interface Sums {
  sum: number
  count: number
}

function sumAt(x: Float64Array, tau: number, sums: Sums): void {
  let [s0, s1, s2, s3, count] = [0, 0, 0, 0, 0]
  const label = (i: number): number => {
    const free = x[i] - tau
    if (free > 0 && free < 1) count++
    return Math.min(1, Math.max(0, free))
  }
  for (let i = 0; i < x.length; i += 4) {
    s0 += label(i)
    s1 += label(i + 1)
    s2 += label(i + 2)
    s3 += label(i + 3)
  }
  sums.sum = s0 + s2 + (s1 + s3)
  sums.count = count
}

function root(
  x: Float64Array,
  z: number,
  bracket: { readonly start: number; readonly low: number; readonly high: number },
  sums: Sums,
): number {
  let { low, high } = bracket
  const { start } = bracket
  const tolerance = 1e-14 * Math.max(1, z)
  let tau = start > low && start < high ? start : low + (high - low) / 2
  for (let t = 0; t < 400; t++) {
    sumAt(x, tau, sums)
    const off = sums.sum - z
    if (Math.abs(off) <= tolerance) break
    if (off > 0) low = tau
    else high = tau
    let next = sums.count > 0 ? tau + off / sums.count : low + (high - low) / 2
    if (!(next > low && next < high)) next = low + (high - low) / 2
    if (next === tau || !(next > low && next < high)) break
    tau = next
  }
  return tau
}

/**
 * The labels of each row of scores; the first row with a score that is not finite, or the number of
 * rows.
 */
export function plainProject(
  y: Float32Array,
  v: Float32Array,
  z: Float64Array,
  x: Float64Array,
  n: number,
): number {
  const sums: Sums = { sum: 0, count: 0 }
  for (let r = 0; r < z.length; r++) {
    let [low, high, even, odd, zeros] = [Infinity, -Infinity, 0, 0, 0]
    for (let i = 0; i < n; i++) {
      const score = v[r * n + i]
      x[i] = score
      low = Math.min(low, score)
      high = Math.max(high, score)
      zeros += score * 0
    }
    const pairs = n - (n % 2)
    for (let i = 0; i < pairs; i += 2) {
      even += x[i]
      odd += x[i + 1]
    }
    const all = even + odd + (pairs < n ? x[pairs] : 0)
    if (zeros !== 0) return r
    x.fill(-Infinity, n)
    const budget = z[r]
    if (budget <= 0 || budget >= n) {
      y.fill(budget <= 0 ? 0 : 1, r * n, (r + 1) * n)
      continue
    }
    let tau = root(x, budget, { start: (all - budget) / n, low: low - 1, high }, sums)
    if (Math.abs(sums.sum - budget) > 1e-12 * Math.max(1, budget)) {
      for (let i = 0; i < x.length; i++) x[i] -= tau
      tau = root(x, budget, { start: 0, low: low - tau - 1, high: high - tau }, sums)
    }
    for (let i = 0; i < n; i++) y[r * n + i] = Math.min(1, Math.max(0, x[i] - tau))
  }
  return z.length
}

/** The gradients by scores and budgets from that by the labels, row by row. */
export function plainBackward(
  dv: Float32Array,
  dz: Float64Array,
  y: Float32Array,
  g: Float32Array,
  n: number,
): void {
  const open = (at: number): boolean => y[at] > 0 && y[at] < 1
  for (let r = 0; r < dz.length; r++) {
    const sums = [0, 0, 0, 0]
    let free = 0
    const fours = n - (n % 4)
    for (let i = 0; i < fours; i++) {
      if (!open(r * n + i)) continue
      sums[i % 4] += g[r * n + i]
      free++
    }
    let along = sums[0] + sums[2] + (sums[1] + sums[3])
    for (let at = r * n + fours; at < (r + 1) * n; at++) {
      if (!open(at)) continue
      along += g[at]
      free++
    }
    const m = free > 0 ? along / free : 0
    dz[r] = m
    for (let at = r * n; at < (r + 1) * n; at++) dv[at] = open(at) ? g[at] - m : 0
  }
}
