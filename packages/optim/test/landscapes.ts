import { matrix } from '@nonconvex/tensor'
import type { CertifiableObjective, IntervalObjective } from '../src/certify/index.js'
import { float64, intervals, type Arithmetic } from './arithmetic.js'

/** Gradient and Hessian, 2 × 2 row-major, of a function of two variables in any arithmetic. */
export type Formula = <T>(a: Arithmetic<T>, w: readonly T[]) => { gradient: T[]; hessian: T[] }

/**
 * One ReLU filter of length 2, k windows at stride 1 (they overlap), Gaussian inputs, teacher (p,
 * q). Lags D = 0, ±1 by themselves, the others together.
 */
export function overlap(k: number, teacher: readonly [number, number]): Formula {
  return <T>(a: Arithmetic<T>, w: readonly T[]) => {
    const { from, add, sub, mul, div, sqrt, angle, pi } = a
    const sum = (...terms: T[]): T => terms.reduce((x, y) => add(x, y))
    const dot = (u: readonly T[], v: readonly T[]) => add(mul(u[0], v[0]), mul(u[1], v[1]))
    const zero = from(0)
    const t = teacher.map(from)
    const square = dot(w, w)
    const [r, R] = [sqrt(square), sqrt(dot(t, t))]
    const hat = w.map((x) => div(x, r))
    const tHat = t.map((x) => div(x, R))
    // the unit vector across w: P = n nᵀ
    const n = [sub(zero, hat[1]), hat[0]]
    const outer = (u: readonly T[], v: readonly T[]) => u.flatMap((x) => v.map((y) => mul(x, y)))
    const scaled = (s: T, m: readonly T[]) => m.map((x) => mul(s, x))
    const plus = (...ms: (readonly T[])[]) => ms[0].map((_, i) => sum(...ms.map((m) => m[i])))
    const minus = (u: readonly T[], v: readonly T[]) => u.map((x, i) => sub(x, v[i]))
    const across = outer(n, n)
    const along = outer(hat, hat)
    const unit = [1, 0, 0, 1].map(from)
    const shifts = [
      {
        move: (v: readonly T[]) => [zero, v[0]],
        back: (v: readonly T[]) => [v[1], zero],
        shift: [0, 0, 1, 0].map(from),
      },
      {
        move: (v: readonly T[]) => [v[1], zero],
        back: (v: readonly T[]) => [zero, v[0]],
        shift: [0, 1, 0, 0].map(from),
      },
    ]
    const far = from((k - 1) * (k - 2))
    const ratio = div(R, r)
    const cross = sub(mul(w[0], t[1]), mul(w[1], t[0]))
    const size = sqrt(mul(cross, cross))
    const phi = angle(size, sub(zero, dot(w, t)))
    const sin0 = div(size, mul(r, R))
    const weight = from(k)
    let gradient = plus(
      scaled(mul(weight, pi), w),
      scaled(sub(zero, mul(weight, mul(R, sin0))), hat),
      scaled(sub(zero, mul(weight, phi)), t),
      scaled(mul(far, sub(r, R)), hat),
    )
    let hessian = plus(
      scaled(mul(weight, pi), unit),
      scaled(sub(zero, mul(from(2), mul(weight, mul(ratio, sin0)))), across),
      scaled(far, unit),
      scaled(sub(zero, mul(far, ratio)), across),
    )
    const near = from(k - 1)
    for (const { move, back, shift } of shifts) {
      const c = dot(move(w), w)
      const root = sqrt(sub(mul(square, square), mul(c, c)))
      const [x, sin, theta] = [div(c, square), div(root, square), angle(root, c)]
      const cT = dot(w, move(t))
      const rootT = sqrt(sub(mul(square, mul(R, R)), mul(cT, cT)))
      const [y, sinT, psi] = [div(cT, mul(r, R)), div(rootT, mul(r, R)), angle(rootT, cT)]
      const p = minus(move(hat), scaled(x, hat))
      const pBack = minus(back(hat), scaled(x, hat))
      const q = minus(move(tHat), scaled(y, hat))
      gradient = plus(
        gradient,
        scaled(mul(near, sin), w),
        scaled(mul(near, sub(pi, theta)), move(w)),
        scaled(sub(zero, mul(near, mul(R, sinT))), hat),
        scaled(sub(zero, mul(near, sub(pi, psi))), move(t)),
      )
      hessian = plus(
        hessian,
        scaled(mul(near, sin), across),
        scaled(div(near, sin), outer(p, p)),
        scaled(mul(near, sub(pi, theta)), shift),
        scaled(mul(near, sin), along),
        scaled(div(near, sin), outer(p, pBack)),
        scaled(sub(zero, mul(near, mul(ratio, sinT))), across),
        scaled(sub(zero, div(mul(near, ratio), sinT)), outer(q, q)),
      )
    }
    const norm = mul(pi, from(k * k))
    const [h0, h1, h2, h3] = hessian.map((x) => div(x, norm))
    const mixed = div(add(h1, h2), from(2))
    return { gradient: gradient.map((x) => div(x, norm)), hessian: [h0, mixed, mixed, h3] }
  }
}

