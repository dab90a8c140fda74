// flags: --initialMemory 18 --maximumMemory 18
// The inner part of matrix products: blocks of A and B, already packed into panels, multiplied in registers. Driver, packing and twin:
// src/dense/gemm*.ts. Every entry of C is a sum over the depth in order, so the twin gives the same bits.

const AREA: usize = memory.data(16, 16)

/** The first byte that the caller may use. */
export function area(): usize {
  return AREA
}

/** One block of 64: C (rows × cols) = A B over `depth`, from panels of 4 rows of A and 4 columns of B. */
export function block64(
  c: usize,
  a: usize,
  b: usize,
  rows: i32,
  cols: i32,
  depth: i32,
  stride: usize,
): void {
  const panelA = <usize>depth * 32
  const panelB = <usize>depth * 32
  for (let j = 0; j < cols; j += 4, b += panelB) {
    let panel = a
    let to = c + <usize>j * 8
    for (let i = 0; i < rows; i += 4, panel += panelA, to += 4 * stride) {
      tile64(to, panel, b, panelA, stride)
    }
  }
}

function tile64(c: usize, a: usize, b: usize, length: usize, stride: usize): void {
  let c00 = f64x2.splat(0)
  let c01 = f64x2.splat(0)
  let c10 = f64x2.splat(0)
  let c11 = f64x2.splat(0)
  let c20 = f64x2.splat(0)
  let c21 = f64x2.splat(0)
  let c30 = f64x2.splat(0)
  let c31 = f64x2.splat(0)
  const end = a + length
  for (; a < end; a += 32, b += 32) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const a0 = v128.load_splat<f64>(a, 0)
    c00 = f64x2.add(c00, f64x2.mul(a0, b0))
    c01 = f64x2.add(c01, f64x2.mul(a0, b1))
    const a1 = v128.load_splat<f64>(a, 8)
    c10 = f64x2.add(c10, f64x2.mul(a1, b0))
    c11 = f64x2.add(c11, f64x2.mul(a1, b1))
    const a2 = v128.load_splat<f64>(a, 16)
    c20 = f64x2.add(c20, f64x2.mul(a2, b0))
    c21 = f64x2.add(c21, f64x2.mul(a2, b1))
    const a3 = v128.load_splat<f64>(a, 24)
    c30 = f64x2.add(c30, f64x2.mul(a3, b0))
    c31 = f64x2.add(c31, f64x2.mul(a3, b1))
  }
  v128.store(c, c00)
  v128.store(c, c01, 16)
  c += stride
  v128.store(c, c10)
  v128.store(c, c11, 16)
  c += stride
  v128.store(c, c20)
  v128.store(c, c21, 16)
  c += stride
  v128.store(c, c30)
  v128.store(c, c31, 16)
}

/** One block of 32: C (rows × cols) = A B over `depth`, from panels of 4 rows of A and 8 columns of B. */
export function block32(
  c: usize,
  a: usize,
  b: usize,
  rows: i32,
  cols: i32,
  depth: i32,
  stride: usize,
): void {
  const panelA = <usize>depth * 16
  const panelB = <usize>depth * 32
  for (let j = 0; j < cols; j += 8, b += panelB) {
    let panel = a
    let to = c + <usize>j * 4
    for (let i = 0; i < rows; i += 4, panel += panelA, to += 4 * stride) {
      tile32(to, panel, b, panelA, stride)
    }
  }
}

function tile32(c: usize, a: usize, b: usize, length: usize, stride: usize): void {
  let c00 = f32x4.splat(0)
  let c01 = f32x4.splat(0)
  let c10 = f32x4.splat(0)
  let c11 = f32x4.splat(0)
  let c20 = f32x4.splat(0)
  let c21 = f32x4.splat(0)
  let c30 = f32x4.splat(0)
  let c31 = f32x4.splat(0)
  const end = a + length
  for (; a < end; a += 16, b += 32) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const a0 = v128.load_splat<f32>(a, 0)
    c00 = f32x4.add(c00, f32x4.mul(a0, b0))
    c01 = f32x4.add(c01, f32x4.mul(a0, b1))
    const a1 = v128.load_splat<f32>(a, 4)
    c10 = f32x4.add(c10, f32x4.mul(a1, b0))
    c11 = f32x4.add(c11, f32x4.mul(a1, b1))
    const a2 = v128.load_splat<f32>(a, 8)
    c20 = f32x4.add(c20, f32x4.mul(a2, b0))
    c21 = f32x4.add(c21, f32x4.mul(a2, b1))
    const a3 = v128.load_splat<f32>(a, 12)
    c30 = f32x4.add(c30, f32x4.mul(a3, b0))
    c31 = f32x4.add(c31, f32x4.mul(a3, b1))
  }
  v128.store(c, c00)
  v128.store(c, c01, 16)
  c += stride
  v128.store(c, c10)
  v128.store(c, c11, 16)
  c += stride
  v128.store(c, c20)
  v128.store(c, c21, 16)
  c += stride
  v128.store(c, c30)
  v128.store(c, c31, 16)
}
