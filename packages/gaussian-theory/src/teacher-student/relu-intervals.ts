import {
  add,
  angles,
  box,
  contains,
  div,
  interval,
  intervalMatrix,
  mul,
  norm2,
  sub,
  TWO_PI,
  type Interval,
  type IntervalAngles,
  type IntervalVector,
} from '@nonconvex/tensor/interval'
import type { IntervalObjective } from '@nonconvex/optim/certify'
import { argumentError } from '@nonconvex/tensor/check'
import { checkNetwork, type TeacherStudent } from './network.js'

const ZERO = interval(0)

/** A vector with its norm and direction. */
interface Neuron {
  readonly v: IntervalVector
  readonly norm: Interval
  readonly hat: IntervalVector
}

/** A pair of neurons. */
interface Pair extends IntervalAngles {
  readonly u: Neuron
  readonly v: Neuron
}

/**
 * The loss of a ReLU network as a function of W, for `certifyByIntervals`: value, gradient and
 * Hessian over boxes, with all rounding enclosed. Output weights are fixed; W of `ts` gives the size
 * alone.
 *
 *     ∂K/∂u = (‖v‖ sin θ û + φ v)/2π,   q = v̂ − cos θ û,   q′ = û − cos θ v̂
 *     ∂²K/∂u² = (‖v‖/2π‖u‖)(sin θ (I − ûûᵀ) + qqᵀ/sin θ),   ∂²K/∂u∂v = (φ I + sin θ ûv̂ᵀ + qq′ᵀ/sin θ)/2π
 *
 * A box on which two neurons may be parallel has an unbounded Hessian, and no certificate. Only the
 * arithmetic is proved, not the formulas.
 *
 * @throws ArgumentError unless the kernels are ReLU and no row of the teacher is 0; otherwise as
 *   `loss`
 *
 * Cost of a Hessian: n(n + k)d² interval operations, about 8 each (n = k = d = 6: 5 ms). Source:
 * ours.
 *
 * @example
 * import { certifyByIntervals } from '@nonconvex/optim/certify'
 * import { orthonormalTeacher, reluIntervals, solveFamily } from '@nonconvex/gaussian-theory/teacher-student'
 * const { W } = solveFamily('II', 6)
 * const found = certifyByIntervals(reluIntervals(orthonormalTeacher(W, { n: 6, k: 6, d: 6 })), W)
 * console.log(found.status, found.rigor) // → certified proof
 */
export function reluIntervals(ts: TeacherStudent): Required<IntervalObjective> {
  const fn = 'reluIntervals'
  checkNetwork(fn, ts)
  const { n, k, d, a, V, b, kernel, kernelST = kernel, kernelTT = kernel } = ts
  for (const { name } of [kernel, kernelST, kernelTT])
    if (name !== 'relu') throw argumentError('invalid', fn, 'the kernels', "to be 'relu'", name)
  const teachers = Array.from({ length: k }, (_, j) => neuron(box(V.subarray(j * d, (j + 1) * d))))
  if (teachers.some(({ norm }) => norm.lo <= 0))
    throw argumentError('zero-vector', fn, 'V', 'to have no zero row', '0', 'drop zero rows')
  const students = (w: IntervalVector): Neuron[] =>
    Array.from({ length: n }, (_, i) => neuron(w.slice(i * d, (i + 1) * d)))
  return {
    d: n * d,
    value: (w) => {
      const all = [...students(w), ...teachers]
      const weights = [...a, ...Array.from(b, (x) => -x)]
      let sum = ZERO
      all.forEach((u, i) =>
        all.slice(0, i + 1).forEach((v, j) => {
          const { sin, cos, phi } = pair(u, v, i === j)
          const K = mul(mul(u.norm, v.norm), add(sin, mul(phi, cos)))
          sum = add(sum, mul(weights[i], mul(i === j ? weights[j] / 2 : weights[j], K)))
        }),
      )
      return div(sum, TWO_PI)
    },
    gradient: (w) => {
      const own = students(w)
      return own.flatMap((u, i) => {
        let row: IntervalVector = u.v.map((x) => mul(a[i], div(x, 2)))
        const take = (v: Neuron, weight: number): void => {
          const { sin, phi } = pair(u, v, false)
          const along = mul(v.norm, sin)
          row = row.map((x, t) => {
            const slope = add(mul(along, u.hat[t]), mul(phi, v.v[t]))
            return add(x, mul(weight, div(slope, TWO_PI)))
          })
        }
        own.forEach((v, j) => j !== i && take(v, a[j]))
        teachers.forEach((v, j) => take(v, -b[j]))
        return row.map((x) => mul(a[i], x))
      })
    },
    hessian: (w) => {
      const own = students(w)
      const size = n * d
      const data = new Array<Interval>(size * size).fill(ZERO)
      const set = (i: number, j: number, s: number, t: number, x: Interval): void => {
        data[(i * d + s) * size + j * d + t] = x
      }
      own.forEach((u, i) => {
        let bent = Array.from({ length: d * d }, (_, at) =>
          at % (d + 1) === 0 ? interval(a[i] / 2) : ZERO,
        )
        const bend = (v: Neuron, weight: number): void => {
          const at = pair(u, v, false)
          const q = side(at)
          const scale = mul(weight, div(v.norm, mul(TWO_PI, u.norm)))
          bent = bent.map((x, e) => {
            const [s, t] = [Math.floor(e / d), e % d]
            const across = sub(s === t ? 1 : 0, mul(u.hat[s], u.hat[t]))
            const both = add(mul(at.sin, across), div(mul(q[s], q[t]), at.sin))
            return add(x, mul(scale, both))
          })
        }
        own.forEach((v, j) => {
          if (j === i) return
          bend(v, a[j])
          if (j > i) return
          const at = pair(u, v, false)
          const [q, back] = [side(at), side({ ...at, u: v, v: u })]
          for (let s = 0; s < d; s++)
            for (let t = 0; t < d; t++) {
              const turn = add(mul(at.sin, mul(u.hat[s], v.hat[t])), s === t ? at.phi : ZERO)
              const entry = div(add(turn, div(mul(q[s], back[t]), at.sin)), TWO_PI)
              const weighted = mul(a[i], mul(a[j], entry))
              set(i, j, s, t, weighted)
              set(j, i, t, s, weighted)
            }
        })
        teachers.forEach((v, j) => bend(v, -b[j]))
        bent.forEach((x, e) => set(i, i, Math.floor(e / d), e % d, mul(a[i], x)))
      })
      return intervalMatrix(size, size, (i, j) => data[i * size + j])
    },
    twiceDifferentiable: (w) => students(w).every(({ v }) => !v.every((x) => contains(x, 0))),
  }
}

function neuron(v: IntervalVector): Neuron {
  const norm = norm2(v)
  return { v, norm, hat: v.map((x) => div(x, norm)) }
}

/** The angle of two neurons; of a neuron with itself it is 0. */
function pair(u: Neuron, v: Neuron, same: boolean): Pair {
  const zero = { theta: ZERO, phi: div(TWO_PI, 2), sin: ZERO, cos: interval(1) }
  return { ...(same ? zero : angles(u.v, v.v)), u, v }
}

/** q = v̂ − cos θ û */
function side({ u, v, cos }: Pair): IntervalVector {
  return v.hat.map((x, t) => sub(x, mul(cos, u.hat[t])))
}
