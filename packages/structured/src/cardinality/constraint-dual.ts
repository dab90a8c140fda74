import { cholesky, matrix, solveCholesky, type Vec } from '@nonconvex/tensor'
import { clipped, labelsThatKeep, total } from './budget-multiplier.js'

/** min ≤ Σ_j weights_j y_(index_j) ≤ max. */
export interface Row {
  readonly index: readonly number[]
  readonly weights: Float64Array
  readonly min: number
  readonly max: number
}

/** Weights λ with λᵀA y ≥ least > most ≥ λᵀA y for all y in the box. */
export interface Exclusion {
  readonly witness: Float64Array
  readonly least: number
  readonly most: number
}

/**
 * The concave dual of the projection onto linear constraints within a box: its maximizer τ gives
 * the labels y = clip(v − Aᵀτ, lo, hi).
 */
export class ConstraintDual {
  readonly tau: Float64Array
  y: Float64Array
  readonly #v: Vec
  readonly #rows: readonly Row[]
  readonly #lo: number
  readonly #hi: number
  /** Σ |a| max(|lo|, |hi|) of each row, at least 1 */
  readonly #sizes: Float64Array

  constructor(v: Vec, rows: readonly Row[], lo: number, hi: number) {
    this.#v = v
    this.#rows = rows
    this.#lo = lo
    this.#hi = hi
    this.tau = new Float64Array(rows.length)
    const largest = Math.max(Math.abs(lo), Math.abs(hi))
    this.#sizes = Float64Array.from(rows, ({ weights }) =>
      Math.max(
        Number.MIN_VALUE,
        weights.reduce((sum, a) => sum + Math.abs(a) * largest, 0),
      ),
    )
    this.y = this.#labels()
  }

  /** v − Aᵀτ. */
  #shifted(): Float64Array {
    const x = Float64Array.from(this.#v)
    this.#rows.forEach(({ index, weights }, r) => {
      const tau = this.tau[r]
      if (tau !== 0)
        index.forEach((i, j) => {
          x[i] -= tau * weights[j]
        })
    })
    return x
  }

  #labels(): Float64Array {
    const [lo, hi] = [this.#lo, this.#hi]
    return this.#shifted().map((x) => Math.min(hi, Math.max(lo, x)))
  }

  #sum({ index, weights }: Row): number {
    let sum = 0
    index.forEach((i, j) => {
      sum += weights[j] * this.y[i]
    })
    return sum
  }

  /**
   * The largest violation of a constraint, and distance of an active one to its bound, in units of
   * its size.
   */
  residual(): number {
    let worst = 0
    this.#rows.forEach((row, r) => {
      const sum = this.#sum(row)
      const tau = this.tau[r]
      const off =
        tau > 0
          ? Math.abs(sum - row.max)
          : tau < 0
            ? Math.abs(sum - row.min)
            : Math.max(0, sum - row.max, row.min - sum)
      worst = Math.max(worst, off / this.#sizes[r])
    })
    return worst
  }

  /** Maximizes along each multiplier in turn. */
  sweep(): Exclusion | undefined {
    const x = this.#shifted()
    const before = Float64Array.from(this.tau)
    for (const [r, row] of this.#rows.entries()) {
      const { index, weights, min, max } = row
      const tau = this.tau[r]
      const own = Float64Array.from(index, (i, j) => x[i] + tau * weights[j])
      const box = { lo: this.#lo, hi: this.#hi, weights }
      const plain = total(clipped(own, { base: 0, step: 0 }, box), weights)
      const goal = plain > max ? max : plain < min ? min : undefined
      if (goal === undefined) this.tau[r] = 0
      else {
        const target = this.#reached(goal, weights)
        if (target === undefined)
          return this.#exclusion(this.tau.map((_, s) => (s === r ? (plain > max ? 1 : -1) : 0)))
        this.tau[r] = labelsThatKeep(own, target, box).tau
      }
      index.forEach((i, j) => {
        x[i] = own[j] - this.tau[r] * weights[j]
      })
    }
    this.y = this.#labels()
    // the multipliers of constraints that exclude each other grow without bound
    return this.#exclusion(this.tau.map((tau, r) => tau - before[r]))
  }

  /** The goal, if labels in the box have that sum; at the end where rounding has put it beyond. */
  #reached(goal: number, weights: Float64Array): number | undefined {
    const { least, most } = this.#range(weights)
    const slack = 4 * weights.length * Number.EPSILON * Math.max(Math.abs(least), Math.abs(most))
    if (goal < least - slack || goal > most + slack) return undefined
    return Math.min(most, Math.max(least, goal))
  }

  #range(weights: Float64Array): { readonly least: number; readonly most: number } {
    const [lo, hi] = [this.#lo, this.#hi]
    let [least, most] = [0, 0]
    for (const a of weights) {
      least += Math.min(a * lo, a * hi)
      most += Math.max(a * lo, a * hi)
    }
    return { least, most }
  }

  /** λᵀA, dense. */
  #combined(lambda: Float64Array): Float64Array {
    const w = new Float64Array(this.#v.length)
    this.#rows.forEach(({ index, weights }, r) => {
      if (lambda[r] !== 0)
        index.forEach((i, j) => {
          w[i] += lambda[r] * weights[j]
        })
    })
    return w
  }

  /** The bounds that λ asks for, if together they exclude every label vector of the box. */
  #exclusion(lambda: Float64Array): Exclusion | undefined {
    const size = lambda.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
    if (!(size > 0)) return undefined
    // what is negligible would ask for a bound that may be infinite
    const witness = lambda.map((x) => (Math.abs(x) > 1e-9 * size ? x / size : 0))
    let [most, sizes] = [0, 0]
    this.#rows.forEach(({ min, max }, r) => {
      if (witness[r] === 0) return
      most += witness[r] * (witness[r] > 0 ? max : min)
      sizes += Math.abs(witness[r]) * this.#sizes[r]
    })
    const { least } = this.#range(this.#combined(witness))
    return least - most > 1e-12 * (sizes + Math.abs(most)) ? { witness, least, most } : undefined
  }

  /** A Newton step on the active multipliers, with an exact line search. */
  newton(): Exclusion | undefined {
    const active = this.#rows.flatMap(({ min, max }, r) =>
      this.tau[r] !== 0 || min === max ? [r] : [],
    )
    if (active.length === 0) return undefined
    const bound = (r: number): number => (this.tau[r] > 0 ? this.#rows[r].max : this.#rows[r].min)
    const off = Float64Array.from(active, (r) => this.#sum(this.#rows[r]) - bound(r))
    const step = this.#solved(active, off)
    const p = new Float64Array(this.tau.length)
    active.forEach((r, j) => {
      p[r] = step[j]
    })
    const w = this.#combined(p)
    const goal = active.reduce((sum, r) => sum + p[r] * bound(r), 0)
    const target = this.#reached(goal, w)
    // how far the multipliers of inequalities keep their signs
    let far = Infinity
    for (const r of active) {
      const { min, max } = this.#rows[r]
      if (min !== max && p[r] * this.tau[r] < 0) far = Math.min(far, -this.tau[r] / p[r])
    }
    if (target === undefined && far === Infinity) {
      const found = this.#exclusion(p)
      if (found) return found
    }
    const box = { lo: this.#lo, hi: this.#hi, weights: w }
    const reach = target === undefined ? far : labelsThatKeep(this.#shifted(), target, box).tau
    const t = Math.max(0, Math.min(far, reach))
    if (!Number.isFinite(t)) return undefined
    const before = Float64Array.from(this.tau)
    const y = this.y
    const worst = this.residual()
    for (const r of active) {
      const { min, max } = this.#rows[r]
      const next = this.tau[r] + t * p[r]
      this.tau[r] = min !== max && next * this.tau[r] < 0 ? 0 : next
    }
    this.y = this.#labels()
    if (t === reach || this.residual() <= worst) return undefined
    this.tau.set(before)
    this.y = y
    return undefined
  }

  /** (A_S A_Sᵀ + ridge)⁻¹ off over the free labels S. */
  #solved(active: readonly number[], off: Float64Array): Float64Array {
    const [lo, hi, L, n] = [this.#lo, this.#hi, this.#v.length, active.length]
    const dense = active.map((r) => {
      const a = new Float64Array(L)
      const { index, weights } = this.#rows[r]
      index.forEach((i, j) => {
        if (this.y[i] > lo && this.y[i] < hi) a[i] = weights[j]
      })
      return a
    })
    const largest = active.reduce((most, r) => Math.max(most, this.#sizes[r] ** 2), 0)
    const gram = matrix(n, n, new Float64Array(n * n))
    for (let a = 0; a < n; a++)
      for (let b = 0; b <= a; b++) {
        let sum = a === b ? 1e-12 * largest : 0
        for (let i = 0; i < L; i++) sum += dense[a][i] * dense[b][i]
        gram.data[a * n + b] = sum
      }
    const factor = cholesky(gram)
    return factor.definite ? solveCholesky(factor.l, off) : off
  }
}
