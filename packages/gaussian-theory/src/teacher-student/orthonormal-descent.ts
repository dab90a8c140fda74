import { polish } from '@nonconvex/optim/certify'
import { norm2, type Stream } from '@nonconvex/tensor'
import { checkCount, checkPositive } from '@nonconvex/tensor/check'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import { hessian } from './hessian.js'
import { grad, loss } from './loss.js'
import { orthonormalTeacher } from './network.js'

const TAU = 2 * Math.PI
/** ‖∇L‖ at which Newton's method takes over. */
const CLOSE = 1e-5
/** A loss from which on an end is not the global minimum, as in the published search. */
const BAD = 1e-3
/** Times that descent may go on from a saddle that Newton's method has found. */
const SADDLES = 4
/** A Newton step that moves farther leads elsewhere. */
const NEAR = 0.05

/** A ReLU student of n neurons and the teacher I_k in d ≥ k dimensions. */
export interface OrthonormalShape {
  readonly n: number
  readonly k: number
  readonly d: number
}

/** The end of a run of {@link descendToCritical}. */
export interface DescentEnd {
  /** [n, d] */
  readonly W: Float64Array
  readonly loss: number
  /** ‖∇L(W)‖ */
  readonly gradientNorm: number
  readonly steps: number
  /**
   * `global`: the loss is below 1e-3 and the gradient below 1e-5; `local minimum`: after Newton's
   * method the smallest eigenvalue is positive; `unfinished` otherwise
   */
  readonly kind: 'global' | 'local minimum' | 'unfinished'
  /** of the Hessian in W; NaN unless `kind` is 'local minimum' */
  readonly smallestEigenvalue: number
}

/**
 * Draws an initialization with independent normal entries of variance 1/d.
 *
 * @returns [n, d]
 * @throws ArgumentError unless n and d are integers ≥ 1
 *
 * @example
 * import { orthonormalInitialization } from '@nonconvex/gaussian-theory/teacher-student'
 * import { stream } from '@nonconvex/tensor'
 * console.log(orthonormalInitialization({ n: 6, k: 4, d: 5 }, stream(1)).length) // → 30
 */
export function orthonormalInitialization(
  { n, d }: OrthonormalShape,
  stream: Stream,
): Float64Array {
  checkCount('orthonormalInitialization', 'n', n)
  checkCount('orthonormalInitialization', 'd', d)
  return stream.normalInto(new Float64Array(n * d)).map((x) => x / Math.sqrt(d))
}

/**
 * Gradient descent on the loss of a ReLU student with output weights 1 and the teacher I_k, down to
 * a gradient of 1e-5; an end with a loss of at least 1e-3 is finished by Newton's method:
 *
 *     ∂L/∂w_i = ½w_i + (1/2π) [ Σ_{j≠i} (‖w_j‖ sin θ_ij ŵ_i + (π − θ_ij) w_j) − Σ_j (sin θ ŵ_i + (π − θ) e_j) ]
 *
 * From a saddle, which Newton's method may find, descent goes on with a smaller gradient.
 *
 * @param W - [n, d], the initialization; not changed
 * @param eta - step size; 2/λ_max at the teacher is about 8/(k + 3.4)
 * @throws ArgumentError for sizes that do not fit, and for numbers that are not finite
 *
 * Cost of a step: n²/2 + nk angles and n(n + k)d products (n = k = 8: 4 µs, n = k = 20: 30 µs); of an
 * end with a loss: some Hessians and once their eigenvalues (k = 20: 0.5 s). Source: the procedure of
 * Safran & Shamir (2018), with Newton's method in place of the last steps.
 *
 * @example
 * import { descendToCritical, orthonormalInitialization } from '@nonconvex/gaussian-theory/teacher-student'
 * import { stream } from '@nonconvex/tensor'
 * const shape = { n: 3, k: 3, d: 3 }
 * const W = orthonormalInitialization(shape, stream(1))
 * console.log(descendToCritical(W, shape, { eta: 0.3, maxSteps: 10_000 }).kind) // → global
 */
