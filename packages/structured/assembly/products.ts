// flags: --importMemory
// Matrix products in float32 on arrays that lie in the memory: byte addresses, leading dimensions in bytes. Twin:
// src/kernel/plain-products.ts; same order of summation, same bits. Columns come in fours; the rows of C beyond m are not
// touched.

/** Rows of a block in `gemm`, so that it stays in the first cache while all panels pass. */
const BLOCK = 32
/** Most rows that `gemmT` sums before it adds to C; it takes as few equal pieces as there may be. */
const PIECE = 128

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
  const pieces = (m + PIECE - 1) / PIECE
  const piece = pieces > 0 ? (m + pieces - 1) / pieces : 0
  for (let first = 0; first < m; first += piece) {
    const depth = min(piece, m - first)
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
  const wide = (n + 3) & ~3
  for (let j = 0; j < wide; j += 8) {
    const step: usize = wide - j >= 8 ? 32 : 16
    for (let q = j; q < min(wide, j + 8); q += 4) {
      const at = to + ((<usize>(q - j)) << 2)
      if (transposed) packRows(at, step, b + <usize>q * ldb, ldb, k, min(4, n - q))
      else packColumns(at, step, b + ((<usize>q) << 2), ldb, k, min(4, n - q))
    }
    to += step * <usize>k
  }
}

/** Four columns of B, or fewer and zeros. */
function packColumns(to: usize, step: usize, b: usize, ldb: usize, k: i32, count: i32): void {
  for (; k > 0; k--, to += step, b += ldb)
    if (count === 4) v128.store(to, v128.load(b))
    else for (let q = 0; q < 4; q++) put1(to, q, q < count ? load<f32>(b + ((<usize>q) << 2)) : 0)
}

/** Four rows of B as columns, or fewer and zeros. */
function packRows(to: usize, step: usize, b: usize, ldb: usize, k: i32, count: i32): void {
  let d = b + 2 * ldb
  if (count === 4)
    for (; k >= 4; k -= 4, b += 16, d += 16, to += 4 * step) {
      const r0 = v128.load(b)
      const r1 = v128.load(b + ldb)
      const r2 = v128.load(d)
      const r3 = v128.load(d + ldb)
      const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5)
      const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5)
      const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7)
      const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7)
      v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2))
      v128.store(to + step, v128.shuffle<f64>(low01, low23, 1, 3))
      v128.store(to + 2 * step, v128.shuffle<f64>(high01, high23, 0, 2))
      v128.store(to + 3 * step, v128.shuffle<f64>(high01, high23, 1, 3))
    }
  for (; k > 0; k--, b += 4, to += step)
    for (let q = 0; q < 4; q++) put1(to, q, q < count ? load<f32>(b + <usize>q * ldb) : 0)
}

function put1(to: usize, q: i32, x: f32): void {
  store<f32>(to + ((<usize>q) << 2), x)
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
