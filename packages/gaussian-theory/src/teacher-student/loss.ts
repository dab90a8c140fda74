import { norm2 } from '@nonconvex/tensor'
import { argumentError, checkInteger, checkLength, checkVector } from '@nonconvex/tensor/check'
import { AT, type Kernel } from './kernels.js'
import { checkNetwork, type TeacherStudent } from './network.js'
import { Pairs, pairsOf } from './pairs.js'

/**
 * The population loss of a student network, with the factor ½:
 *
 *     L(W, a) = ½ E (Σ_i a_i s(w_i·x) − Σ_j b_j t(v_j·x))²,   x ~ N(0, I_d)
 *
 * Cost: (n + k)² kernels. Accuracy: 1e-15 times the sum of the terms' sizes. Source: ours, from the
 * pair kernels; Safran & Shamir (2018) for ReLU and V = I.
 *
 * @throws ArgumentError unless the sizes fit and every entry is finite
 *
 * @example
 * import { loss, relu } from '@nonconvex/gaussian-theory/teacher-student'
 * const one = Float64Array.of(1)
 * const ts = { n: 1, k: 1, d: 1, W: Float64Array.of(3), a: one, V: one, b: one, kernel: relu }
 * console.log(loss(ts)) // → 1
 */
export function loss(ts: TeacherStudent): number {
  checkNetwork('loss', ts)
  const { W, a, V, b, d, kernel, kernelST = kernel, kernelTT = kernel } = ts
  const own = quadratic(W, a, W, a, d, kernel)
  const cross = quadratic(W, a, V, b, d, kernelST)
  const teacher = quadratic(V, b, V, b, d, kernelTT)
  return own / 2 - cross + teacher / 2
}

function quadratic(
  U: Float64Array,
  a: Float64Array,
  V: Float64Array,
  b: Float64Array,
  d: number,
  kernel: Kernel,
): number {
  const pairs = new Pairs(U, V, d, kernel)
  let sum = 0
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < b.length; j++) sum += a[i] * b[j] * pairs.at(i, j)[AT.K]
  return sum
}

/** What {@link grad} reports about the point. */
export interface GradientReport {
  /** neurons w_i = 0 of an activation with a kink: their rows are 0, there is no gradient */
  readonly singular: readonly number[]
  /**
   * smallest angle of a student neuron to another neuron or its opposite; Infinity if there is none
   */
  readonly minAngle: number
  /** smallest ‖w_i‖ */
  readonly minNorm: number
}

/**
 * The gradient of {@link loss}, written into outW and outA:
 *
 *     R_i = Σ_j a_j (2K_p w_i + K_r w_j) − Σ_j b_j (2K_p w_i + K_r v_j)
 *     ∂L/∂w_i = a_i R_i,   ∂L/∂a_i = Σ_j a_j K(w_i, w_j) − Σ_j b_j K(w_i, v_j)
 *
 * @param outW - [n, d]
 * @param outA - [n]
 * @throws as `loss`
 *
 * Cost: n(n + k) kernels. Source: ours, by differentiation.
 *
 * @example
 * import { grad, relu } from '@nonconvex/gaussian-theory/teacher-student'
 * const one = Float64Array.of(1)
 * const ts = { n: 1, k: 1, d: 1, W: Float64Array.of(3), a: one, V: one, b: one, kernel: relu }
 * const [outW, outA] = [new Float64Array(1), new Float64Array(1)]
 * grad(ts, outW, outA)
 * console.log(outW[0], outA[0]) // → 1 3
 */
export function grad(ts: TeacherStudent, outW: Float64Array, outA: Float64Array): GradientReport {
  checkNetwork('grad', ts)
  const { n, d, a } = ts
  checkLength('grad', 'outW', outW, n * d, 'n·d')
  checkLength('grad', 'outA', outA, n, 'n')
  const { own, cross } = pairsOf(ts)
  const kinked = missingAtZero(ts) === 'gradient'
  const singular: number[] = []
  let minNorm = Infinity
  for (let i = 0; i < n; i++) {
    const row = outW.subarray(i * d, (i + 1) * d)
    outA[i] = residual(ts, own, cross, i, row)
    minNorm = Math.min(minNorm, own.norm(i))
    const missing = kinked && own.norm(i) === 0
    if (missing) singular.push(i)
    for (let t = 0; t < d; t++) row[t] = missing ? 0 : row[t] * a[i]
  }
  return { singular, minAngle: Math.min(own.minAngle, cross.minAngle), minNorm }
}

/** Writes R_i into out and returns ∂L/∂a_i. */
export function residual(
  { n, k, d, W, a, V, b }: TeacherStudent,
  own: Pairs,
  cross: Pairs,
  i: number,
  out: Float64Array,
): number {
  out.fill(0)
  let [slope, along] = [0, 0]
  const take = (pairs: Pairs, j: number, weight: number, to: Float64Array): void => {
    const K = pairs.at(i, j)
    slope += weight * K[AT.K]
    along += 2 * weight * K[AT.p]
    const by = weight * K[AT.r]
    for (let t = 0; t < d; t++) out[t] += by * to[j * d + t]
  }
  for (let j = 0; j < n; j++) take(own, j, a[j], W)
  for (let j = 0; j < k; j++) take(cross, j, -b[j], V)
  for (let t = 0; t < d; t++) out[t] += along * W[i * d + t]
  return slope
}

/** What is missing at a neuron w_i = 0, by the two kernels that concern the student. */
export function missingAtZero({
  kernel,
  kernelST = kernel,
}: TeacherStudent): Kernel['missingAtZero'] {
  const both = [kernel.missingAtZero, kernelST.missingAtZero]
  return both.includes('gradient') ? 'gradient' : both.includes('hessian') ? 'hessian' : null
}

/**
 * The one-sided slope of the loss from w_i = 0 in a direction u, for kernels of degree 1 as ReLU:
 *
 *     a_i (Σ_{j≠i} a_j K(u, w_j) − Σ_j b_j K(u, v_j))
 *
 * The point is locally minimal in w_i iff this is ≥ 0 for every u.
 *
 * @param i - a neuron whose row is 0
 * @param u - [d], finite
 * @throws ArgumentError unless i is such a neuron; otherwise as `loss`
 *
 * Source: ours; exact as K is homogeneous.
 *
 * @example
 * import { oneSidedSlope, relu } from '@nonconvex/gaussian-theory/teacher-student'
 * const one = Float64Array.of(1)
 * const W = Float64Array.of(0)
 * const ts = { n: 1, k: 1, d: 1, W, a: one, V: one, b: one, kernel: relu }
 * console.log(oneSidedSlope(ts, 0, one)) // → -0.5
 */
export function oneSidedSlope(ts: TeacherStudent, i: number, u: Float64Array): number {
  const fn = 'oneSidedSlope'
  checkNetwork(fn, ts)
  const { n, d, W, a, V, b, kernel, kernelST = kernel } = ts
  checkInteger(fn, 'i', i, 0, n - 1, `[0, n − 1 = ${n - 1}]`)
  checkVector(fn, 'u', u, d, 'd')
  const size = norm2(W.subarray(i * d, (i + 1) * d))
  if (size > 0) throw argumentError('invalid', fn, 'row i of W', 'to be the zero vector', size)
  const single = Float64Array.of(a[i])
  const students = quadratic(u, single, W, a, d, kernel)
  return students - quadratic(u, single, V, b, d, kernelST)
}
