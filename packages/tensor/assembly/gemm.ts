// flags: --initialMemory 30 --maximumMemory 30
// The inner part of matrix products: blocks of A and B, already packed into panels, multiplied in registers. Driver, packing and twin:
// src/dense/gemm*.ts. Every entry of C is a sum over the depth in order, so the twin gives the same bits.

const AREA: usize = memory.data(16, 16)

/** The first byte that the caller may use. */
export function area(): usize {
  return AREA
}

/** Packs `lines` lines of `depth` numbers each, stored one after the other, into panels of `width` (4 or 8) lines. */
export function along64(to: usize, from: usize, lines: i32, depth: i32, width: i32): void {
  const line = <usize>depth * 8
  const step = <usize>width * 8
  for (let first = 0; first < lines; first += width, to += line * width, from += line * width) {
    for (let half = 0; half < width; half += 4) {
      let p = to + <usize>half * 8
      let q = from + <usize>half * line
      for (const end = q + line; q < end; q += 8, p += step) {
        store<u64>(p, load<u64>(q))
        store<u64>(p, load<u64>(q + line), 8)
        store<u64>(p, load<u64>(q + 2 * line), 16)
        store<u64>(p, load<u64>(q + 3 * line), 24)
      }
    }
  }
}

/** Packs `lines` lines of `depth` numbers each, stored one after the other, into panels of `width` (4 or 8) lines. */
export function along32(to: usize, from: usize, lines: i32, depth: i32, width: i32): void {
  const line = <usize>depth * 4
  const step = <usize>width * 4
  for (let first = 0; first < lines; first += width, to += line * width, from += line * width) {
    for (let half = 0; half < width; half += 4) {
      let p = to + <usize>half * 4
      let q = from + <usize>half * line
      for (const end = q + line; q < end; q += 4, p += step) {
        store<u32>(p, load<u32>(q))
        store<u32>(p, load<u32>(q + line), 4)
        store<u32>(p, load<u32>(q + 2 * line), 8)
        store<u32>(p, load<u32>(q + 3 * line), 12)
      }
    }
  }
}

/** Packs lines that are stored side by side: `depth` rows of `row` bytes, cut into panels of 16 or 32 bytes. */
export function across(to: usize, from: usize, row: i32, depth: i32, panel: i32): void {
  const stride = <usize>row
  for (let at: usize = 0; at < stride; at += panel) {
    let q = from + at
    for (let k = 0; k < depth; k++, q += stride, to += panel) {
      v128.store(to, v128.load(q))
      if (panel === 32) v128.store(to, v128.load(q, 16), 16)
    }
  }
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
