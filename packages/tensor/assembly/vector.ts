// flags: --importMemory
// Level-1 and level-2 kernels on arrays that lie in the memory (byte addresses, multiples of 8). Twins: src/dense/dot.ts,
// axpy.ts, gemv.ts; same order of summation, same bits.

/** Σ aᵢ bᵢ: eight partial sums, then the last n mod 8 one by one. */
export function dot(a: usize, b: usize, n: i32): f64 {
  let s0 = f64x2.splat(0)
  let s1 = f64x2.splat(0)
  let s2 = f64x2.splat(0)
  let s3 = f64x2.splat(0)
  const whole = a + ((<usize>(n & ~7)) << 3)
  const end = a + ((<usize>n) << 3)
  for (; a < whole; a += 64, b += 64) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(a), v128.load(b)))
    s1 = f64x2.add(s1, f64x2.mul(v128.load(a, 16), v128.load(b, 16)))
    s2 = f64x2.add(s2, f64x2.mul(v128.load(a, 32), v128.load(b, 32)))
    s3 = f64x2.add(s3, f64x2.mul(v128.load(a, 48), v128.load(b, 48)))
  }
  const total = f64x2.add(f64x2.add(s0, s2), f64x2.add(s1, s3))
  let sum = f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1)
  for (; a < end; a += 8, b += 8) sum += load<f64>(a) * load<f64>(b)
  return sum
}

/** y ← y + factor · x. */
export function axpy(y: usize, factor: f64, x: usize, n: i32): void {
  const splat = f64x2.splat(factor)
  const whole = y + ((<usize>(n & ~3)) << 3)
  const end = y + ((<usize>n) << 3)
  for (; y < whole; y += 32, x += 32) {
    v128.store(y, f64x2.add(v128.load(y), f64x2.mul(splat, v128.load(x))))
    v128.store(y, f64x2.add(v128.load(y, 16), f64x2.mul(splat, v128.load(x, 16))), 16)
  }
  for (; y < end; y += 8, x += 8) store<f64>(y, load<f64>(y) + factor * load<f64>(x))
}

/** y ← A x for a row-major A: every entry a `dot`. */
export function gemv(y: usize, a: usize, x: usize, rows: i32, cols: i32): void {
  const stride = (<usize>cols) << 3
  for (let i = 0; i < rows; i++, y += 8, a += stride) store<f64>(y, dot(a, x, cols))
}

/** y ← Aᵀ x: row i times xᵢ, added in order. */
export function gemvTransposed(y: usize, a: usize, x: usize, rows: i32, cols: i32): void {
  const stride = (<usize>cols) << 3
  memory.fill(y, 0, stride)
  for (let i = 0; i < rows; i++, x += 8, a += stride) axpy(y, load<f64>(x), a, cols)
}

/**
 * The Cholesky factor in place: on entry the lower triangle of A, on exit that of L. Returns −1, or the index of the first pivot
 * that is not positive, whose value then stands on the diagonal.
 */
export function cholesky(l: usize, n: i32): i32 {
  const stride = (<usize>n) << 3
  let row = l
  for (let i = 0; i < n; i++, row += stride) {
    let other = l
    for (let j = 0; j < i; j++, other += stride) {
      const at = (<usize>j) << 3
      store<f64>(row + at, (load<f64>(row + at) - dot(row, other, j)) / load<f64>(other + at))
    }
    const at = row + ((<usize>i) << 3)
    const value = load<f64>(at) - dot(row, row, i)
    if (!(value > 0)) {
      store<f64>(at, value)
      return i
    }
    store<f64>(at, sqrt<f64>(value))
  }
  return -1
}
