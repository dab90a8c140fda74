import type { Matrix, Vec } from '@nonconvex/tensor'
import { checkPair, pairFrame, sideways } from './pair-frame.js'
import { sMinusTCos } from './s-minus-t-cos.js'
import { checkNotZero } from '@nonconvex/tensor/check'

const TWO_PI = 2 * Math.PI

/**
 * The expectation of relu(u·x) relu(v·x) over x ~ N(0, I_m):
 *
 *     g(u, v) = ‖u‖ ‖v‖ (sin θ + (π − θ) cos θ) / 2π = ‖u‖ ‖v‖ s̃(φ) / 2π,   θ = ∠(u, v), φ = π − θ
 *
 * @param u - [m], finite; the zero vector is allowed and gives 0
 * @param v - [m], the same m
 * @returns number ≥ 0, homogeneous of degree 1 in each argument, symmetric
 * @throws ShapeError if the lengths differ; RangeError for NaN, infinities and empty vectors
 *
 * Accuracy: relative error ≤ 1e-14 + 2e-15/φ (fixtures/relu-pair.json); the form with acos of a
 * normalized product has no correct digit at φ = 1e-5. Safe for norms up to 1e150.
 * Cost: O(m).
 * Source: Cho & Saul (2009), arc-cosine kernel of degree 1; the talk, "Gaussian Inputs".
 *
 * @example
 * import { reluPair } from '@nonconvex/gaussian-theory'
 * console.log(reluPair([1, 0], [1, 0])) // → 0.5
 */
export function reluPair(u: Vec, v: Vec): number {
  checkPair('reluPair', 'u', u, 'v', v)
  const { uNorm, vNorm, phi } = pairFrame(u, v)
  if (uNorm === 0 || vNorm === 0) return 0
  return (uNorm * vNorm * sMinusTCos(phi)) / TWO_PI
}

/**
 * The gradient of {@link reluPair} in its first argument:
 *
 *     ∂g/∂u = ( ‖v‖ sin θ û + φ v ) / 2π
 *
 * @param u - [m], not zero: the gradient is homogeneous of degree 0, so it has no limit at 0
 * @param v - [m]; v = 0 gives the zero vector
 * @returns [m]
 * @throws RangeError at u = 0; otherwise as reluPair
 *
 * Accuracy: each entry to 1e-15 ‖v‖.
 * Cost: O(m).
 * Source: ours, by differentiation.
 *
 * @example
 * import { reluPairGradient } from '@nonconvex/gaussian-theory'
 * // 1/2π, 1/4
 * console.log(Array.from(reluPairGradient([1, 0], [0, 1]), (x) => x.toFixed(6)).join()) // → 0.159155,0.250000
 */
export function reluPairGradient(u: Vec, v: Vec): Float64Array {
  checkPair('reluPairGradient', 'u', u, 'v', v)
  const { vNorm, uHat, phi, sin } = pairFrame(u, v)
  checkNotZero('reluPairGradient', 'u', u, 'not differentiable there')
  const out = new Float64Array(u.length)
  if (vNorm === 0) return out
  for (let i = 0; i < out.length; i++) out[i] = (vNorm * sin * uHat[i] + phi * v[i]) / TWO_PI
  return out
}

/**
 * The two Hessian blocks of {@link reluPair}:
 *
 *     ∂²g/∂u∂u = ‖v‖ sin θ (I − ûûᵀ + nnᵀ) / (2π‖u‖) ⪰ 0
 *     ∂²g/∂u∂v = ( φ I + sin θ (û v̂ᵀ + n m̂ᵀ) ) / 2π
 *
 * n is the unit vector orthogonal to û on v's side, m̂ the same with the roles exchanged; both are
 * 0 for parallel vectors. Eigenvalues of uu times 2π‖u‖/(‖v‖ sin θ): 0 (û), 2 (n), 1 (m − 2 times).
 *
 * @param u - [m], not zero
 * @param v - [m], not zero
 * @returns uu and uv, both m × m, row index u; uv is symmetric as well
 * @throws RangeError if either is zero; otherwise as reluPair
 *
 * Accuracy: entries to 1e-15 ‖v‖/‖u‖ and 1e-15.
 * Cost: O(m²).
 * Source: ours, by differentiation; equal to central differences to 1e-9.
 *
 * @example
 * import { reluPairHessian } from '@nonconvex/gaussian-theory'
 * console.log(reluPairHessian([1, 0], [1, 0]).uv.data.join()) // → 0.5,0,0,0.5
 */
export function reluPairHessian(u: Vec, v: Vec): { uu: Matrix; uv: Matrix } {
  const m = u.length
  const block = (entry: (i: number, j: number) => number): Matrix => {
    const data = new Float64Array(m * m)
    for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) data[i * m + j] = entry(i, j)
    return { rows: m, cols: m, data }
  }
  const { uu, uv } = hessianEntries('reluPairHessian', u, v)
  return { uu: block(uu), uv: block(uv) }
}

/** The entries of {@link reluPairHessian} by row and column, where few are needed. */
export function hessianEntries(
  fn: string,
  u: Vec,
  v: Vec,
): { uu: (i: number, j: number) => number; uv: (i: number, j: number) => number } {
  checkPair(fn, 'u', u, 'v', v)
  const frame = pairFrame(u, v)
  const { uNorm, vNorm, uHat, vHat, phi, sin } = frame
  checkNotZero(fn, 'u', u, 'not differentiable there')
  checkNotZero(fn, 'v', v, 'not differentiable there')
  const n = sideways(uHat, vHat, frame)
  const nBack = sideways(vHat, uHat, frame)
  const scale = (vNorm * sin) / (TWO_PI * uNorm)
  return {
    uu: (i, j) => scale * ((i === j ? 1 : 0) - uHat[i] * uHat[j] + n[i] * n[j]),
    uv: (i, j) => (phi * (i === j ? 1 : 0) + sin * (uHat[i] * vHat[j] + n[i] * nBack[j])) / TWO_PI,
  }
}
