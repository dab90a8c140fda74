// flags: --importMemory
// Attention and cross-entropy in float32: byte addresses, leading dimensions in bytes. Twin: src/kernel/plain-softmax.ts;
// same order of operations, same bits.

/** 1.5 · 2²³: a number of moderate size added to it is rounded to a whole one, halves to the even one, which ends its bits. */
const WHOLE: f32 = 12582912

/**
 * e^x for x ≤ 0 to 2 ulp: x = q ln 2 + r with |r| ≤ ln 2 / 2, a polynomial of degree 6 in r (its Taylor sum), 2^q by the exponent's
 * bits. Below −87 it stays at e^−87.
 */
function exp4(x: v128): v128 {
  // the first argument wins for NaN
  const y = f32x4.pmax(x, f32x4.splat(-87))
  const whole = f32x4.add(f32x4.mul(y, f32x4.splat(1.44269504)), f32x4.splat(WHOLE))
  const q = f32x4.sub(whole, f32x4.splat(WHOLE))
  // ln 2 in two parts, the first short, so that q times it is exact
  let r = f32x4.sub(y, f32x4.mul(q, f32x4.splat(0.693359375)))
  r = f32x4.sub(r, f32x4.mul(q, f32x4.splat(-2.1219444e-4)))
  let e = f32x4.splat(1.0 / 720.0)
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(1.0 / 120.0))
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(1.0 / 24.0))
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(1.0 / 6.0))
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(0.5))
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(1))
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(1))
  return f32x4.mul(e, i32x4.add(i32x4.shl(whole, 23), i32x4.splat(127 << 23)))
}

/**
 * Scores to weights in place: w[r] ← e^(w[r] − top) / Σ over its segment, column by column of n; and out[s] ← Σ w[r] h[r].
 * With `one` there is a single score for all features, in column 0 (of a block of four).
 */
export function attend(
  out: usize,
  ldo: usize,
  h: usize,
  ldh: usize,
  w: usize,
  ldw: usize,
  start: usize,
  segments: i32,
  n: i32,
  one: i32,
): void {
  const end = (<usize>n) << 2
  const columns: usize = one ? 16 : end
  for (; segments > 0; segments--, out += ldo, start += 4) {
    const first = <usize>load<i32>(start)
    const count = load<i32>(start, 4) - load<i32>(start)
    for (let f: usize = 0; f < end; f += 16) v128.store(out + f, f32x4.splat(0))
    if (count === 0) continue
    for (let f: usize = 0; f < columns; f += 16) {
      const from = w + first * ldw + f
      let top = v128.load(from)
      let at = from
      for (let r = 0; r < count; r++, at += ldw) top = f32x4.pmax(top, v128.load(at))
      let total = f32x4.splat(0)
      at = from
      for (let r = 0; r < count; r++, at += ldw) {
        const e = exp4(f32x4.sub(v128.load(at), top))
        v128.store(at, e)
        total = f32x4.add(total, e)
      }
      at = from
      for (let r = 0; r < count; r++, at += ldw) v128.store(at, f32x4.div(v128.load(at), total))
    }
    let wr = w + first * ldw
    let hr = h + first * ldh
    for (let r = 0; r < count; r++, wr += ldw, hr += ldh) {
      const all = v128.load_splat<f32>(wr)
      for (let f: usize = 0; f < end; f += 16) {
        const weight = one ? all : v128.load(wr + f)
        v128.store(out + f, f32x4.add(v128.load(out + f), f32x4.mul(weight, v128.load(hr + f))))
      }
    }
  }
}

