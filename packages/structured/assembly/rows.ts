// flags: --importMemory
// What happens to rows between the matrix products: byte addresses, leading dimensions in bytes, `n` a multiple of 4; index
// arrays hold 32-bit integers. Twin: src/kernel/plain-rows.ts; same order of operations, same bits.

function positive(x: v128): v128 {
  // the first argument wins for NaN and for equal zeros, as in the twin
  return f32x4.pmax(f32x4.splat(0), x)
}

/** x[r] ← x[r] + row. */
export function addRow(x: usize, ldx: usize, row: usize, rows: i32, n: i32): void {
  for (; rows > 0; rows--, x += ldx)
    for (let f: usize = 0, end = (<usize>n) << 2; f < end; f += 16)
      v128.store(x + f, f32x4.add(v128.load(x + f), v128.load(row + f)))
}

/** out ← out + Σ_r x[r]. */
export function sumRows(out: usize, x: usize, ldx: usize, rows: i32, n: i32): void {
  for (; rows > 0; rows--, x += ldx)
    for (let f: usize = 0, end = (<usize>n) << 2; f < end; f += 16)
      v128.store(out + f, f32x4.add(v128.load(out + f), v128.load(x + f)))
}

/** x ← max(0, x). */
export function relu(x: usize, ldx: usize, rows: i32, n: i32): void {
  for (; rows > 0; rows--, x += ldx)
    for (let f: usize = 0, end = (<usize>n) << 2; f < end; f += 16)
      v128.store(x + f, positive(v128.load(x + f)))
}

/** d ← d where h > 0, else 0. */
export function mask(d: usize, ldd: usize, h: usize, ldh: usize, rows: i32, n: i32): void {
  const zero = f32x4.splat(0)
  for (; rows > 0; rows--, d += ldd, h += ldh)
    for (let f: usize = 0, end = (<usize>n) << 2; f < end; f += 16)
      v128.store(d + f, v128.and(v128.load(d + f), f32x4.gt(v128.load(h + f), zero)))
}

/** x[r] ← x[r] + src[index[r]]. */
export function gatherAdd(
  x: usize,
  ldx: usize,
  src: usize,
  lds: usize,
  index: usize,
  rows: i32,
  n: i32,
): void {
  for (; rows > 0; rows--, x += ldx, index += 4) {
    const from = src + <usize>load<i32>(index) * lds
    for (let f: usize = 0, end = (<usize>n) << 2; f < end; f += 16)
      v128.store(x + f, f32x4.add(v128.load(x + f), v128.load(from + f)))
  }
}

/** out[index[r]] ← out[index[r]] + x[r]. */
export function scatterAdd(
  out: usize,
  ldo: usize,
  x: usize,
  ldx: usize,
  index: usize,
  rows: i32,
  n: i32,
): void {
  for (; rows > 0; rows--, x += ldx, index += 4) {
    const to = out + <usize>load<i32>(index) * ldo
    for (let f: usize = 0, end = (<usize>n) << 2; f < end; f += 16)
      v128.store(to + f, f32x4.add(v128.load(to + f), v128.load(x + f)))
  }
}

/** x[r] ← 0; by stores, as memory.fill is a call that costs more than a row. */
export function clear(x: usize, ldx: usize, rows: i32, n: i32): void {
  for (; rows > 0; rows--, x += ldx)
    for (let f: usize = 0, end = (<usize>n) << 2; f < end; f += 16)
      v128.store(x + f, f32x4.splat(0))
}

/** Whether each x[r] is finite. */
export function finite(x: usize, ldx: usize, rows: i32, n: i32): i32 {
  // 0 x is NaN for what is not finite
  let sum = f32x4.splat(0)
  for (; rows > 0; rows--, x += ldx)
    for (let f: usize = 0, end = (<usize>n) << 2; f < end; f += 16)
      sum = v128.or(sum, f32x4.mul(v128.load(x + f), f32x4.splat(0)))
  return i32x4.all_true(f32x4.eq(sum, sum))
}

