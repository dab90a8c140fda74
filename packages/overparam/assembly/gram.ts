// flags: --importMemory --maximumMemory 32768
// Rows of the Gram matrix. Twin: src/sgd/gram-kernels.ts, same bits.

/**
 * y_i x_i·x for n examples, a multiple of 4: out_i = Σ_q value[q] · columns[index[q]][i], in float32, q ascending; from
 * column to column it is `stride` bytes. Four columns are read at a time, each from end to end: that is as fast as memory gives them.
 */
export function products(
  out: usize,
  n: i32,
  columns: usize,
  stride: usize,
  index: usize,
  value: usize,
  count: i32,
): void {
  const length = (<usize>n) << 2
  const end = out + length
  memory.fill(out, 0, length)
  let q = 0
  for (; q + 4 <= count; q += 4, index += 16, value += 16) {
    let a = columns + <usize>load<i32>(index) * stride
    let b = columns + <usize>load<i32>(index, 4) * stride
    let c = columns + <usize>load<i32>(index, 8) * stride
    let e = columns + <usize>load<i32>(index, 12) * stride
    const xa = v128.load_splat<f32>(value)
    const xb = v128.load_splat<f32>(value, 4)
    const xc = v128.load_splat<f32>(value, 8)
    const xe = v128.load_splat<f32>(value, 12)
    for (let o = out; o < end; o += 16, a += 16, b += 16, c += 16, e += 16) {
      let s = f32x4.add(v128.load(o), f32x4.mul(xa, v128.load(a)))
      s = f32x4.add(s, f32x4.mul(xb, v128.load(b)))
      s = f32x4.add(s, f32x4.mul(xc, v128.load(c)))
      v128.store(o, f32x4.add(s, f32x4.mul(xe, v128.load(e))))
    }
  }
  for (; q < count; q++, index += 4, value += 4) {
    let a = columns + <usize>load<i32>(index) * stride
    const xa = v128.load_splat<f32>(value)
    for (let o = out; o < end; o += 16, a += 16)
      v128.store(o, f32x4.add(v128.load(o), f32x4.mul(xa, v128.load(a))))
  }
}
