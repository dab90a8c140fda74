import { type Matrix, type Vec, norm2 } from '@nonconvex/tensor'
import { checkPair, direction } from '../integral/pair-frame.js'
import { checkOverlap, lagsOf, type OverlapOptions } from './lags.js'
import { patchHessian, stridePatches } from './patch-loss.js'
import { ShiftedPair } from './shifted-pair.js'
import { checkNotZero } from '@nonconvex/tensor/check'

/**
 * The Hessian of the loss with overlap:
 *
 *     ∇²ℓ = (1/πk²) { kπ I + Σ_{D≠0} μ_D [ sin θ_D (P + ŵŵᵀ) + (p_D p_Dᵀ + p_D p'_Dᵀ)/sin θ_D + (π − θ_D) S_D ]
 *                     − (R/r) Σ_D μ_D [ sin ψ_D P + q_D q_Dᵀ/sin ψ_D ] }
 *
 * with μ_D = k − |D|, P = I − ŵŵᵀ, p_D = S_D ŵ − cos θ_D ŵ, p'_D = S_Dᵀ ŵ − cos θ_D ŵ,
 * q_D = S_D ŵ* − cos ψ_D ŵ; a quotient with sine 0 counts as 0.
 *
 * @param w - [m], not zero
 * @param wStar - [m], the teacher; zero is allowed
 * @param options - k ≥ 1 patches, stride ≥ 1; form 'lag' (default), or 'pair', which sums over all
 *   pairs of patches by `patchHessian` and is there for comparison
 * @returns m × m, symmetric
 * @throws RangeError at w = 0; otherwise as overlapLoss
 *
 * Accuracy: entries to 1e-15 (1 + R/r). Cost: O(min(k, m/stride) m²); 'pair' O(k² d²), d =
 * (k−1)·stride + m. Source: ours, by differentiation; equal to central differences of the gradient.
 *
 * @example
 * import { overlapHessian } from '@nonconvex/gaussian-theory/overlap'
 * console.log(overlapHessian([1], [1], { k: 1, stride: 1 }).data) // → Float64Array(1) [ 1 ]
 */
export function overlapHessian(
  w: Vec,
  wStar: Vec,
  options: OverlapOptions & { readonly form?: 'lag' | 'pair' },
): Matrix {
  checkPair('overlapHessian', 'w', w, 'wStar', wStar)
  checkOverlap('overlapHessian', options)
  const m = w.length
  const r = norm2(w)
  checkNotZero('overlapHessian', 'w', w, 'not differentiable there')
  if (options.form === 'pair') {
    const { patches, d } = stridePatches(m, options)
    return patchHessian(w, wStar, patches, d)
  }
  return lagForm(direction(w, r), wStar, r, options)
}

function lagForm(uHat: Float64Array, wStar: Vec, r: number, options: OverlapOptions): Matrix {
  const { k, stride } = options
  const m = uHat.length
  const R = norm2(wStar)
  const vHat = direction(wStar, R)
  const { near, apart } = lagsOf(m, options)
  const data = new Float64Array(m * m)
  const pair = new ShiftedPair()
  // weights of I and of P, which all lags share
  let unit = k * Math.PI + apart
  let across = -(R / r) * apart
  for (let D = -near; D <= near; D++) {
    const count = k - Math.abs(D)
    const shift = D * stride
    if (D !== 0) {
      pair.set(uHat, uHat, shift)
      unit += count * pair.sin
      const p = aside(uHat, uHat, shift, pair.cos)
      const back = aside(uHat, uHat, -shift, pair.cos)
      if (pair.sin > 0) {
        addOuter(data, p, p, count / pair.sin)
        addOuter(data, p, back, count / pair.sin)
      }
      for (let t = Math.max(0, shift); t < Math.min(m, m + shift); t++)
        data[t * m + t - shift] += count * pair.phi
    }
    if (R === 0) continue
    pair.set(uHat, vHat, shift)
    across -= (R / r) * count * pair.sin
    const q = aside(vHat, uHat, shift, pair.cos)
    if (pair.sin > 0) addOuter(data, q, q, (-R / r) * (count / pair.sin))
  }
  const scale = 1 / (Math.PI * k * k)
  const full = new Float64Array(m * m)
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++) {
      const identity = i === j ? 1 : 0
      const even = (data[i * m + j] + data[j * m + i]) / 2
      full[i * m + j] = scale * (even + unit * identity + across * (identity - uHat[i] * uHat[j]))
    }
  return { rows: m, cols: m, data: full }
}

/** The vector S_D v − cos · u: v shifted by `shift` coordinates, minus its component along u. */
function aside(v: Float64Array, u: Float64Array, shift: number, cos: number): Float64Array {
  const out = new Float64Array(u.length)
  for (let t = 0; t < u.length; t++) {
    const from = t - shift
    out[t] = (from >= 0 && from < v.length ? v[from] : 0) - cos * u[t]
  }
  return out
}

function addOuter(data: Float64Array, a: Float64Array, b: Float64Array, factor: number): void {
  const m = a.length
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) data[i * m + j] += factor * a[i] * b[j]
}
