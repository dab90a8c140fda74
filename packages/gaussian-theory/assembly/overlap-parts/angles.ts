/** Places in memory, and the angles between directions, four points at a time. */

export const LOSS: usize = 0
export const SQUARE: usize = 32
export const NORM2: usize = 64
export const BREACHES: usize = 96
export const EXCESS: usize = 128
export const DISTANCE: usize = 160

// constants, each twice
export const R: usize = 192
export const R2: usize = 208
export const K: usize = 224
export const KK: usize = 240
export const APART: usize = 256
export const APART_SHARE: usize = 272
export const SCALE: usize = 288
export const ETA: usize = 304
export const HALF_ETA: usize = 320
export const PI: usize = 336
export const INVERSE_PI: usize = 352
export const HALF_PI: usize = 368
export const HALF_PI_REST: usize = 384
export const CLOSE: usize = 400
export const LEAST: usize = 416
export const MOST: usize = 432
export const ROUNDING: usize = 448
/** 13 coefficients */
export const ASIN: usize = 464
/** 9 coefficients */
export const SERIES: usize = 672
export const VECTORS: usize = 816

/**
 * c = cos of the pair of unit vectors, and z = sin² of half the smaller of θ and π − θ, where
 * products are enough.
 */
export function settle(
  entry: usize,
  sines: usize,
  c: v128,
  front: usize,
  rear: usize,
  m: i32,
  shift: i32,
): void {
  const size = f64x2.abs(c)
  v128.store(entry, c)
  v128.store(entry + sines, f64x2.mul(f64x2.splat(0.5), f64x2.sub(f64x2.splat(1), size)))
  const close = f64x2.gt(size, v128.load(CLOSE))
  if (v128.any_true(close)) direct(entry, sines, close, front, rear, m, shift)
}

/**
 * c and z from the sum and difference of the vectors, which keep the angle's relative accuracy at 0
 * and π; in lanes of `mask`.
 */
export function direct(
  entry: usize,
  sines: usize,
  mask: v128,
  front: usize,
  rear: usize,
  m: i32,
  shift: i32,
): void {
  const ahead = (<usize>shift) << 5
  const size = (<usize>m) << 5
  let minus = f64x2.splat(0)
  for (let t: usize = 0; t < ahead; t += 32) {
    const head = v128.load(front + t)
    const tail = v128.load(rear + size - 32 - t)
    minus = f64x2.add(minus, f64x2.mul(head, head))
    minus = f64x2.add(minus, f64x2.mul(tail, tail))
  }
  let plus = minus
  for (let t = ahead; t < size; t += 32) {
    const x = v128.load(front + t)
    const y = v128.load(rear + t - ahead)
    const difference = f64x2.sub(x, y)
    const sum = f64x2.add(x, y)
    minus = f64x2.add(minus, f64x2.mul(difference, difference))
    plus = f64x2.add(plus, f64x2.mul(sum, sum))
  }
  const square = f64x2.add(minus, plus)
  const c = f64x2.div(f64x2.sub(plus, minus), square)
  const z = f64x2.div(f64x2.pmin(minus, plus), square)
  v128.store(entry, v128.bitselect(c, v128.load(entry), mask))
  v128.store(entry + sines, v128.bitselect(z, v128.load(entry + sines), mask))
}

/** From c and z of every pair: sin θ in place of z, and the smaller of θ and π − θ. */
export function angles(entry: usize, sines: usize, end: usize): void {
  for (; entry < end; entry += 16) {
    const c = f64x2.abs(v128.load(entry))
    const half = v128.load(entry + sines)
    // arcsin of c below 1/2, of the sine of the half angle above
    const wide = f64x2.lt(c, f64x2.splat(0.5))
    const x = v128.bitselect(c, f64x2.sqrt(half), wide)
    const z = v128.bitselect(f64x2.mul(c, c), half, wide)
    const zz = f64x2.mul(z, z)
    let even = v128.load(ASIN + 192)
    even = f64x2.add(f64x2.mul(even, zz), v128.load(ASIN + 160))
    even = f64x2.add(f64x2.mul(even, zz), v128.load(ASIN + 128))
    even = f64x2.add(f64x2.mul(even, zz), v128.load(ASIN + 96))
    even = f64x2.add(f64x2.mul(even, zz), v128.load(ASIN + 64))
    even = f64x2.add(f64x2.mul(even, zz), v128.load(ASIN + 32))
    even = f64x2.add(f64x2.mul(even, zz), v128.load(ASIN))
    let odd = v128.load(ASIN + 176)
    odd = f64x2.add(f64x2.mul(odd, zz), v128.load(ASIN + 144))
    odd = f64x2.add(f64x2.mul(odd, zz), v128.load(ASIN + 112))
    odd = f64x2.add(f64x2.mul(odd, zz), v128.load(ASIN + 80))
    odd = f64x2.add(f64x2.mul(odd, zz), v128.load(ASIN + 48))
    odd = f64x2.add(f64x2.mul(odd, zz), v128.load(ASIN + 16))
    const tail = f64x2.add(even, f64x2.mul(z, odd))
    const arc = f64x2.add(x, f64x2.mul(f64x2.mul(x, z), tail))
    const rest = f64x2.sub(v128.load(HALF_PI), f64x2.sub(arc, v128.load(HALF_PI_REST)))
    v128.store(entry + sines + sines, v128.bitselect(rest, f64x2.add(arc, arc), wide))
    const sine = f64x2.sqrt(f64x2.mul(half, f64x2.sub(f64x2.splat(1), half)))
    v128.store(entry + sines, f64x2.add(sine, sine))
  }
}

/** π − θ */
export function supplement(entry: usize, sines: usize): v128 {
  const acute = v128.load(entry + sines + sines)
  const obtuse = f64x2.sub(v128.load(PI), acute)
  return v128.bitselect(obtuse, acute, f64x2.ge(v128.load(entry), f64x2.splat(0)))
}

/** sin θ + (π − θ) cos θ */
export function h(entry: usize, sines: usize, phi: v128): v128 {
  return f64x2.add(v128.load(entry + sines), f64x2.mul(phi, v128.load(entry)))
}
