import { cholesky, matrix, solveCholesky, type Matrix, type Vec } from '@nonconvex/tensor'

/**
 * The concave dual of the projection onto marginals with caps on classes: for multipliers τ ≥ 0 of
 * the capped classes the marginals of a box are the projection of v_i − τ onto the simplex.
 */
export class TransportDual {
  readonly tau: Float64Array
  readonly y: Float64Array
  readonly #v: Matrix
  readonly #caps: Vec
  readonly #capped: readonly number[]
  /** number of positive marginals of each box */
  readonly #sizes: Int32Array
  readonly #shifted: Float64Array
  readonly #sorted: Float64Array
  /** rounding error of a sum over a class */
  readonly #rounding: number

  /** @param from - multipliers ≥ 0 to begin with */
  constructor(v: Matrix, caps: Vec, capped: readonly number[], from: Vec) {
    this.#v = v
    this.#caps = caps
    this.#capped = capped
    this.tau = Float64Array.from(from)
    this.y = new Float64Array(v.data.length)
    this.#sizes = new Int32Array(v.rows)
    this.#shifted = new Float64Array(v.cols)
    this.#sorted = new Float64Array(v.cols)
    const size = v.data.reduce((most, x) => Math.max(most, Math.abs(x)), 1)
    this.#rounding = 8 * v.rows * size * Number.EPSILON
    this.#label()
  }

  /** The marginals at τ. */
  #label(): void {
    for (let i = 0; i < this.#v.rows; i++) this.#labelBox(i)
  }

  /** The projection of v_i − τ onto the simplex. */
  #labelBox(i: number): void {
    const { cols: C, data } = this.#v
    const [u, y] = [this.#shifted, this.y]
    let top = -Infinity
    for (let k = 0; k < C; k++) {
      u[k] = data[i * C + k] - this.tau[k]
      top = Math.max(top, u[k])
    }
    // from the largest, so that what is not 0 has few digits before the point
    for (let k = 0; k < C; k++) u[k] -= top
    this.#sorted.set(u)
    this.#sorted.sort()
    let [sum, theta] = [0, 0]
    for (let m = 1; m <= C; m++) {
      const x = this.#sorted[C - m]
      sum += x
      if (m > 1 && x <= (sum - 1) / m) break
      theta = (sum - 1) / m
    }
    let size = 0
    for (let k = 0; k < C; k++) {
      const p = Math.max(0, u[k] - theta)
      y[i * C + k] = p
      if (p > 0) size++
    }
    this.#sizes[i] = size
  }

  /** Σ_i y_ik − c_k. */
  #over(k: number): number {
    const { rows, cols } = this.#v
    let sum = -this.#caps[k]
    for (let i = 0; i < rows; i++) sum += this.y[i * cols + k]
    return sum
  }

  /** At most this many rounds; whether they were enough. */
  maximize(rounds: number): boolean {
    for (let round = 0; this.residual() > 0; round++) {
      if (round === rounds) return false
      this.#sweep()
      if (this.residual() > 0) this.#newton()
    }
    return true
  }

  /** Largest violation of a cap, or distance of one with a multiplier; 0 if it is rounding. */
  residual(): number {
    let worst = 0
    for (const k of this.#capped) {
      const over = this.#over(k)
      worst = Math.max(worst, this.tau[k] > 0 ? Math.abs(over) : over)
    }
    return worst <= this.#rounding ? 0 : worst
  }

  /** Maximizes along each multiplier in turn. */
  #sweep(): void {
    for (const k of this.#capped) this.#along(k)
  }

  /**
   * Maximizes along τ_k: Newton's method on the piecewise linear, nonincreasing Σ_i y_ik − c_k, with
   * bisection where a step leaves the bracket.
   */
  #along(k: number): void {
    const { rows, cols, data } = this.#v
    const from = this.tau[k]
    if (from === 0 && this.#over(k) <= 0) return
    let [low, high] = [0, 0]
    // whether the sum at `low` is known to exceed the cap
    let exceeds = false
    // above this every marginal of the class is 0, as another score is larger by 1
    for (let i = 0; i < rows; i++) {
      let other = -Infinity
      for (let l = 0; l < cols; l++)
        if (l !== k) other = Math.max(other, data[i * cols + l] - this.tau[l])
      high = Math.max(high, data[i * cols + k] - other)
    }
    high += 1
    for (let t = 0; t < 200; t++) {
      const over = this.#over(k)
      const tau = this.tau[k]
      if (Math.abs(over) <= this.#rounding / 4 || (tau === 0 && over < 0)) return
      if (over > 0) [low, exceeds] = [tau, true]
      else high = tau
      let slope = 0
      for (let i = 0; i < rows; i++) if (this.y[i * cols + k] > 0) slope += 1 - 1 / this.#sizes[i]
      let next = slope > 0 ? tau + over / slope : (low + high) / 2
      if (!exceeds && next <= 0) next = 0
      else if (!(next > low && next < high)) next = (low + high) / 2
      if (next === tau) return
      this.tau[k] = next
      this.#label()
    }
  }

  /** A Newton step on the positive multipliers, with an exact line search where it is too long. */
  #newton(): void {
    const { rows, cols } = this.#v
    const active = this.#capped.filter((k) => this.tau[k] > 0)
    const n = active.length
    if (n < 2) return
    const hessian = matrix(n, n, new Float64Array(n * n))
    for (let i = 0; i < rows; i++)
      active.forEach((k, a) => {
        if (!(this.y[i * cols + k] > 0)) return
        hessian.data[a * n + a] += 1
        active.forEach((l, b) => {
          if (this.y[i * cols + l] > 0) hessian.data[a * n + b] -= 1 / this.#sizes[i]
        })
      })
    for (let a = 0; a < n; a++) hessian.data[a * n + a] += 1e-12 * rows
    const factor = cholesky(hessian)
    if (!factor.definite) return
    const worst = this.residual()
    const step = solveCholesky(
      factor.l,
      Float64Array.from(active, (k) => this.#over(k)),
    )
    const before = Float64Array.from(this.tau)
    // no further than the first multiplier that becomes 0
    let reach = 1
    active.forEach((k, a) => {
      if (step[a] < 0) reach = Math.min(reach, -before[k] / step[a])
    })
    const move = (share: number): void => {
      active.forEach((k, a) => {
        this.tau[k] = Math.max(0, before[k] + share * step[a])
      })
      this.#label()
    }
    move(reach)
    if (this.residual() < worst) return
    // the dual is concave: along the direction its slope decreases
    let [low, high] = [0, reach]
    for (let t = 0; t < 40; t++) {
      const share = (low + high) / 2
      move(share)
      const slope = active.reduce((sum, k, a) => sum + step[a] * this.#over(k), 0)
      if (slope > 0) low = share
      else high = share
    }
    move(low)
  }
}
