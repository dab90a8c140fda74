// flags: --initialMemory 1 --maximumMemory 1
// Philox4x32-10, four blocks at a time, and the maps from its words to numbers. Twins: src/random/philox.ts, words.ts,
// normal-quantile.ts; every operation here is there, in the same order, so the results agree bit for bit.

/** Words in the buffer: 64 bits each. */
export const CAPACITY: i32 = 1024
const BUFFER: usize = memory.data(8192, 16)

/** Where the buffer lies in the memory. */
export function buffer(): usize {
  return BUFFER
}

/** Fills the buffer with the words of blocks `block`, block + 1, …; `count` words, rounded up to a multiple of 8. */
export function words(count: i32, block: f64, id0: i32, id1: i32, id2: i32, id3: i32): void {
  const m0 = i32x4.splat(0xd2511f53)
  const m1 = i32x4.splat(0xcd9e8d57)
  let base = <u64>block
  const end = BUFFER + ((<usize>count) << 3)
  for (let at = BUFFER; at < end; at += 64, base += 4) {
    const low = i64x2.add(i64x2.splat(base), i64x2(0, 1))
    const high = i64x2.add(i64x2.splat(base), i64x2(2, 3))
    let c0 = v128.shuffle<i32>(low, high, 0, 2, 4, 6)
    let c1 = v128.shuffle<i32>(low, high, 1, 3, 5, 7)
    let c2 = i32x4.splat(id2)
    let c3 = i32x4.splat(id3)
    let k0 = id0
    let k1 = id1
    for (let round = 0; round < 10; round++) {
      const a = i64x2.extmul_low_i32x4_u(c0, m0)
      const b = i64x2.extmul_high_i32x4_u(c0, m0)
      const c = i64x2.extmul_low_i32x4_u(c2, m1)
      const d = i64x2.extmul_high_i32x4_u(c2, m1)
      c0 = v128.xor(v128.xor(v128.shuffle<i32>(c, d, 1, 3, 5, 7), c1), i32x4.splat(k0))
      c2 = v128.xor(v128.xor(v128.shuffle<i32>(a, b, 1, 3, 5, 7), c3), i32x4.splat(k1))
      c1 = v128.shuffle<i32>(c, d, 0, 2, 4, 6)
      c3 = v128.shuffle<i32>(a, b, 0, 2, 4, 6)
      k0 += 0x9e3779b9
      k1 += 0xbb67ae85
    }
    const front = v128.shuffle<i32>(c0, c1, 0, 4, 1, 5)
    const frontMore = v128.shuffle<i32>(c0, c1, 2, 6, 3, 7)
    const back = v128.shuffle<i32>(c2, c3, 0, 4, 1, 5)
    const backMore = v128.shuffle<i32>(c2, c3, 2, 6, 3, 7)
    v128.store(at, v128.shuffle<i64>(front, back, 0, 2), 0)
    v128.store(at, v128.shuffle<i64>(front, back, 1, 3), 16)
    v128.store(at, v128.shuffle<i64>(frontMore, backMore, 0, 2), 32)
    v128.store(at, v128.shuffle<i64>(frontMore, backMore, 1, 3), 48)
  }
}

/** The buffer's words, in place, to uniforms (j + ½) 2^-52. */
export function uniforms(count: i32): void {
  const end = BUFFER + ((<usize>count) << 3)
  const one = i64x2.splat(0x3ff0000000000000)
  const shift = f64x2.splat(1.0 - 1.1102230246251565e-16)
  for (let at = BUFFER; at < end; at += 16) {
    // 1 + j 2^-52, put together from its bits; the difference is exact.
    const x = v128.or(i64x2.shr_u(v128.load(at), 12), one)
    v128.store(at, f64x2.sub(x, shift))
  }
}

/** Where `normals` puts its results, and the numbers of the words that lie in the tails. */
const RESULTS: usize = memory.data(8192, 16)
const TAILS: usize = memory.data(4112, 16)

export function results(): usize {
  return RESULTS
}

/**
 * The buffer's words to standard normals, in `results`; `count` even or followed by a word to spare.
 *
 * First all of them by the formula of the middle, two at a time and without a branch; then, one by one, those 15 %
 * that lie in the tails: a branch in the first loop would be mispredicted too often.
 */
