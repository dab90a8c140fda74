// flags: --importMemory
// Products with a transposed matrix in float32: byte addresses, leading dimensions in bytes. Twin: src/kernel/plain-products.ts;
// same order of summation, same bits.

/** Most rows that are summed before they are added to C; as few equal pieces as there may be. */
const PIECE = 128

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
    const tall = k & ~3
    for (let j = 0; j < n; j += 8) {
      const eight = n - j >= 8
      const bj = b + ((<usize>j) << 2)
      const cj = c + ((<usize>j) << 2)
      if (eight) rows8(cj, ldc, a, lda, bj, ldb, depth, tall)
      else rows4(cj, ldc, a, lda, bj, ldb, depth, tall)
    }
    for (let i = tall; i < k; i++) {
      const ai = a + ((<usize>i) << 2)
      let ci = c + <usize>i * ldc
      let bi = b
      let left = n
      for (; left >= 16; left -= 16, ci += 64, bi += 64) row16(ci, ai, lda, bi, ldb, depth)
      for (; left > 0; left -= 4, ci += 16, bi += 16) row4(ci, ai, lda, bi, ldb, depth)
    }
    a += <usize>depth * lda
    b += <usize>depth * ldb
  }
}

function plus(c: v128, x: v128, b: v128): v128 {
  return f32x4.add(c, f32x4.mul(x, b))
}

/** One row of four columns. */
function row4(c: usize, a: usize, lda: usize, b: usize, ldb: usize, depth: i32): void {
  let sum = f32x4.splat(0)
  for (; depth > 0; depth--, a += lda, b += ldb)
    sum = plus(sum, v128.load_splat<f32>(a), v128.load(b))
  v128.store(c, f32x4.add(v128.load(c), sum))
}

/** One row of sixteen columns. */
function row16(c: usize, a: usize, lda: usize, b: usize, ldb: usize, depth: i32): void {
  let c0 = f32x4.splat(0)
  let c1 = f32x4.splat(0)
  let c2 = f32x4.splat(0)
  let c3 = f32x4.splat(0)
  for (; depth > 0; depth--, a += lda, b += ldb) {
    const x = v128.load_splat<f32>(a)
    c0 = plus(c0, x, v128.load(b))
    c1 = plus(c1, x, v128.load(b, 16))
    c2 = plus(c2, x, v128.load(b, 32))
    c3 = plus(c3, x, v128.load(b, 48))
  }
  v128.store(c, f32x4.add(v128.load(c), c0))
  v128.store(c, f32x4.add(v128.load(c, 16), c1), 16)
  v128.store(c, f32x4.add(v128.load(c, 32), c2), 32)
  v128.store(c, f32x4.add(v128.load(c, 48), c3), 48)
}

/** Rows of four columns, their number a multiple of 4. */
function rows4(
  c: usize,
  ldc: usize,
  from: usize,
  lda: usize,
  panel: usize,
  ldb: usize,
  depth: i32,
  rows: i32,
): void {
  for (; rows > 0; rows -= 4, from += 16) {
    let a = from
    let b = panel
    let c0 = f32x4.splat(0)
    let c1 = f32x4.splat(0)
    let c2 = f32x4.splat(0)
    let c3 = f32x4.splat(0)
    for (let left = depth; left > 0; left--, a += lda, b += ldb) {
      const bk = v128.load(b)
      c0 = plus(c0, v128.load_splat<f32>(a), bk)
      c1 = plus(c1, v128.load_splat<f32>(a, 4), bk)
      c2 = plus(c2, v128.load_splat<f32>(a, 8), bk)
      c3 = plus(c3, v128.load_splat<f32>(a, 12), bk)
    }
    v128.store(c, f32x4.add(v128.load(c), c0))
    c += ldc
    v128.store(c, f32x4.add(v128.load(c), c1))
    c += ldc
    v128.store(c, f32x4.add(v128.load(c), c2))
    c += ldc
    v128.store(c, f32x4.add(v128.load(c), c3))
    c += ldc
  }
}

/** Rows of eight columns, their number a multiple of 4: eight sums in registers, as in products.ts. */
function rows8(
  c: usize,
  ldc: usize,
  from: usize,
  lda: usize,
  panel: usize,
  ldb: usize,
  depth: i32,
  rows: i32,
): void {
  let b0: v128
  let b1: v128
  let x: v128
  for (; rows > 0; rows -= 4, from += 16) {
    let a = from
    let b = panel
    let c00 = f32x4.splat(0)
    let c01 = f32x4.splat(0)
    let c10 = f32x4.splat(0)
    let c11 = f32x4.splat(0)
    let c20 = f32x4.splat(0)
    let c21 = f32x4.splat(0)
    let c30 = f32x4.splat(0)
    let c31 = f32x4.splat(0)
    for (let left = depth; left > 0; left--) {
      b0 = v128.load(b)
      b1 = v128.load(b, 16)
      x = v128.load_splat<f32>(a)
      c00 = plus(c00, x, b0)
      c01 = plus(c01, x, b1)
      x = v128.load_splat<f32>(a, 4)
      c10 = plus(c10, x, b0)
      c11 = plus(c11, x, b1)
      x = v128.load_splat<f32>(a, 8)
      c20 = plus(c20, x, b0)
      c21 = plus(c21, x, b1)
      x = v128.load_splat<f32>(a, 12)
      c30 = plus(c30, x, b0)
      c31 = plus(c31, x, b1)
      a += lda
      b += ldb
    }
    v128.store(c, f32x4.add(v128.load(c), c00))
    v128.store(c, f32x4.add(v128.load(c, 16), c01), 16)
    c += ldc
    v128.store(c, f32x4.add(v128.load(c), c10))
    v128.store(c, f32x4.add(v128.load(c, 16), c11), 16)
    c += ldc
    v128.store(c, f32x4.add(v128.load(c), c20))
    v128.store(c, f32x4.add(v128.load(c, 16), c21), 16)
    c += ldc
    v128.store(c, f32x4.add(v128.load(c), c30))
    v128.store(c, f32x4.add(v128.load(c, 16), c31), 16)
    c += ldc
  }
}