/** out[s] ← scale Σ x over the rows of segment s: start[s] ≤ r < start[s + 1]; scale is 1, or 1 / their number. */
export function segmentSum(
  out: usize,
  ldo: usize,
  x: usize,
  ldx: usize,
  start: usize,
  segments: i32,
  n: i32,
  mean: i32,
): void {
  for (; segments > 0; segments--, out += ldo, start += 4) {
    const first = load<i32>(start)
    const count = load<i32>(start, 4) - first
    const scale = f32x4.splat(mean && count > 0 ? <f32>1 / <f32>count : 1)
    for (let f: usize = 0, end = (<usize>n) << 2; f < end; f += 16) {
      let sum = f32x4.splat(0)
      let from = x + <usize>first * ldx + f
      for (let r = 0; r < count; r++, from += ldx) sum = f32x4.add(sum, v128.load(from))
      v128.store(out + f, f32x4.mul(sum, scale))
    }
  }
}

/**
 * dx[r] ← scale dOut[s] for the rows of segment s where h[r] > 0, or if `linear`; else 0: backwards through `segmentSum` and the ReLU
 * before, if there is one.
 */
export function segmentSpread(
  dx: usize,
  ldd: usize,
  dOut: usize,
  ldo: usize,
  h: usize,
  ldh: usize,
  start: usize,
  segments: i32,
  n: i32,
  mean: i32,
  linear: i32,
): void {
  const zero = f32x4.splat(0)
  const always = i32x4.splat(linear ? -1 : 0)
  const end = (<usize>n) << 2
  for (; segments > 0; segments--, dOut += ldo, start += 4) {
    const first = <usize>load<i32>(start)
    const count = load<i32>(start, 4) - load<i32>(start)
    const scale = f32x4.splat(mean && count > 0 ? <f32>1 / <f32>count : 1)
    let d = dx + first * ldd
    let at = h + first * ldh
    for (let r = 0; r < count; r++, d += ldd, at += ldh)
      for (let f: usize = 0; f < end; f += 16) {
        const open = v128.or(f32x4.gt(v128.load(at + f), zero), always)
        v128.store(d + f, v128.and(f32x4.mul(v128.load(dOut + f), scale), open))
      }
  }
}

/**
 * Adam: p moves by rate · m̂ / (√v̂ + ε); `first` and `second` are 1 − β₁ᵗ and 1 − β₂ᵗ. The gradient is set to zero. With
 * √(1 − β₂ᵗ) taken out of both parts of the fraction, a number costs one division.
 */
export function adam(
  p: usize,
  g: usize,
  m: usize,
  v: usize,
  count: i32,
  rate: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
  first: f32,
  second: f32,
): void {
  const b1 = f32x4.splat(beta1)
  const c1 = f32x4.splat(<f32>1 - beta1)
  const b2 = f32x4.splat(beta2)
  const c2 = f32x4.splat(<f32>1 - beta2)
  const root = sqrt<f32>(second)
  const step = f32x4.splat((rate / first) * root)
  const eps = f32x4.splat(epsilon * root)
  for (let f: usize = 0, end = (<usize>count) << 2; f < end; f += 16) {
    const gf = v128.load(g + f)
    const mf = f32x4.add(f32x4.mul(b1, v128.load(m + f)), f32x4.mul(c1, gf))
    const vf = f32x4.add(f32x4.mul(b2, v128.load(v + f)), f32x4.mul(c2, f32x4.mul(gf, gf)))
    v128.store(m + f, mf)
    v128.store(v + f, vf)
    const by = f32x4.div(f32x4.mul(step, mf), f32x4.add(f32x4.sqrt(vf), eps))
    v128.store(p + f, f32x4.sub(v128.load(p + f), by))
    v128.store(g + f, f32x4.splat(0))
  }
}