export function descendToCritical(
  W: Float64Array,
  shape: OrthonormalShape,
  { eta, maxSteps }: { readonly eta: number; readonly maxSteps: number },
): DescentEnd {
  checkPositive('descendToCritical', 'eta', eta)
  checkCount('descendToCritical', 'maxSteps', maxSteps)
  const ts = orthonormalTeacher(W.slice(), shape)
  const here = ts.W
  const out = new Float64Array(here.length)
  const slope = new Descent(shape)
  const end = (kind: DescentEnd['kind'], steps: number, at = here, least = NaN): DescentEnd => {
    const network = { ...ts, W: at }
    grad(network, out, new Float64Array(shape.n))
    return {
      W: at,
      loss: loss(network),
      gradientNorm: norm2(out),
      steps,
      kind,
      smallestEigenvalue: least,
    }
  }
  let [close, saddles] = [CLOSE, 0]
  for (let step = 0; step < maxSteps; step++) {
    const size = slope.gradient(here, out)
    // NaN too
    if (!(size < 1e8)) return end('unfinished', step, W)
    if (size <= CLOSE && loss({ ...ts, W: here }) < BAD) return end('global', step)
    if (size <= close) {
      const { w, moved } = polish(
        {
          gradient: (at) => {
            const row = new Float64Array(here.length)
            grad({ ...ts, W: Float64Array.from(at) }, row, new Float64Array(shape.n))
            return row
          },
          hessian: (at) => hessian({ ...ts, W: Float64Array.from(at) }, { withA: false }),
        },
        here,
        8,
      )
      const [least] = eigenSymmetric(hessian({ ...ts, W: w }, { withA: false })).values
      if (least > 0 && moved < NEAR) return end('local minimum', step, w, least)
      if (++saddles > SADDLES) return end('unfinished', step)
      close /= 100
    }
    for (let i = 0; i < here.length; i++) here[i] -= eta * out[i]
  }
  return end('unfinished', maxSteps)
}

/**
 * The gradient of the descent, in an eighth of the time of `grad` (k = 8: 3 µs for 26, k = 20: 25 µs
 * for 220) and without its accuracy near parallel neurons.
 */
class Descent {
  private readonly n: number
  private readonly k: number
  private readonly d: number
  private readonly norms: Float64Array
  private readonly radial: Float64Array

  constructor({ n, k, d }: OrthonormalShape) {
    this.n = n
    this.k = k
    this.d = d
    this.norms = new Float64Array(n)
    this.radial = new Float64Array(n)
  }

  /** Writes ∇L into out and returns its norm. */
  gradient(W: Float64Array, out: Float64Array): number {
    const { n, k, d, norms, radial } = this
    for (let i = 0; i < n; i++) {
      let square = 0
      for (let t = i * d; t < (i + 1) * d; t++) square += W[t] * W[t]
      norms[i] = Math.sqrt(square)
      let across = 0
      for (let t = 0; t < d; t++) out[i * d + t] = 0
      for (let j = 0; j < k; j++) {
        const cos = clipped(W[i * d + j] / norms[i])
        across -= Math.sqrt((1 - cos) * (1 + cos))
        out[i * d + j] = -Math.acos(-cos)
      }
      radial[i] = across
    }
    for (let i = 0; i < n; i++)
      for (let j = 0; j < i; j++) {
        let product = 0
        for (let t = 0; t < d; t++) product += W[i * d + t] * W[j * d + t]
        const cos = clipped(product / (norms[i] * norms[j]))
        const sin = Math.sqrt((1 - cos) * (1 + cos))
        const phi = Math.acos(-cos)
        radial[i] += norms[j] * sin
        radial[j] += norms[i] * sin
        for (let t = 0; t < d; t++) {
          out[i * d + t] += phi * W[j * d + t]
          out[j * d + t] += phi * W[i * d + t]
        }
      }
    let square = 0
    for (let i = 0; i < n; i++) {
      const by = Math.PI + radial[i] / norms[i]
      for (let t = i * d; t < (i + 1) * d; t++) {
        out[t] = (out[t] + by * W[t]) / TAU
        square += out[t] * out[t]
      }
    }
    return Math.sqrt(square)
  }
}

const clipped = (cos: number): number => Math.max(-1, Math.min(1, cos))
