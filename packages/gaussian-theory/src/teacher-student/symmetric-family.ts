import { gemm, norm2, type Matrix } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import { checkInteger, checkListed } from '@nonconvex/tensor/check'
import { hessian } from './hessian.js'
import { grad, loss } from './loss.js'
import { orthonormalTeacher } from './network.js'

/** A kind of critical point: `II` p flipped neurons, `A` all flipped, `I` all but p flipped. */
export type FamilyKind = 'II' | 'A' | 'I'

const kinds: readonly FamilyKind[] = ['II', 'A', 'I']

/** A critical point of the ReLU network with n = k neurons and the teacher I_k. */
export interface FamilyPoint {
  /** [k, k] */
  readonly W: Float64Array
  readonly loss: number
  /** ‖∇L(W)‖ */
  readonly gradientNorm: number
  /** smallest eigenvalue of the Hessian in W: > 0 a local minimum, < 0 a saddle */
  readonly smallestEigenvalue: number
}

/** Largest number of Newton steps; eight suffice for k = 5 … 20. */
const STEPS = 40

/**
 * The critical point of a symmetric family, by Newton's method on six numbers. Rows 0 … m − 1 are
 * ordinary, the last p special, and the entries of a row depend only on the kinds of row and column:
 *
 *     ordinary row: a on the diagonal, b in the other ordinary columns, c in the special ones
 *     special row:  e in the ordinary columns, f on the diagonal, g in the other special ones
 *
 * Gradient descent does not leave these matrices, so a critical point among them is one of the loss.
 *
 * @param k - integer ≥ 3, the neurons of student and teacher
 * @param p - for kind II the number of flipped neurons, for kind I that of the others, 1 … k − 1;
 *   default 1; ignored for kind A
 * @throws ArgumentError for other arguments
 *
 * Cost: a Hessian and a k² × k² product with six columns for each of about eight steps, and once all
 * its eigenvalues (k = 6: 5 ms, k = 20: 0.5 s). Source: ours; Safran & Shamir (2018) found the points
 * of kind II by descent from random initializations.
 *
 * @example
 * import { solveFamily } from '@nonconvex/gaussian-theory/teacher-student'
 * const { loss, smallestEigenvalue } = solveFamily('II', 6)
 * console.log(loss.toFixed(9), smallestEigenvalue.toFixed(8)) // → 0.025080581 0.00470035
 */
export function solveFamily(kind: FamilyKind, k: number, p = 1): FamilyPoint {
  checkListed('solveFamily', 'kind', kind, kinds)
  checkInteger('solveFamily', 'k', k, 3)
  checkInteger('solveFamily', 'p', p, 1, k - 1, `[1, k − 1 = ${k - 1}]`)
  const special = kind === 'A' ? 0 : p
  const place = placesOf(k, special)
  const counts = new Float64Array(6)
  for (const at of place) counts[at]++
  const used = [0, 1, 2, 3, 4, 5].filter((i) => counts[i] > 0)
  // columns: the orthonormal directions of the family
  const basis: Matrix = {
    rows: k * k,
    cols: used.length,
    data: new Float64Array(k * k * used.length),
  }
  place.forEach((at, entry) => {
    basis.data[entry * used.length + used.indexOf(at)] = 1 / Math.sqrt(counts[at])
  })
  const W = Float64Array.from(place, (at) => startOf(kind, k, special)[at])
  const ts = orthonormalTeacher(W, { n: k, k, d: k })
  const [outW, outA] = [new Float64Array(k * k), new Float64Array(k)]
  const slope = (): Float64Array => {
    grad(ts, outW, outA)
    return outW
  }
  for (let step = 0; step < STEPS && norm2(slope()) > 1e-14; step++) {
    const inside = gemm(basis, gemm(hessian(ts, { withA: false }), basis), { transposeA: true })
    const { values, vectors } = eigenSymmetric(inside, { vectors: true })
    const move = new Float64Array(k * k)
    for (let j = 0; j < used.length; j++) {
      const direction = Float64Array.from(place, (_, entry) => {
        let sum = 0
        for (let i = 0; i < used.length; i++)
          sum += basis.data[entry * used.length + i] * (vectors?.data[i * used.length + j] ?? NaN)
        return sum
      })
      let along = 0
      for (let i = 0; i < direction.length; i++) along += direction[i] * outW[i]
      for (let i = 0; i < direction.length; i++) move[i] += (along / values[j]) * direction[i]
    }
    const scale = Math.min(1, (0.3 * Math.sqrt(k)) / norm2(move))
    for (let i = 0; i < W.length; i++) W[i] -= scale * move[i]
  }
  return {
    W,
    loss: loss(ts),
    gradientNorm: norm2(slope()),
    smallestEigenvalue: eigenSymmetric(hessian(ts, { withA: false })).values[0],
  }
}

/** Which of the six numbers is at each entry, row-major. */
function placesOf(k: number, special: number): number[] {
  const ordinary = k - special
  return Array.from({ length: k * k }, (_, at) => {
    const [i, j] = [Math.floor(at / k), at % k]
    if (i < ordinary) return j >= ordinary ? 2 : i === j ? 0 : 1
    return j < ordinary ? 3 : i === j ? 4 : 5
  })
}

/** Six numbers from which Newton's method converges, for k = 5 … 20 at least. */
function startOf(kind: FamilyKind, k: number, special: number): readonly number[] {
  const side = 2 / k
  const flipped = 2 / (k - special)
  return {
    II: [1, -1.5 / (k * k), side, 1.3 / k, side - 1, side],
    A: [side - 1, side, 0, 0, 0, 0],
    I: [flipped - 1, flipped, 0, 0.1 / k, 1, 0],
  }[kind]
}
