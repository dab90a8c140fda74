// flags: --importMemory
// Projection of rows of float32 scores onto the capped simplex, in float64: byte addresses, `n` labels in a row.
// Twin: src/cardinality/plain-budget.ts; same order of operations, same bits.

/** Σ of the clipped labels and number of the free ones at τ, of the last call of `sumAt`. */
let sum: f64 = 0
let count: f64 = 0

function sumAt(x: usize, end: usize, tau: f64): void {
  const zero = f64x2.splat(0)
  const one = f64x2.splat(1)
  const t = f64x2.splat(tau)
  let s0 = zero
  let s1 = zero
  let c0 = zero
  let c1 = zero
  for (; x < end; x += 32) {
    const a = f64x2.sub(v128.load(x), t)
    const b = f64x2.sub(v128.load(x, 16), t)
    s0 = f64x2.add(s0, f64x2.pmin(one, f64x2.pmax(zero, a)))
    s1 = f64x2.add(s1, f64x2.pmin(one, f64x2.pmax(zero, b)))
    c0 = f64x2.add(c0, v128.and(one, v128.and(f64x2.gt(a, zero), f64x2.lt(a, one))))
    c1 = f64x2.add(c1, v128.and(one, v128.and(f64x2.gt(b, zero), f64x2.lt(b, one))))
  }
  sum = total(f64x2.add(s0, s1))
  count = total(f64x2.add(c0, c1))
}

function total(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1)
}

/** A root τ of Σ clip(x − τ, 0, 1) − z by Newton's method, with bisection where a step leaves the bracket. */
function root(x: usize, end: usize, z: f64, start: f64, low: f64, high: f64): f64 {
  const tolerance: f64 = 1e-14 * max<f64>(1, z)
  let tau = start > low && start < high ? start : low + (high - low) / 2
  for (let t = 0; t < 400; t++) {
    sumAt(x, end, tau)
    const off = sum - z
    if (abs<f64>(off) <= tolerance) break
    if (off > 0) low = tau
    else high = tau
    let next = count > 0 ? tau + off / count : low + (high - low) / 2
    if (!(next > low && next < high)) next = low + (high - low) / 2
    if (next === tau || !(next > low && next < high)) break
    tau = next
  }
  return tau
}

/**
 * y ← clip(v − τ, 0, 1) with Σ y = z, 0 ≤ z ≤ n, for each row; `x` has room for a row of float64, a multiple of four. Returns
 * the first row with a score that is not finite, or the number of rows.
 */
export function project(y: usize, v: usize, z: usize, x: usize, rows: i32, n: i32): i32 {
  const size = <usize>n
  const end = x + (((size + 3) & ~3) << 3)
  const zero = f64x2.splat(0)
  const one = f64x2.splat(1)
  for (let r = 0; r < rows; r++, z += 8) {
    let lows = f64x2.splat(Infinity)
    let highs = f64x2.splat(-Infinity)
    let sums = zero
    let zeros = zero
    const pairs = size & ~1
    for (let i: usize = 0; i < pairs; i += 2) {
      const score = f64x2.promote_low_f32x4(v128.load64_zero(v + (i << 2)))
      v128.store(x + (i << 3), score)
      lows = f64x2.pmin(lows, score)
      highs = f64x2.pmax(highs, score)
      sums = f64x2.add(sums, score)
      zeros = f64x2.add(zeros, f64x2.mul(score, zero))
    }
    let low = min<f64>(f64x2.extract_lane(lows, 0), f64x2.extract_lane(lows, 1))
    let high = max<f64>(f64x2.extract_lane(highs, 0), f64x2.extract_lane(highs, 1))
    let all = total(sums)
    let odd = total(zeros)
    if (pairs < size) {
      const score = <f64>load<f32>(v + (pairs << 2))
      store<f64>(x + (pairs << 3), score)
      low = min<f64>(low, score)
      high = max<f64>(high, score)
      all += score
      odd += score * 0
    }
    if (odd !== 0) return r
    for (let at = x + (size << 3); at < end; at += 8) store<f64>(at, -Infinity)
    const budget = load<f64>(z)
    if (budget <= 0 || budget >= <f64>n) {
      const label: f32 = budget <= 0 ? 0 : 1
      for (let i: usize = 0; i < size; i++, y += 4, v += 4) store<f32>(y, label)
      continue
    }
    let tau = root(x, end, budget, (all - budget) / <f64>n, low - 1, high)
    if (abs<f64>(sum - budget) > 1e-12 * max<f64>(1, budget)) {
      // scores so large that τ is rounded by more: from it their differences are exact
      for (let at = x; at < end; at += 8) store<f64>(at, load<f64>(at) - tau)
      tau = root(x, end, budget, 0, low - tau - 1, high - tau)
    }
    const t = f64x2.splat(tau)
    let at = x
    for (const last = x + (pairs << 3); at < last; at += 16, y += 8, v += 8) {
      const label = f64x2.pmin(one, f64x2.pmax(zero, f64x2.sub(v128.load(at), t)))
      v128.store64_lane(y, f32x4.demote_f64x2_zero(label), 0)
    }
    if (pairs < size) {
      store<f32>(y, <f32>min<f64>(1, max<f64>(0, load<f64>(at) - tau)))
      y += 4
      v += 4
    }
  }
  return rows
}