/** The same filter when the windows share no coordinate: ∇²ℓ = cI − ((bR + 2aR sin θ/π)/r) P. */
export function noOverlap(k: number, teacher: readonly [number, number]): Formula {
  return <T>(a: Arithmetic<T>, w: readonly T[]) => {
    const { from, add, sub, mul, div, sqrt, angle, pi } = a
    const t = teacher.map(from)
    const length = (v: readonly T[]) => sqrt(add(mul(v[0], v[0]), mul(v[1], v[1])))
    const [r, R, share] = [length(w), length(t), div(from(1), from(k))]
    const b = div(from(k - 1), mul(pi, from(k)))
    const hat = w.map((x) => div(x, r))
    const cross = sub(mul(w[0], t[1]), mul(w[1], t[0]))
    const size = sqrt(mul(cross, cross))
    const phi = angle(size, sub(from(0), add(mul(w[0], t[0]), mul(w[1], t[1]))))
    const bent = div(mul(share, div(size, r)), pi)
    const [c, pull] = [add(share, b), add(mul(b, R), bent)]
    const gradient = w.map((x, i) =>
      sub(sub(mul(c, x), mul(pull, hat[i])), mul(share, mul(div(phi, pi), t[i]))),
    )
    const bend = div(add(mul(b, R), mul(from(2), bent)), r)
    const n = [sub(from(0), hat[1]), hat[0]]
    const hessian = [0, 1, 2, 3].map((at) => {
      const p = mul(bend, mul(n[at >> 1], n[at & 1]))
      return at === 0 || at === 3 ? sub(c, p) : sub(from(0), p)
    })
    return { gradient, hessian }
  }
}

/** Upper bounds of the blocks' Lipschitz constants: (4 + 2/√3)/2π and (1 + 2/√3)/2π. */
const C1 = 0.8203960708415121
const C2 = 0.3429312415658264

/** As an objective for `certify`. No value: NaN, so that the certificate says nothing about it. */
export function inFloat64(
  k: number,
  teacher: readonly [number, number],
  formula: Formula,
  overlaps: boolean,
): CertifiableObjective {
  const R = Math.hypot(...teacher)
  const near = overlaps ? 2 * (k - 1) : 0
  const far = k * k - k - near
  return {
    d: 2,
    value: () => NaN,
    gradient: (w) => Float64Array.from(formula(float64, Array.from(w)).gradient),
    hessian: (w) => matrix(2, 2, formula(float64, Array.from(w)).hessian),
    hessianLipschitz(w, radius) {
      const inner = Math.hypot(w[0], w[1]) - radius
      if (!(inner > 0)) return Infinity
      const second = 2 * C1 * (k + near) * R + (2 / Math.PI) * far * R
      return (((2 * C1 + 6 * C2) * near) / inner + second / inner ** 2) / k ** 2
    },
    kinkDistance: (w) => Math.hypot(w[0], w[1]) * (1 - 1e-15),
    errorBudget: () => ({ value: 0, gradient: 1e-14, hessian: 1e-10 }),
  }
}

/** As an objective for `certifyByIntervals`. */
export function inIntervals(formula: Formula): IntervalObjective {
  return {
    d: 2,
    gradient: (cube) => formula(intervals, cube).gradient,
    hessian: (cube) => ({ rows: 2, cols: 2, data: formula(intervals, cube).hessian }),
  }
}
