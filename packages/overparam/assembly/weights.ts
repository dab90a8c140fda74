// flags: --importMemory
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

/** The same for many units, an even number: four features at a time, each from end to end, as fast as memory gives them. */
function activateWide(
  z: usize,
  w: usize,
  stride: usize,
  units: i32,
  index: usize,
  value: usize,
  count: i32,
): void {
  const line = (<usize>units) << 3
  const whole = z + line
  memory.fill(z, 0, line)
  let q = 0
  for (; q + 4 <= count; q += 4, index += 16, value += 32) {
    let a = w + <usize>load<i32>(index) * stride
    let b = w + <usize>load<i32>(index, 4) * stride
    let c = w + <usize>load<i32>(index, 8) * stride
    let e = w + <usize>load<i32>(index, 12) * stride
    const xa = v128.load_splat<f64>(value)
    const xb = v128.load_splat<f64>(value, 8)
    const xc = v128.load_splat<f64>(value, 16)
    const xe = v128.load_splat<f64>(value, 24)
    for (let o = z; o < whole; o += 16, a += 16, b += 16, c += 16, e += 16) {
      let s = f64x2.add(v128.load(o), f64x2.mul(xa, v128.load(a)))
      s = f64x2.add(s, f64x2.mul(xb, v128.load(b)))
      s = f64x2.add(s, f64x2.mul(xc, v128.load(c)))
      v128.store(o, f64x2.add(s, f64x2.mul(xe, v128.load(e))))
    }
  }
  for (; q < count; q++, index += 4, value += 8) {
    let a = w + <usize>load<i32>(index) * stride
    const xa = v128.load_splat<f64>(value)
    for (let o = z; o < whole; o += 16, a += 16)
      v128.store(o, f64x2.add(v128.load(o), f64x2.mul(xa, v128.load(a))))
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