export function normals(count: i32): void {
  const minus = i64x2.splat(0x8000000000000000)
  const half = f64x2.splat(0.5)
  const edge = f64x2.splat(-0.425)
  const square = f64x2.splat(0.180625)
  let tail = TAILS
  for (let i = 0; i < count; i += 2) {
    const at = (<usize>i) << 3
    const word = v128.load(BUFFER + at)
    const magnitude = v128.andnot(word, minus)
    const low = f64x2.convert_low_i32x4_u(v128.shuffle<i32>(magnitude, magnitude, 0, 2, 0, 2))
    const high = f64x2.convert_low_i32x4_u(v128.shuffle<i32>(magnitude, magnitude, 1, 3, 1, 3))
    const whole = f64x2.add(f64x2.mul(high, f64x2.splat(4294967296)), low)
    const p = f64x2.mul(f64x2.add(whole, half), f64x2.splat(5.421010862427522e-20))
    const q = f64x2.sub(p, half)
    const z = f64x2.mul(q, centre(f64x2.sub(square, f64x2.mul(q, q))))
    v128.store(RESULTS + at, v128.xor(z, v128.andnot(minus, word)))
    const outside = i64x2.bitmask(f64x2.lt(q, edge))
    store<i32>(tail, i)
    tail += (outside & 1) << 2
    store<i32>(tail, i + 1)
    tail += (outside & 2) << 1
  }
  for (let t = TAILS; t < tail; t += 4) {
    const at = (<usize>load<i32>(t)) << 3
    const word = load<u64>(BUFFER + at)
    const p = (<f64>(<i64>(word & 0x7fffffffffffffff)) + 0.5) * 5.421010862427522e-20
    const r = sqrt<f64>(-logarithm(p))
    const z = r <= 5 ? -near(r - 1.6) : -far(r - 5)
    store<f64>(RESULTS + at, <i64>word < 0 ? z : -z)
  }
}

function step(x: v128, r: v128, c: f64): v128 {
  return f64x2.add(f64x2.mul(x, r), f64x2.splat(c))
}

function centre(r: v128): v128 {
  let above = step(f64x2.splat(2509.0809287301226727), r, 33430.575583588128105)
  above = step(above, r, 67265.770927008700853)
  above = step(above, r, 45921.953931549871457)
  above = step(above, r, 13731.693765509461125)
  above = step(above, r, 1971.5909503065514427)
  above = step(above, r, 133.14166789178437745)
  above = step(above, r, 3.387132872796366608)
  let below = step(f64x2.splat(5226.495278852854561), r, 28729.085735721942674)
  below = step(below, r, 39307.89580009271061)
  below = step(below, r, 21213.794301586595867)
  below = step(below, r, 5394.1960214247511077)
  below = step(below, r, 687.1870074920579083)
  below = step(below, r, 42.313330701600911252)
  below = step(below, r, 1)
  return f64x2.div(above, below)
}

// oxfmt-ignore
function near(r: f64): f64 {
  const above = ((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r + 4.6303378461565452959) * r + 1.42343711074968357734
  const below = ((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r + 0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r + 2.05319162663775882187) * r + 1
  return above / below
}

// oxfmt-ignore
function far(r: f64): f64 {
  const above = ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r + 0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r + 5.4637849111641143699) * r + 6.6579046435011037772
  const below = ((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r + 0.59983220655588793769) * r + 1
  return above / below
}

function logarithm(p: f64): f64 {
  const all = reinterpret<u64>(p)
  let e = <i32>(all >>> 52) - 1023
  let fraction = (all & 0x000fffffffffffff) | 0x3ff0000000000000
  if (<u32>(fraction >>> 32) > 0x3ff6a09e) {
    e += 1
    fraction -= 0x0010000000000000
  }
  const f = reinterpret<f64>(fraction) - 1
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  // oxfmt-ignore
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)))
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373))
  const half = 0.5 * f * f
  const exponent = <f64>e
  return (
    exponent * 6.9314718036912381649e-1 -
    (half - (s * (half + (even + odd)) + exponent * 1.9082149292705877e-10) - f)
  )
}
