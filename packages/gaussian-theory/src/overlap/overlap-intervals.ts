import {
  add,
  angles,
  box,
  contains,
  div,
  intersect,
  interval,
  intervalMatrix,
  mul,
  norm2,
  PI,
  sqr,
  sub,
  type Interval,
  type IntervalAngles,
  type IntervalMatrix,
  type IntervalVector,
} from '@nonconvex/tensor/interval'
import type { Vec } from '@nonconvex/tensor'
import type { IntervalObjective } from '@nonconvex/optim/certify'
import { checkPair } from '../integral/pair-frame.js'
import { checkOverlap, lagsOf, type OverlapOptions } from './lags.js'

const ZERO = interval(0)

/**
 * The loss with overlap as an objective for `certifyByIntervals`: value, gradient and Hessian over
 * boxes.
 *
 * The formulas are those of `overlapLoss`, `overlapGradient` and `overlapHessian`, with the terms
 * of the lags D and −D combined:
 *
 *     ∇²ℓ = (1/πk²) { (kπ + n_far) I + Σ_{D>0} μ_D [ 2 sin θ_D I + s_D s_Dᵀ/sin θ_D + (π − θ_D)(S_D + S_Dᵀ) ]
 *                     − (R/r) [ n_far P + Σ_D μ_D ( sin ψ_D P + q_D q_Dᵀ/sin ψ_D ) ] },   s_D = p_D + p'_D
 *
 * ‖s_D‖ ≤ 2 sin θ_D and ‖q_D‖ ≤ sin ψ_D bound the quotients where the sine may be 0. Only the
 * arithmetic is proved, not the formulas.
 *
 * @param wStar - [m], the teacher, finite; copied
 * @param options - k ≥ 1 patches, stride ≥ 1
 * @returns objective of dimension m, twice differentiable on every box without the origin
 * @throws as overlapLoss
 *
 * Cost of a Hessian: O(min(k, m/stride) m²) interval operations; m = 2, k = 2: 20 µs. Source: ours.
 *
 * @example
 * import { overlapIntervals, spuriousMinimum } from '@nonconvex/gaussian-theory/overlap'
 * import { certifyByIntervals } from '@nonconvex/optim/certify'
 * const { t0 } = spuriousMinimum(2)
 * const found = certifyByIntervals(overlapIntervals([-1, 1], { k: 2, stride: 1 }), [t0, -t0])
 * console.log(found.status, found.rigor) // → certified proof
 */
export function overlapIntervals(wStar: Vec, options: OverlapOptions): Required<IntervalObjective> {
  checkPair('overlapIntervals', 'wStar', wStar, 'wStar', wStar)
  checkOverlap('overlapIntervals', options)
  const network = new IntervalNetwork(box(wStar), options)
  return {
    d: wStar.length,
    value: (w) => network.value(w),
    gradient: (w) => network.gradient(w),
    hessian: (w) => network.hessian(w),
    twiceDifferentiable: (w) => !w.every((x) => contains(x, 0)),
  }
}

/** The formulas for one teacher, evaluated over boxes. */
class IntervalNetwork {
  private readonly teacher: IntervalVector
  private readonly options: OverlapOptions
  private readonly m: number
  private readonly R: Interval
  /** lags 1 … near, and the ordered pairs of patches that are further apart */
  private readonly lags: readonly number[]
  private readonly apart: number
  private readonly scale: Interval

  constructor(teacher: IntervalVector, options: OverlapOptions) {
    this.teacher = teacher
    this.options = options
    this.m = teacher.length
    this.R = norm2(teacher)
    const { near, apart } = lagsOf(this.m, options)
    this.lags = Array.from({ length: near }, (_, i) => i + 1)
    this.apart = apart
    this.scale = div(1, mul(PI, options.k * options.k))
  }

  value(w: IntervalVector): Interval {
    const { R, teacher, options } = this
    const { k } = options
    const r = norm2(w)
    // w = 0 has no angle, and all that has one counts 0 times
    const own = (D: number): Interval => (r.hi === 0 ? ZERO : curve(shifted(w, w, this.shift(D))))
    const cross = (D: number): Interval => (r.hi === 0 ? ZERO : curve(this.cross(w, D)))
    let sum = mul(k, sub(div(mul(PI, add(sqr(r), sqr(R))), 2), mul(mul(r, R), cross(0))))
    sum = add(sum, div(mul(this.apart, sqr(sub(r, R))), 2))
    for (const D of this.lags) {
      const theirs = R.hi === 0 ? 0 : mul(sqr(R), curve(shifted(teacher, teacher, this.shift(D))))
      const both = mul(mul(r, R), add(cross(D), cross(-D)))
      sum = add(sum, mul(k - D, sub(add(mul(sqr(r), own(D)), theirs), both)))
    }
    return intersect(mul(this.scale, sum), interval(0, Infinity))
  }