/** Backwards through `attend` and the ReLU that made h (none if `linear`): dh from the weights, dw for the scores. */
export function attendBack(
  dh: usize,
  lddh: usize,
  dw: usize,
  lddw: usize,
  dOut: usize,
  out: usize,
  ldo: usize,
  h: usize,
  ldh: usize,
  w: usize,
  ldw: usize,
  start: usize,
  segments: i32,
  n: i32,
  one: i32,
  linear: i32,
): void {
  const zero = f32x4.splat(0)
  const always = i32x4.splat(linear ? -1 : 0)
  const end = (<usize>n) << 2
  for (; segments > 0; segments--, dOut += ldo, out += ldo, start += 4) {
    const first = <usize>load<i32>(start)
    const count = load<i32>(start, 4) - load<i32>(start)
    let mean = zero
    if (one)
      for (let f: usize = 0; f < end; f += 16)
        mean = f32x4.add(mean, f32x4.mul(v128.load(dOut + f), v128.load(out + f)))
    const whole = sum4(mean)
    for (let r = 0; r < count; r++) {
      const row = first + <usize>r
      const wr = w + row * ldw
      const hr = h + row * ldh
      const dhr = dh + row * lddh
      const dwr = dw + row * lddw
      const all = v128.load_splat<f32>(wr)
      let along = zero
      for (let f: usize = 0; f < end; f += 16) {
        const d = v128.load(dOut + f)
        const hf = v128.load(hr + f)
        const weight = one ? all : v128.load(wr + f)
        const product = f32x4.mul(d, hf)
        if (one) along = f32x4.add(along, product)
        else
          v128.store(
            dwr + f,
            f32x4.mul(weight, f32x4.sub(product, f32x4.mul(d, v128.load(out + f)))),
          )
        const open = v128.or(f32x4.gt(hf, zero), always)
        v128.store(dhr + f, v128.and(f32x4.mul(weight, d), open))
      }
      if (one) {
        v128.store(dwr, zero)
        store<f32>(dwr, load<f32>(wr) * (sum4(along) - whole))
      }
    }
  }
}

function sum4(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) +
    f32x4.extract_lane(x, 1) +
    (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  )
}

/**
 * Rows of scores to gradients of the weighted cross-entropy, in place: x[r] ← weight[r] (softmax(x[r]) − 1[label]). `n` scores in a
 * row, blocks of four: what stands beyond is set to zero. loss[2r] ← top − x[label], loss[2r + 1] ← Σ e^(x − top).
 */
export function crossEntropy(
  x: usize,
  ldx: usize,
  label: usize,
  weight: usize,
  loss: usize,
  rows: i32,
  n: i32,
): void {
  const whole = (<usize>(n & ~3)) << 2
  const end = (<usize>n) << 2
  const last = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(n & 3))
  for (; rows > 0; rows--, x += ldx, label += 4, weight += 4, loss += 8) {
    let most = v128.load_splat<f32>(x)
    for (let f: usize = 0; f < whole; f += 16) most = f32x4.pmax(most, v128.load(x + f))
    if (whole < end) {
      const tail = v128.bitselect(v128.load(x + whole), most, last)
      most = f32x4.pmax(most, tail)
    }
    most = f32x4.pmax(most, v128.shuffle<f32>(most, most, 2, 3, 0, 1))
    most = f32x4.pmax(most, v128.shuffle<f32>(most, most, 1, 0, 3, 2))
    // a zero without sign, whichever came first
    most = f32x4.add(most, f32x4.splat(0))
    const at = x + ((<usize>load<i32>(label)) << 2)
    store<f32>(loss, f32x4.extract_lane(most, 0) - load<f32>(at))
    let sum = f32x4.splat(0)
    for (let f: usize = 0; f < end; f += 16) {
      let e = exp4(f32x4.sub(v128.load(x + f), most))
      if (f === whole) e = v128.and(e, last)
      v128.store(x + f, e)
      sum = f32x4.add(sum, e)
    }
    const total = sum4(sum)
    store<f32>(loss, total, 4)
    const scale = f32x4.splat(load<f32>(weight) / total)
    for (let f: usize = 0; f < end; f += 16) v128.store(x + f, f32x4.mul(v128.load(x + f), scale))
    store<f32>(at, load<f32>(at) - load<f32>(weight))
    for (let f = end; f & 15; f += 4) store<f32>(x + f, 0)
  }
}
