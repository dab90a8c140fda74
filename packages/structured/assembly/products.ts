// flags: --importMemory
// Matrix products in float32 on arrays that lie in the memory: byte addresses, leading dimensions in bytes. Twin:
// src/kernel/plain-products.ts; same order of summation, same bits. Columns come in fours; the rows of C beyond m are not
// touched.

/** Rows of a block in `gemm`, so that it stays in the first cache while all panels pass. */
const BLOCK = 32
/** Rows that `gemmT` sums before it adds to C. */
const CHUNK = 64

/**
 * C ← A B, or C + A B: [m, k] times [k, n], or with `transposed` times the transpose of [n, k]. `panels` has room for
 * k · n numbers, n rounded up to a multiple of 4; B's columns beyond n count as zero.
 */
export function gemm(
  c: usize,
  ldc: usize,
  a: usize,
  lda: usize,
  b: usize,
  ldb: usize,
  m: i32,
  k: i32,
  n: i32,
  transposed: i32,
  accumulate: i32,
  panels: usize,
): void {
  const wide = (n + 3) & ~3
  pack(panels, b, ldb, k, n, transposed)
  for (let first = 0; first < m; first += BLOCK) {
    const last = min(m, first + BLOCK)
    let p = panels
    for (let j = 0; j < wide; j += 8) {
      const eight = wide - j >= 8
      const step: usize = eight ? 32 : 16
      const to = c + ((<usize>j) << 2)
      for (let i = first; i < last; i += 4) {
        const ai = a + <usize>i * lda
        const ci = to + <usize>i * ldc
        if (last - i >= 4) {
          if (eight) tile48(ci, ldc, ai, lda, 4, p, step, k, accumulate)
          else tile44(ci, ldc, ai, lda, 4, p, step, k, accumulate)
        } else rest(ci, ldc, ai, lda, 4, p, step, k, accumulate, last - i, eight)
      }
      p += step * <usize>k
    }
  }
}

/** C ← C + Aᵀ B: [m, k] transposed times [m, n]; n is a multiple of 4. */
export function gemmT(
  c: usize,
  ldc: usize,
  a: usize,
  lda: usize,
  b: usize,
  ldb: usize,
  m: i32,
  k: i32,
  n: i32,
): void {
  for (let first = 0; first < m; first += CHUNK) {
    const depth = min(CHUNK, m - first)
    const af = a + <usize>first * lda
    const bf = b + <usize>first * ldb
    for (let j = 0; j < n; j += 8) {
      const eight = n - j >= 8
      const bj = bf + ((<usize>j) << 2)
      for (let i = 0; i < k; i += 4) {
        const ai = af + ((<usize>i) << 2)
        const ci = c + <usize>i * ldc + ((<usize>j) << 2)
        if (k - i >= 4) {
          if (eight) tile48(ci, ldc, ai, 4, lda, bj, ldb, depth, 1)
          else tile44(ci, ldc, ai, 4, lda, bj, ldb, depth, 1)
        } else rest(ci, ldc, ai, 4, lda, bj, ldb, depth, 1, k - i, eight)
      }
    }
  }
}

/** B in panels of 8 columns, the last perhaps of 4; each panel row by row. */
function pack(to: usize, b: usize, ldb: usize, k: i32, n: i32, transposed: i32): void {
  const rowStep: usize = transposed ? 4 : ldb
  const colStep: usize = transposed ? ldb : 4
  const wide = (n + 3) & ~3
  for (let j = 0; j < wide; j += 8) {
    const width = min(8, wide - j)
    for (let p = 0; p < k; p++) {
      let from = b + <usize>p * rowStep + <usize>j * colStep
      for (let q = 0; q < width; q++, from += colStep, to += 4)
        store<f32>(to, j + q < n ? load<f32>(from) : 0)
    }
  }
}

