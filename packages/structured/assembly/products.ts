// flags: --importMemory
// Matrix products in float32 on arrays that lie in the memory: byte addresses, leading dimensions in bytes. Twin:
// src/kernel/plain-products.ts; same order of summation, same bits. Columns come in fours; the rows of C beyond m are not
// touched.

/** Rows of a block, so that it stays in the first cache while all panels pass. */
const BLOCK = 32

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
    const rows = min(m - first, BLOCK)
    let p = panels
    for (let j = 0; j < wide;) {
      const width = panelWidth(wide - j)
      const step = (<usize>width) << 2
      const tall = width === 16 ? rows & ~1 : rows & ~3
      let to = c + ((<usize>j) << 2)
      let from = a
      if (width === 16) rows16(to, ldc, from, lda, p, k, accumulate, tall)
      else if (width === 8) rows8(to, ldc, from, lda, p, k, accumulate, tall)
      else rows4(to, ldc, from, lda, p, k, accumulate, tall)
      to += <usize>tall * ldc
      from += <usize>tall * lda
      for (let r = tall; r < rows; r++, to += ldc, from += lda) {
        for (let q: usize = 0; q < step; q += 16) row4(to + q, from, p + q, step, k, accumulate)
      }
      p += step * <usize>k
      j += width
    }
    c += BLOCK * ldc
    a += BLOCK * lda
  }
}

/** Panels of 16 columns, then perhaps one of 8 and one of 4. */
function panelWidth(left: i32): i32 {
  return left >= 16 ? 16 : left >= 8 ? 8 : 4
}

