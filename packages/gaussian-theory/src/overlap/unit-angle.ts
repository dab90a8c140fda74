/**
 * P of arcsin x = x + x³ P(x²) on x² ≤ 1/4: interpolation at the Chebyshev nodes, computed with 50
 * digits. The truncation is below 6e-18 of arcsin x.
 */
export const ASIN: readonly number[] = [
  0.16666666666666669, 0.07499999999998433, 0.04464285714635545, 0.030381944138529803,
  0.022372172942209625, 0.017352392719417624, 0.01397121299584485, 0.01147917719077423,
  0.010322815852320064, 0.005457500096744011, 0.017400897906395946, -0.01485191657576524,
  0.0287578719503479,
]

/**
 * (−1)^{j+1} 2j / (2j+1)!: sin t − t cos t = t³ Σ_{j≥1} … t^{2j−2}; for t < 1 the truncation is
 * below 4e-18.
 */
export const SERIES: readonly number[] = [
  0.3333333333333333, -0.03333333333333333, 0.0011904761904761906, -2.2045855379188714e-5,
  2.505210838544172e-7, -1.9270852604185937e-9, 1.0706029224547743e-11, -4.498331606952833e-14,
  1.4797143443923793e-16,
]

/** The difference between π/2 and Math.PI / 2. */
export const HALF_PI_REST = 6.123233995736766e-17

/**
 * Above this |cos| an angle is taken from the sum and the difference of the vectors, not from their
 * product.
 */
export const CLOSE = 0.875

/**
 * The angle θ between two unit vectors of length m of which the second is shifted by `shift`
 * places, both padded with zeros. It uses only products, roots and selections, so that the kernel
 * of assembly/overlap.ts gives the same bits.
 *
 *     cos = Σ_t û[t] v̂[t − shift],   θ = 2 atan2(‖û − v̂‖, ‖û + v̂‖)
 *
 * Both θ and π − θ keep their relative accuracy near 0, as in `ShiftedPair`: where |cos| > 7/8 the
 * second formula is used; below, the first is as accurate.
 */
export class UnitAngle {
  cos = 0
  sin = 0
  theta = 0
  /** π − theta */
  phi = 0

  /** @param front - the filter that is ahead by `shift` ≥ 1 places */
  set(front: Float64Array, rear: Float64Array, shift: number): void {
    let cos = 0
    for (let t = shift; t < front.length; t++) cos += front[t] * rear[t - shift]
    if (Math.abs(cos) > CLOSE) this.setClose(front, rear, shift)
    else this.take(cos, 0.5 * (1 - Math.abs(cos)))
  }

  /** Computes the angle from the sum and the difference of the vectors, for any shift ≥ 0. */
  setClose(front: Float64Array, rear: Float64Array, shift: number): void {
    const m = front.length
    let minus = 0
    for (let t = 0; t < shift; t++) {
      minus += front[t] * front[t]
      minus += rear[m - 1 - t] * rear[m - 1 - t]
    }
    let plus = minus
    for (let t = shift; t < m; t++) {
      const x = front[t]
      const y = rear[t - shift]
      minus += (x - y) * (x - y)
      plus += (x + y) * (x + y)
    }
    this.setHalves(minus, plus)
  }

  /** θ = 2 atan2(√minus, √plus), both ≥ 0 and not both 0; relative error of θ and φ below 6e-16. */
  setHalves(minus: number, plus: number): void {
    const square = minus + plus
    this.take((plus - minus) / square, (minus < plus ? minus : plus) / square)
  }

  /** sin θ + φ cos θ; absolute accuracy 1e-15 */
  get h(): number {
    return this.sin + this.phi * this.cos
  }

  /** sin θ − θ cos θ; relative accuracy 4e-15, as `sMinusTCos` */
  get curve(): number {
    const { theta } = this
    if (!(theta < 1)) return this.sin - theta * this.cos
    const square = theta * theta
    let sum = SERIES[SERIES.length - 1]
    for (let j = SERIES.length - 2; j >= 0; j--) sum = sum * square + SERIES[j]
    return theta * square * sum
  }

  /** @param half - sin² of half the smaller of θ and φ */
  private take(cos: number, half: number): void {
    const size = Math.abs(cos)
    const wide = size < 0.5
    const x = wide ? size : Math.sqrt(half)
    const z = wide ? size * size : half
    const zz = z * z
    let even = ASIN[12]
    for (let j = 10; j >= 0; j -= 2) even = even * zz + ASIN[j]
    let odd = ASIN[11]
    for (let j = 9; j >= 1; j -= 2) odd = odd * zz + ASIN[j]
    const arc = x + x * z * (even + z * odd)
    const acute = wide ? Math.PI / 2 - (arc - HALF_PI_REST) : arc + arc
    const obtuse = Math.PI - acute
    this.cos = cos
    this.sin = 2 * Math.sqrt(half * (1 - half))
    this.theta = cos >= 0 ? acute : obtuse
    this.phi = cos >= 0 ? obtuse : acute
  }
}
