import {
  add,
  angles,
  box,
  contains,
  div,
  intersect,
  interval,
  intervalMatrix,
  largestEigenvalue,
  mul,
  neg,
  norm2,
  PI,
  smallestEigenvalue,
  sqr,
  sub,
  type Interval,
  type IntervalVector,
} from '@nonconvex/tensor/interval'
import type { Vec } from '@nonconvex/tensor'
import {
  certifyByIntervals,
  type Certificate,
  type IntervalObjective,
} from '@nonconvex/optim/certify'
import { proveNoOther, type NoOtherPoint } from './no-other-point.js'
import { checkCount, checkInteger, argumentError, checkNotZero } from '@nonconvex/tensor/check'
import { checkPair } from '../integral/pair-frame.js'
import {
  certificateRecord,
  ends,
  type CertificateRecord,
  type Ends,
} from '../certificate-record.js'

/**
 * The proofs of the kinds of the critical points of the no-overlap loss; every number is an
 * interval that contains the true value.
 */
export interface CriticalPointProofs {
  readonly origin: {
    /** holds the one-sided derivatives at 0 in all unit directions */
    readonly slopes: Interval
    /** all slopes are negative: 0 is a strict local maximum */
    readonly proved: boolean
  }
  /** w*: certified, with the radius within which it is the only critical point */
  readonly minimum: Certificate
  readonly saddle: {
    /** holds α: the point is −αw* */
    readonly alpha: Interval
    /** holds ℓ(−αw*) */
    readonly loss: Interval
    /** holds the m − 1 eigenvalues across the ray, which are 0 */
    readonly across: Interval
    /** holds the eigenvalue along the ray, c */
    readonly along: Interval
    /**
     * holds aαR²/3π, the limit of (ℓ(−αw*) − ℓ(w))/φ³ on the way to the saddle, at the same
     * distance from 0
     */
    readonly coefficient: Interval
    /**
     * holds (ℓ(−αw*) − ℓ(w))/φ³ for all w at the same distance from 0, at angles φ ∈ (0, 1] from
     * the ray
     */
    readonly fall: Interval
    /**
     * minimum along the ray, descent in every direction across it, gradient 0 not excluded: a
     * saddle
     */
    readonly proved: boolean
  }
  /** there is no fourth */
  readonly others: NoOtherPoint
}

/**
 * The no-overlap loss as an objective for `certifyByIntervals`.
 *
 *     ∇ℓ(w) = c w − (bR + aR sin θ/π) ŵ − a(φ/π) w*,   φ = π − θ
 *     ∇²ℓ(w) = c I − (bR/r) P − q (P + nnᵀ),   q = aR sin θ/(πr)
 *
 * n nᵀ is p pᵀ/sin²θ, p = ŵ* − cos θ ŵ; where the box contains points parallel to w*, its entries
 * are only known to lie in [0, 1] and [−½, ½], which is harmless since q ≈ 0.
 *
 * @param wStar - [m], the teacher, finite, not zero
 * @param k - number of patches, integer ≥ 1
 * @throws RangeError for the zero vector, NaN, infinities, other k
 *
 * Cost: O(m²) interval operations. Source: `noOverlapGradient` and `noOverlapHessian`.
 *
 * @example
 * import { noOverlapIntervals } from '@nonconvex/gaussian-theory'
 * import { certifyByIntervals } from '@nonconvex/optim/certify'
 * console.log(certifyByIntervals(noOverlapIntervals([1, 0], 5), [1, 0]).status) // → certified
 */
export function noOverlapIntervals(wStar: Vec, k: number): Omit<IntervalObjective, 'value'> {
  checkTeacher('noOverlapIntervals', wStar, k)
  const teacher = box(wStar)
  const m = teacher.length
  const R = norm2(teacher)
  const { a, b, c } = constants(k)
  return {
    d: m,
    gradient(w) {
      const { sin: s, phi } = angles(w, teacher)
      const hat = unit(w)
      const pull = mul(R, add(b, div(mul(a, s), PI)))
      const fraction = div(mul(a, phi), PI)
      return w.map((x, i) => sub(sub(mul(c, x), mul(pull, hat[i])), mul(fraction, teacher[i])))
    },
    hessian(w) {
      const { sin: s, cos: along } = angles(w, teacher)
      const hat = unit(w)
      const p = unit(teacher).map((x, i) => sub(x, mul(along, hat[i])))
      const ratio = div(R, norm2(w))
      const q = div(mul(mul(a, ratio), s), PI)
      const bend = add(mul(b, ratio), q)
      return intervalMatrix(m, m, (i, j) => {
        const same = i === j ? 1 : 0
        const known = i === j ? interval(0, 1) : interval(-0.5, 0.5)
        const across = intersect(sub(same, mul(hat[i], hat[j])), interval(-1, 1))
        const sideways = intersect(div(mul(p[i], p[j]), sqr(s)), known)
        const normal = Number.isNaN(sideways.lo) ? known : sideways
        return sub(sub(mul(c, same), mul(bend, across)), mul(q, normal))
      })
    },
  }
}