/** Fewer than four rows, one by one. */
function rest(
  c: usize,
  ldc: usize,
  a: usize,
  rows: usize,
  steps: usize,
  b: usize,
  ldb: usize,
  k: i32,
  accumulate: i32,
  count: i32,
  eight: bool,
): void {
  for (let r = 0; r < count; r++, c += ldc, a += rows) {
    tile14(c, a, steps, b, ldb, k, accumulate)
    if (eight) tile14(c + 16, a, steps, b + 16, ldb, k, accumulate)
  }
}

function tile14(
  c: usize,
  a: usize,
  steps: usize,
  b: usize,
  ldb: usize,
  k: i32,
  accumulate: i32,
): void {
  let sum = f32x4.splat(0)
  for (; k > 0; k--, a += steps, b += ldb)
    sum = f32x4.add(sum, f32x4.mul(v128.load_splat<f32>(a), v128.load(b)))
  put(c, sum, accumulate)
}

function put(c: usize, sum: v128, accumulate: i32): void {
  v128.store(c, accumulate ? f32x4.add(v128.load(c), sum) : sum)
}

function tile44(
  c: usize,
  ldc: usize,
  a: usize,
  rows: usize,
  steps: usize,
  b: usize,
  ldb: usize,
  k: i32,
  accumulate: i32,
): void {
  let c0 = f32x4.splat(0)
  let c1 = f32x4.splat(0)
  let c2 = f32x4.splat(0)
  let c3 = f32x4.splat(0)
  let d = a + 2 * rows
  for (; k > 0; k--, a += steps, d += steps, b += ldb) {
    const bk = v128.load(b)
    c0 = f32x4.add(c0, f32x4.mul(v128.load_splat<f32>(a), bk))
    c1 = f32x4.add(c1, f32x4.mul(v128.load_splat<f32>(a + rows), bk))
    c2 = f32x4.add(c2, f32x4.mul(v128.load_splat<f32>(d), bk))
    c3 = f32x4.add(c3, f32x4.mul(v128.load_splat<f32>(d + rows), bk))
  }
  put(c, c0, accumulate)
  put(c + ldc, c1, accumulate)
  put(c + 2 * ldc, c2, accumulate)
  put(c + 3 * ldc, c3, accumulate)
}

function tile48(
  c: usize,
  ldc: usize,
  a: usize,
  rows: usize,
  steps: usize,
  b: usize,
  ldb: usize,
  k: i32,
  accumulate: i32,
): void {
  let c00 = f32x4.splat(0)
  let c01 = f32x4.splat(0)
  let c10 = f32x4.splat(0)
  let c11 = f32x4.splat(0)
  let c20 = f32x4.splat(0)
  let c21 = f32x4.splat(0)
  let c30 = f32x4.splat(0)
  let c31 = f32x4.splat(0)
  let d = a + 2 * rows
  for (; k > 0; k--, a += steps, d += steps, b += ldb) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const a0 = v128.load_splat<f32>(a)
    c00 = f32x4.add(c00, f32x4.mul(a0, b0))
    c01 = f32x4.add(c01, f32x4.mul(a0, b1))
    const a1 = v128.load_splat<f32>(a + rows)
    c10 = f32x4.add(c10, f32x4.mul(a1, b0))
    c11 = f32x4.add(c11, f32x4.mul(a1, b1))
    const a2 = v128.load_splat<f32>(d)
    c20 = f32x4.add(c20, f32x4.mul(a2, b0))
    c21 = f32x4.add(c21, f32x4.mul(a2, b1))
    const a3 = v128.load_splat<f32>(d + rows)
    c30 = f32x4.add(c30, f32x4.mul(a3, b0))
    c31 = f32x4.add(c31, f32x4.mul(a3, b1))
  }
  put(c, c00, accumulate)
  put(c + 16, c01, accumulate)
  c += ldc
  put(c, c10, accumulate)
  put(c + 16, c11, accumulate)
  c += ldc
  put(c, c20, accumulate)
  put(c + 16, c21, accumulate)
  c += ldc
  put(c, c30, accumulate)
  put(c + 16, c31, accumulate)
}
