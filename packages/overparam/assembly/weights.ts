// flags: --importMemory --maximumMemory 32768
// The exact arithmetic of the first layer: float64, features in ascending order, one rounding each. Weights lie by
// feature. Arguments are byte addresses and counts. Twins: src/network/accumulate.ts, same bits.

/** z_j = Σ_q value[q] · W[index[q], j], q ascending; stride is that of a feature in bytes. */
export function activate(
  z: usize,
  w: usize,
  stride: usize,
  units: i32,
  index: usize,
  value: usize,
  count: i32,
): void {
  const last = index + ((<usize>count) << 2)
  let j = 0
  for (; j + 16 <= units; j += 16, z += 128, w += 128)
    activateLine(z, w, stride, index, last, value)
  for (; j + 2 <= units; j += 2, z += 16, w += 16) {
    let s0 = f64x2.splat(0)
    let x = value
    for (let q = index; q < last; q += 4, x += 8) {
      const row = w + <usize>load<i32>(q) * stride
      s0 = f64x2.add(s0, f64x2.mul(v128.load_splat<f64>(x), v128.load(row)))
    }
    v128.store(z, s0)
  }
  for (; j < units; j++, z += 8, w += 8) {
    let s0: f64 = 0
    let x = value
    for (let q = index; q < last; q += 4, x += 8)
      s0 += load<f64>(x) * load<f64>(w + <usize>load<i32>(q) * stride)
    store<f64>(z, s0)
  }
}

/** W[index[q], j] += step_j · value[q]. */
export function add(
  w: usize,
  stride: usize,
  units: i32,
  step: usize,
  index: usize,
  value: usize,
  count: i32,
): void {
  const last = index + ((<usize>count) << 2)
  const whole = step + ((<usize>(units & ~7)) << 3)
  const end = step + ((<usize>units) << 3)
  for (; index < last; index += 4, value += 8) {
    const a = v128.load_splat<f64>(value)
    let row = w + <usize>load<i32>(index) * stride
    let s = step
    for (; s < whole; s += 64, row += 64) {
      v128.store(row, f64x2.add(v128.load(row), f64x2.mul(v128.load(s), a)))
      v128.store(row, f64x2.add(v128.load(row, 16), f64x2.mul(v128.load(s, 16), a)), 16)
      v128.store(row, f64x2.add(v128.load(row, 32), f64x2.mul(v128.load(s, 32), a)), 32)
      v128.store(row, f64x2.add(v128.load(row, 48), f64x2.mul(v128.load(s, 48), a)), 48)
    }
    const b = load<f64>(value)
    for (; s < end; s += 8, row += 8) store<f64>(row, load<f64>(row) + load<f64>(s) * b)
  }
}

/** The columns of at most 16 units, one beside the other in lines of 128 bytes, for `activateTile`. */
export function pack(tile: usize, w: usize, stride: usize, units: i32, d: i32): void {
  const line = (<usize>units) << 3
  for (const end = tile + ((<usize>d) << 7); tile < end; tile += 128, w += stride) {
    for (let at: usize = 0; at < line; at += 8) store<f64>(tile + at, load<f64>(w + at))
  }
}

/**
 * The same sums as `activate` for the 16 units of a tile and the rows start[0], start[1], … of a sparse matrix; those of
 * row r are stored at z + r · stride.
 */
export function activateTile(
  z: usize,
  stride: usize,
  tile: usize,
  start: usize,
  rows: i32,
  index: usize,
  value: usize,
): void {
  for (const end = start + ((<usize>rows) << 2); start < end; start += 4, z += stride) {
    const from = <usize>load<i32>(start)
    const last = index + ((<usize>load<i32>(start, 4)) << 2)
    activateLine(z, tile, 128, index + (from << 2), last, value + (from << 3))
  }
}

/** 16 units of one row; `stride` is from one feature to the next, in bytes. */
function activateLine(z: usize, w: usize, stride: usize, q: usize, last: usize, x: usize): void {
  let s0 = f64x2.splat(0)
  let s1 = f64x2.splat(0)
  let s2 = f64x2.splat(0)
  let s3 = f64x2.splat(0)
  let s4 = f64x2.splat(0)
  let s5 = f64x2.splat(0)
  let s6 = f64x2.splat(0)
  let s7 = f64x2.splat(0)
  for (; q < last; q += 4, x += 8) {
    const a = v128.load_splat<f64>(x)
    const row = w + <usize>load<i32>(q) * stride
    s0 = f64x2.add(s0, f64x2.mul(a, v128.load(row)))
    s1 = f64x2.add(s1, f64x2.mul(a, v128.load(row, 16)))
    s2 = f64x2.add(s2, f64x2.mul(a, v128.load(row, 32)))
    s3 = f64x2.add(s3, f64x2.mul(a, v128.load(row, 48)))
    s4 = f64x2.add(s4, f64x2.mul(a, v128.load(row, 64)))
    s5 = f64x2.add(s5, f64x2.mul(a, v128.load(row, 80)))
    s6 = f64x2.add(s6, f64x2.mul(a, v128.load(row, 96)))
    s7 = f64x2.add(s7, f64x2.mul(a, v128.load(row, 112)))
  }
  v128.store(z, s0)
  v128.store(z, s1, 16)
  v128.store(z, s2, 32)
  v128.store(z, s3, 48)
  v128.store(z, s4, 64)
  v128.store(z, s5, 80)
  v128.store(z, s6, 96)
  v128.store(z, s7, 112)
}

/** Σ_{j<k} σ(z_j) − Σ_{j≥k} σ(z_j): each sum in the order of the units, both at a time. */
export function balance(z: usize, k: i32, alpha: f64): f64 {
  const leak = f64x2.splat(alpha)
  const zero = f64x2.splat(0)
  const half = (<usize>k) << 3
  let sum = zero
  for (const end = z + half; z < end; z += 8) {
    const both = v128.load64_lane(z + half, v128.load64_zero(z), 1)
    sum = f64x2.add(sum, v128.bitselect(both, f64x2.mul(leak, both), f64x2.gt(both, zero)))
  }
  return f64x2.extract_lane(sum, 0) - f64x2.extract_lane(sum, 1)
}

/** push_j = ±plus · (1 if z_j > 0, else alpha), + for the first k of 2k units; how many are active. */
export function steps(push: usize, z: usize, k: i32, plus: f64, alpha: f64): i32 {
  return (
    half(push, z, k, plus, alpha) +
    half(push + ((<usize>k) << 3), z + ((<usize>k) << 3), k, -plus, alpha)
  )
}

function half(push: usize, z: usize, units: i32, on: f64, alpha: f64): i32 {
  const zero = f64x2.splat(0)
  const a = f64x2.splat(on)
  const b = f64x2.splat(on * alpha)
  const end = z + ((<usize>units) << 3)
  let active = i64x2.splat(0)
  for (; z + 16 <= end; z += 16, push += 16) {
    const is = f64x2.gt(v128.load(z), zero)
    active = i64x2.sub(active, is)
    v128.store(push, v128.bitselect(a, b, is))
  }
  let count = <i32>(i64x2.extract_lane(active, 0) + i64x2.extract_lane(active, 1))
  if (z < end) {
    const is = load<f64>(z) > 0
    count += i32(is)
    store<f64>(push, is ? on : on * alpha)
  }
  return count
}