/**
 * Proves the kinds of the three critical points of the no-overlap loss by interval arithmetic, and
 * that there is no other critical point:
 *
 *     0       D(e) = −R(b + a h(θ)/π) for every direction e, h′ = −φ sin θ ≤ 0: between −cR and −bR
 *     w*      `certifyByIntervals`
 *     −αw*    ℓ(−αw*) − ℓ = (a/π) αR² s̃(φ) across the ray, s̃(φ)/φ³ ∈ [1/3 − φ²/30, 1/3] for φ ≤ 1 (its series alternates and
 *             decreases); along the ray ℓ is a parabola with curvature c
 *     others  `proveNoOther`
 *
 * The formulas are those of `criticalPoints`; only the arithmetic is proved.
 *
 * @param wStar - [m], the teacher, finite, not zero, m ≥ 2
 * @param k - number of patches, integer ≥ 2
 * @throws RangeError outside these: the theorem is false otherwise
 *
 * Cost: about 10 ms for m = 5.
 *
 * @example
 * import { proveCriticalPoints } from '@nonconvex/gaussian-theory'
 * const { origin, minimum, saddle } = proveCriticalPoints([1, 0], 5)
 * console.log(origin.proved, minimum.status, saddle.proved) // → true certified true
 */
export function proveCriticalPoints(wStar: Vec, k: number): CriticalPointProofs {
  const fn = 'proveCriticalPoints'
  checkTeacher(fn, wStar, k)
  checkInteger(fn, 'k', k, 2)
  if (wStar.length < 2)
    throw argumentError('shape', fn, 'wStar', 'to have length ≥ 2', wStar.length)
  const slopes = slopesAtOrigin(wStar, k)
  return {
    origin: { slopes, proved: slopes.hi < 0 },
    minimum: certifyByIntervals(noOverlapIntervals(wStar, k), wStar),
    saddle: saddleProof(wStar, k),
    others: proveNoOther(k),
  }
}

/** The enclosure of the slopes at 0, where h(θ)/π decreases from 1 to 0. */
function slopesAtOrigin(wStar: Vec, k: number): Interval {
  const { a, b } = constants(k)
  return neg(mul(norm2(box(wStar)), add(b, mul(a, interval(0, 1)))))
}

function saddleProof(wStar: Vec, k: number): CriticalPointProofs['saddle'] {
  const teacher = box(wStar)
  const { a, c } = constants(k)
  const square = sqr(norm2(teacher))
  const alpha = div(k - 1, add(k - 1, PI))
  const loss = mul(div(square, 2 * k), div(add(2 * k - 2, PI), add(k - 1, PI)))
  const point = teacher.map((x) => neg(mul(alpha, x)))
  const objective = noOverlapIntervals(wStar, k)
  const hessian = objective.hessian(point)
  const across = smallestEigenvalue(hessian).value
  const along = largestEigenvalue(hessian).value
  const size = mul(div(mul(a, alpha), PI), square)
  const coefficient = div(size, 3)
  const fall = mul(size, sub(div(1, 3), div(interval(0, 1), 30)))
  const critical = objective.gradient(point).every((x) => contains(x, 0))
  const proved = critical && c.lo > 0 && fall.lo > 0
  return { alpha, loss, across, along, coefficient, fall, proved }
}

/** Enclosures of the constants a = 1/k, b = (k − 1)/πk and c = a + b. */
function constants(k: number): { a: Interval; b: Interval; c: Interval } {
  const a = div(1, k)
  const b = div(k - 1, mul(PI, k))
  return { a, b, c: add(a, b) }
}

function unit(w: IntervalVector): IntervalVector {
  const size = norm2(w)
  return w.map((x) => div(x, size))
}

function checkTeacher(fn: string, wStar: Vec, k: number): void {
  checkPair(fn, 'wStar', wStar, 'wStar', wStar)
  checkCount(fn, 'k', k)
  checkNotZero(fn, 'wStar', wStar)
}

/** The results of `proveCriticalPoints` as plain data. */
export type KindsProved = {
  /** hold the one-sided derivatives at 0 in all unit directions */
  readonly slopes: Ends | null
  readonly minimum: CertificateRecord
  readonly saddle: {
    readonly alpha: Ends | null
    readonly loss: Ends | null
    readonly across: Ends | null
    readonly along: Ends | null
    /** hold (ℓ(−αw*) − ℓ)/φ³ on the sphere through the saddle, φ ≤ 1 */
    readonly fall: Ends | null
    /** hold the limit of that at φ = 0 */
    readonly coefficient: Ends | null
    readonly proved: boolean
  }
  /** that there is no fourth point, see `proveNoOther` */
  readonly others: {
    readonly across: Ends | null
    readonly along: Ends | null
    readonly proved: boolean
  }
}

/**
 * The proofs of `proveCriticalPoints` as plain data.
 *
 * @throws as proveCriticalPoints
 *
 * @example
 * import { proveKinds } from '@nonconvex/gaussian-theory'
 * console.log(proveKinds([1, 0], 5).minimum.status) // → certified
 */
export function proveKinds(wStar: Vec, k: number): KindsProved {
  const { origin, minimum, saddle, others } = proveCriticalPoints(wStar, k)
  const { alpha, loss, across, along, coefficient, fall, proved } = saddle
  return {
    slopes: ends(origin.slopes),
    minimum: certificateRecord(minimum),
    saddle: {
      alpha: ends(alpha),
      loss: ends(loss),
      across: ends(across),
      along: ends(along),
      fall: ends(fall),
      coefficient: ends(coefficient),
      proved,
    },
    others: {
      across: ends(others.across),
      along: ends(others.along),
      proved: others.proved,
    },
  }
}