  gradient(w: IntervalVector): IntervalVector {
    const { teacher, options, R } = this
    const { k } = options
    const r = norm2(w)
    const hat = w.map((x) => div(x, r))
    const first = this.cross(w, 0)
    let radial = sub(mul(this.apart, sub(r, R)), mul(k, mul(R, first.sin)))
    let rest = w.map((x, t) => mul(k, sub(mul(PI, x), mul(first.phi, teacher[t]))))
    for (const D of this.lags) {
      const own = shifted(w, w, this.shift(D))
      const [ahead, behind] = [this.cross(w, D), this.cross(w, -D)]
      const count = k - D
      const pull = sub(mul(2, mul(r, own.sin)), mul(R, add(ahead.sin, behind.sin)))
      radial = add(radial, mul(count, pull))
      rest = rest.map((x, t) => {
        const student = mul(own.phi, add(this.moved(w, t, D), this.moved(w, t, -D)))
        const there = mul(ahead.phi, this.moved(teacher, t, D))
        const back = mul(behind.phi, this.moved(teacher, t, -D))
        return add(x, mul(count, sub(student, add(there, back))))
      })
    }
    return rest.map((x, t) => mul(this.scale, add(x, mul(radial, hat[t]))))
  }

  hessian(w: IntervalVector): ReturnType<IntervalObjective['hessian']> {
    const { teacher, options, m, R } = this
    const { k } = options
    const r = norm2(w)
    const hat = w.map((x) => div(x, r))
    const ratio = div(R, r)
    const star = teacher.map((x) => div(x, R))
    const bowls: Bowl[] = []
    let unit = add(mul(k, PI), this.apart)
    let across: Interval = interval(this.apart)
    const shears: { shift: number; by: Interval }[] = []
    for (const D of [0, ...this.lags.flatMap((lag) => [lag, -lag])]) {
      const count = k - Math.abs(D)
      if (D > 0) {
        const { sin, cos, phi } = shifted(w, w, this.shift(D))
        unit = add(unit, mul(2 * count, sin))
        shears.push({ shift: this.shift(D), by: mul(count, phi) })
        const s = hat.map((x, t) =>
          sub(add(this.moved(hat, t, D), this.moved(hat, t, -D)), mul(2, mul(cos, x))),
        )
        bowls.push(bowl(s, sin, 2, interval(count)))
      }
      if (R.hi === 0) continue
      const { sin, cos } = this.cross(w, D)
      across = add(across, mul(count, sin))
      const q = hat.map((x, t) => sub(this.moved(star, t, D), mul(cos, x)))
      bowls.push(bowl(q, sin, 1, mul(-count, ratio)))
    }
    const bent = mul(ratio, across)
    return symmetric(m, (i, j) => {
      const same = i === j ? 1 : 0
      const along = i === j ? sqr(hat[i]) : mul(hat[i], hat[j])
      const side = intersect(sub(same, along), interval(-1, 1))
      let sum = sub(mul(same, unit), mul(bent, side))
      for (const part of bowls) sum = add(sum, quotient(part, i, j))
      for (const { shift, by } of shears) if (i - j === shift) sum = add(sum, by)
      return mul(this.scale, sum)
    })
  }

  private shift(D: number): number {
    return D * this.options.stride
  }

  /** Entry t of S_D v. */
  private moved(v: IntervalVector, t: number, D: number): Interval {
    const from = t - this.shift(D)
    return from >= 0 && from < this.m ? v[from] : ZERO
  }

  /** ψ_D; the zero teacher has no angle, and terms with an angle have weight 0 */
  private cross(w: IntervalVector, D: number): IntervalAngles {
    if (this.R.hi === 0) return { theta: ZERO, phi: ZERO, sin: ZERO, cos: ZERO }
    return shifted(w, this.teacher, this.shift(D))
  }
}

/** An enclosure of the matrix weight · v vᵀ/sin. */
interface Bowl {
  readonly v: IntervalVector
  readonly sin: Interval
  readonly weight: Interval
  /** hold vᵢ²/sin and vᵢvⱼ/sin in any case */
  readonly square: Interval
  readonly product: Interval
}

/** ‖v‖ ≤ most · sin */
function bowl(v: IntervalVector, sin: Interval, most: 1 | 2, weight: Interval): Bowl {
  const area = most * most
  const square = mul(sin, interval(0, area))
  return { v, sin, weight, square, product: mul(sin, interval(-area / 2, area / 2)) }
}

function quotient({ v, sin, weight, square, product }: Bowl, i: number, j: number): Interval {
  const known = i === j ? square : product
  if (!(sin.lo > 0)) return mul(weight, known)
  const computed = i === j ? sqr(v[i]) : mul(v[i], v[j])
  return mul(weight, intersect(div(computed, sin), known))
}

/** The symmetric matrix with the given entries, which are computed for i ≥ j. */
function symmetric(m: number, entry: (i: number, j: number) => Interval): IntervalMatrix {
  const lower = Array.from({ length: m }, (_, i) =>
    Array.from({ length: i + 1 }, (_, j) => entry(i, j)),
  )
  return intervalMatrix(m, m, (i, j) => (i >= j ? lower[i][j] : lower[j][i]))
}

/** The angle between u and v shifted by `shift` coordinates, both padded with zeros. */
function shifted(u: IntervalVector, v: IntervalVector, shift: number): IntervalAngles {
  const zeros = new Array<Interval>(Math.abs(shift)).fill(ZERO)
  return shift >= 0
    ? angles([...u, ...zeros], [...zeros, ...v])
    : angles([...zeros, ...u], [...v, ...zeros])
}

/** The function h(θ) = sin θ + (π − θ) cos θ, in [0, π]. */
function curve({ sin, cos, phi }: IntervalAngles): Interval {
  return intersect(add(sin, mul(phi, cos)), interval(0, PI.hi))
}