/** B in panels, each row by row. */
function pack(to: usize, b: usize, ldb: usize, k: i32, n: i32, transposed: i32): void {
  const wide = (n + 3) & ~3
  for (let j = 0; j < wide;) {
    const width = panelWidth(wide - j)
    const step = (<usize>width) << 2
    for (let q = j; q < j + width; q += 4) {
      const at = to + ((<usize>(q - j)) << 2)
      if (transposed) packRows(at, step, b + <usize>q * ldb, ldb, k, min(4, n - q))
      else packColumns(at, step, b + ((<usize>q) << 2), ldb, k, min(4, n - q))
    }
    to += step * <usize>k
    j += width
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

function plus(c: v128, x: v128, b: v128): v128 {
  return f32x4.add(c, f32x4.mul(x, b))
}

/** One row of four columns. */
function row4(c: usize, a: usize, b: usize, step: usize, k: i32, accumulate: i32): void {
  let sum = f32x4.splat(0)
  for (; k > 0; k--, a += 4, b += step) sum = plus(sum, v128.load_splat<f32>(a), v128.load(b))
  v128.store(c, accumulate ? f32x4.add(v128.load(c), sum) : sum)
}

/** Rows of four columns, their number a multiple of 4. */
// oxfmt-ignore
function rows4(c: usize, ldc: usize, a: usize, lda: usize, panel: usize, k: i32, accumulate: i32, rows: i32): void {
  for (; rows > 0; rows -= 4) {
    let a0 = a
    let a1 = a0 + lda
    let a2 = a1 + lda
    let a3 = a2 + lda
    a = a3 + lda
    let b = panel
    let c0 = f32x4.splat(0)
    let c1 = f32x4.splat(0)
    let c2 = f32x4.splat(0)
    let c3 = f32x4.splat(0)
    for (let left = k; left > 0; left--, a0 += 4, a1 += 4, a2 += 4, a3 += 4, b += 16) {
      const bk = v128.load(b)
      c0 = plus(c0, v128.load_splat<f32>(a0), bk)
      c1 = plus(c1, v128.load_splat<f32>(a1), bk)
      c2 = plus(c2, v128.load_splat<f32>(a2), bk)
      c3 = plus(c3, v128.load_splat<f32>(a3), bk)
    }
    if (accumulate) {
      c0 = f32x4.add(v128.load(c), c0)
      c1 = f32x4.add(v128.load(c + ldc), c1)
      c2 = f32x4.add(v128.load(c + 2 * ldc), c2)
      c3 = f32x4.add(v128.load(c + 3 * ldc), c3)
    }
    v128.store(c, c0)
    v128.store(c + ldc, c1)
    v128.store(c + 2 * ldc, c2)
    v128.store(c + 3 * ldc, c3)
    c += 4 * ldc
  }
}

/** Rows of eight columns, their number a multiple of 4. */
function rows8(
  c: usize,
  ldc: usize,
  a: usize,
  lda: usize,
  panel: usize,
  k: i32,
  accumulate: i32,
  rows: i32,
): void {
  let b0: v128
  let b1: v128
  let x: v128
  for (; rows > 0; rows -= 4) {
    let a0 = a
    let a1 = a0 + lda
    let a2 = a1 + lda
    let a3 = a2 + lda
    a = a3 + lda
    let b = panel
    let c00 = f32x4.splat(0)
    let c01 = f32x4.splat(0)
    let c10 = f32x4.splat(0)
    let c11 = f32x4.splat(0)
    let c20 = f32x4.splat(0)
    let c21 = f32x4.splat(0)
    let c30 = f32x4.splat(0)
    let c31 = f32x4.splat(0)
    const end = a0 + ((<usize>k) << 2)
    while (a0 < end) {
      b0 = v128.load(b)
      b1 = v128.load(b, 16)
      x = v128.load_splat<f32>(a0)
      c00 = plus(c00, x, b0)
      c01 = plus(c01, x, b1)
      x = v128.load_splat<f32>(a1)
      c10 = plus(c10, x, b0)
      c11 = plus(c11, x, b1)
      x = v128.load_splat<f32>(a2)
      c20 = plus(c20, x, b0)
      c21 = plus(c21, x, b1)
      x = v128.load_splat<f32>(a3)
      c30 = plus(c30, x, b0)
      c31 = plus(c31, x, b1)
      a0 += 4
      a1 += 4
      a2 += 4
      a3 += 4
      b += 32
    }
    if (accumulate) {
      let to = c
      c00 = f32x4.add(v128.load(to), c00)
      c01 = f32x4.add(v128.load(to, 16), c01)
      to += ldc
      c10 = f32x4.add(v128.load(to), c10)
      c11 = f32x4.add(v128.load(to, 16), c11)
      to += ldc
      c20 = f32x4.add(v128.load(to), c20)
      c21 = f32x4.add(v128.load(to, 16), c21)
      to += ldc
      c30 = f32x4.add(v128.load(to), c30)
      c31 = f32x4.add(v128.load(to, 16), c31)
    }
    store8(c, c00, c01)
    store8(c + ldc, c10, c11)
    store8(c + 2 * ldc, c20, c21)
    store8(c + 3 * ldc, c30, c31)
    c += 4 * ldc
  }
}

function store8(at: usize, x: v128, y: v128): void {
  v128.store(at, x)
  v128.store(at, y, 16)
}

/**
 * Rows of sixteen columns, their number even: eight sums stay in registers with all that a step loads. Two steps of the loop in one
 * were slower in V8.
 */
function rows16(
  c: usize,
  ldc: usize,
  a: usize,
  lda: usize,
  panel: usize,
  k: i32,
  accumulate: i32,
  rows: i32,
): void {
  for (; rows > 0; rows -= 2) {
    let a0 = a
    let a1 = a0 + lda
    a = a1 + lda
    let b = panel
    let c00 = f32x4.splat(0)
    let c01 = f32x4.splat(0)
    let c02 = f32x4.splat(0)
    let c03 = f32x4.splat(0)
    let c10 = f32x4.splat(0)
    let c11 = f32x4.splat(0)
    let c12 = f32x4.splat(0)
    let c13 = f32x4.splat(0)
    const end = a0 + ((<usize>k) << 2)
    for (; a0 < end; a0 += 4, a1 += 4, b += 64) {
      const x = v128.load_splat<f32>(a0)
      const y = v128.load_splat<f32>(a1)
      const b0 = v128.load(b)
      c00 = plus(c00, x, b0)
      c10 = plus(c10, y, b0)
      const b1 = v128.load(b, 16)
      c01 = plus(c01, x, b1)
      c11 = plus(c11, y, b1)
      const b2 = v128.load(b, 32)
      c02 = plus(c02, x, b2)
      c12 = plus(c12, y, b2)
      const b3 = v128.load(b, 48)
      c03 = plus(c03, x, b3)
      c13 = plus(c13, y, b3)
    }
    const d = c + ldc
    if (accumulate) {
      c00 = f32x4.add(v128.load(c), c00)
      c01 = f32x4.add(v128.load(c, 16), c01)
      c02 = f32x4.add(v128.load(c, 32), c02)
      c03 = f32x4.add(v128.load(c, 48), c03)
      c10 = f32x4.add(v128.load(d), c10)
      c11 = f32x4.add(v128.load(d, 16), c11)
      c12 = f32x4.add(v128.load(d, 32), c12)
      c13 = f32x4.add(v128.load(d, 48), c13)
    }
    v128.store(c, c00)
    v128.store(c, c01, 16)
    v128.store(c, c02, 32)
    v128.store(c, c03, 48)
    v128.store(d, c10)
    v128.store(d, c11, 16)
    v128.store(d, c12, 32)
    v128.store(d, c13, 48)
    c = d + ldc
  }
}
