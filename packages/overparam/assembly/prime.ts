// flags: --importMemory --maximumMemory 32768
// The input of a block screen: the pre-activations of all examples at the start, in float32, and who is active at an update. Twin: src/sgd/prime-kernels.ts, same bits.

/** The columns of at most 32 units times `scale`, one beside the other in float32 in lines of 128 bytes. */
export function packFew(
  tile: usize,
  w: usize,
  stride: usize,
  units: i32,
  d: i32,
  scale: f64,
): void {
  const line = (<usize>units) << 2
  for (const end = tile + ((<usize>d) << 7); tile < end; tile += 128, w += stride)
    for (let at: usize = 0; at < line; at += 4)
      store<f32>(tile + at, <f32>(load<f64>(w + (at << 1)) * scale))
}

/** Pre-activations of the 32 units of a tile for all rows of a sparse matrix, in float32; those of row r at z + r · stride. */
export function prime(
  z: usize,
  stride: usize,
  tile: usize,
  start: usize,
  rows: i32,
  index: usize,
  value: usize,
  width: i32,
): void {
  for (const end = start + ((<usize>rows) << 2); start < end; start += 4, z += stride) {
    let q = index + ((<usize>load<i32>(start)) << 2)
    let x = value + ((<usize>load<i32>(start)) << 2)
    const last = index + ((<usize>load<i32>(start, 4)) << 2)
    let s0 = f32x4.splat(0)
    let s1 = f32x4.splat(0)
    let s2 = f32x4.splat(0)
    let s3 = f32x4.splat(0)
    let s4 = f32x4.splat(0)
    let s5 = f32x4.splat(0)
    let s6 = f32x4.splat(0)
    let s7 = f32x4.splat(0)
    for (; q < last; q += 4, x += 4) {
      const a = v128.load_splat<f32>(x)
      const row = tile + ((<usize>load<i32>(q)) << 7)
      s0 = f32x4.add(s0, f32x4.mul(a, v128.load(row)))
      s1 = f32x4.add(s1, f32x4.mul(a, v128.load(row, 16)))
      s2 = f32x4.add(s2, f32x4.mul(a, v128.load(row, 32)))
      s3 = f32x4.add(s3, f32x4.mul(a, v128.load(row, 48)))
      s4 = f32x4.add(s4, f32x4.mul(a, v128.load(row, 64)))
      s5 = f32x4.add(s5, f32x4.mul(a, v128.load(row, 80)))
      s6 = f32x4.add(s6, f32x4.mul(a, v128.load(row, 96)))
      s7 = f32x4.add(s7, f32x4.mul(a, v128.load(row, 112)))
    }
    v128.store(z, s0)
    v128.store(z, s1, 16)
    v128.store(z, s2, 32)
    v128.store(z, s3, 48)
    if (width <= 16) continue
    v128.store(z, s4, 64)
    v128.store(z, s5, 80)
    v128.store(z, s6, 96)
    v128.store(z, s7, 112)
  }
}

/** bytes_j |= bit for the units with z_j > 0 */
export function mark(bytes: usize, z: usize, units: i32, bit: u32): void {
  for (const end = bytes + <usize>units; bytes < end; bytes++, z += 8)
    store<u8>(bytes, <u32>load<u8>(bytes) | (bit & -u32(load<f64>(z) > 0)))
}