/** The gradient g by labels to that by scores, dv, and by budgets, dz, for each row of labels y. */
export function backward(dv: usize, dz: usize, y: usize, g: usize, rows: i32, n: i32): void {
  const size = (<usize>n) << 2
  const fours = size & ~15
  const none = f32x4.splat(0)
  const ones = f32x4.splat(1)
  for (; rows > 0; rows--, dv += size, dz += 8, y += size, g += size) {
    let s0 = f64x2.splat(0)
    let s1 = f64x2.splat(0)
    let counts = none
    let i: usize = 0
    for (; i < fours; i += 16) {
      const label = v128.load(y + i)
      const open = v128.and(f32x4.gt(label, none), f32x4.lt(label, ones))
      const up = v128.and(open, v128.load(g + i))
      s0 = f64x2.add(s0, f64x2.promote_low_f32x4(up))
      s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.shuffle<f32>(up, up, 2, 3, 2, 3)))
      counts = f32x4.add(counts, v128.and(open, ones))
    }
    let along = total(f64x2.add(s0, s1))
    let free: f32 =
      f32x4.extract_lane(counts, 0) +
      f32x4.extract_lane(counts, 1) +
      (f32x4.extract_lane(counts, 2) + f32x4.extract_lane(counts, 3))
    for (; i < size; i += 4) {
      const label = load<f32>(y + i)
      if (!(label > 0 && label < 1)) continue
      along += <f64>load<f32>(g + i)
      free += 1
    }
    const m: f64 = free > 0 ? along / <f64>free : 0
    const mean = f64x2.splat(m)
    store<f64>(dz, m)
    for (i = 0; i < fours; i += 16) {
      const label = v128.load(y + i)
      const open = v128.and(f32x4.gt(label, none), f32x4.lt(label, ones))
      const up = v128.load(g + i)
      const left = f64x2.sub(f64x2.promote_low_f32x4(up), mean)
      const right = f64x2.sub(f64x2.promote_low_f32x4(v128.shuffle<f32>(up, up, 2, 3, 2, 3)), mean)
      const both = v128.shuffle<f64>(
        f32x4.demote_f64x2_zero(left),
        f32x4.demote_f64x2_zero(right),
        0,
        2,
      )
      v128.store(dv + i, v128.and(open, both))
    }
    for (; i < size; i += 4) {
      const label = load<f32>(y + i)
      const open = label > 0 && label < 1
      store<f32>(dv + i, open ? <f32>(<f64>load<f32>(g + i) - m) : 0)
    }
  }
}
