import { type Matrix, type Vec, norm2 } from '@nonconvex/tensor'
import {
  checkCount,
  checkNotEmpty,
  checkSameLength,
  argumentError,
  checkNotZero,
} from '@nonconvex/tensor/check'
import { checkPair } from '../integral/pair-frame.js'
import { reluPair, reluPairGradient, hessianEntries } from '../integral/relu-pair.js'
import { checkOverlap, type OverlapOptions } from './lags.js'

/** The patches of a network with a stride: patch i is x[i·stride … i·stride + m − 1]. */
export function stridePatches(
  m: number,
  options: OverlapOptions,
): { readonly patches: readonly (readonly number[])[]; readonly d: number } {
  checkOverlap('strideWindows', options)
  checkCount('strideWindows', 'm', m)
  const { k, stride } = options
  const patches = Array.from({ length: k }, (_, i) =>
    Array.from({ length: m }, (__, t) => i * stride + t),
  )
  return { patches, d: (k - 1) * stride + m }
}

/**
 * Population loss of one ReLU filter averaged over any patches: dilated, two-dimensional, permuted.
 *
 *     ℓ(w) = (1/k²) Σ_ij [ g(P_iw, P_jw) − 2 g(P_iw, P_jw*) + g(P_iw*, P_jw*) ]
 *
 * where P_i maps the filter to patch i. The sum over all pairs checks `overlapLoss`, which is
 * faster.
 *
 * @param w - [m], finite; zero is allowed
 * @param wStar - [m], the teacher
 * @param patches - k ≥ 1 lists of m different coordinates in 0 … d − 1: weight t of the filter
 *   multiplies coordinate patches[i][t]
 * @param d - number of inputs, integer ≥ 1
 * @returns number ≥ 0 up to rounding
 * @throws ShapeError if lengths do not fit; RangeError for NaN, infinities, coordinates that repeat
 *   or are out of range, no patches
 *
 * Accuracy: 1e-15 (r² + R²). Cost: O(k² d). Source: ours.
 *
 * @example
 * import { patchLoss } from '@nonconvex/gaussian-theory/overlap'
 * console.log(patchLoss([1, -1], [-1, 1], [[0, 1], [1, 2]], 3).toFixed(6)) // → 0.500000
 */
export function patchLoss(
  w: Vec,
  wStar: Vec,
  patches: readonly (readonly number[])[],
  d: number,
): number {
  const { students, teachers } = lay('patchLoss', w, wStar, patches, d)
  const k = patches.length
  let sum = 0
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++)
      sum +=
        reluPair(students[i], students[j]) -
        2 * reluPair(students[i], teachers[j]) +
        reluPair(teachers[i], teachers[j])
  return sum / (k * k)
}

/**
 * Gradient of {@link patchLoss}: (2/k²) Σ_ij P_iᵀ (∂g/∂u(P_iw, P_jw) − ∂g/∂u(P_iw, P_jw*)).
 *
 * @param w - [m], not zero
 * @returns [m]
 * @throws RangeError at w = 0; otherwise as patchLoss
 * Cost: O(k² d).
 *
 * @example
 * import { patchGradient } from '@nonconvex/gaussian-theory/overlap'
 * console.log(patchGradient([-1, 1], [-1, 1], [[0, 1], [1, 2]], 3)) // → Float64Array(2) [ 0, 0 ]
 */
export function patchGradient(
  w: Vec,
  wStar: Vec,
  patches: readonly (readonly number[])[],
  d: number,
): Float64Array {
  const { students, teachers } = lay('patchGradient', w, wStar, patches, d)
  checkNotZero('patchGradient', 'w', w, 'not differentiable there')
  const k = patches.length
  const out = new Float64Array(w.length)
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++) {
      const own = reluPairGradient(students[i], students[j])
      const other = reluPairGradient(students[i], teachers[j])
      patches[i].forEach((at, t) => (out[t] += (2 / (k * k)) * (own[at] - other[at])))
    }
  return out
}

/**
 * Hessian of {@link patchLoss}.
 *
 *     (2/k²) Σ_ij P_iᵀ ( g_uu(P_iw, P_jw) − g_uu(P_iw, P_jw*) ) P_i + P_iᵀ g_uv(P_iw, P_jw) P_j
 *
 * @param w - [m], not zero
 * @returns m × m, symmetric
 * @throws RangeError at w = 0; otherwise as patchLoss
 * Cost: O(k² (d + m²)).
 *
 * @example
 * import { patchHessian } from '@nonconvex/gaussian-theory/overlap'
 * console.log(patchHessian([1], [1], [[0]], 1).data) // → Float64Array(1) [ 1 ]
 */
export function patchHessian(
  w: Vec,
  wStar: Vec,
  patches: readonly (readonly number[])[],
  d: number,
): Matrix {
  const { students, teachers } = lay('patchHessian', w, wStar, patches, d)
  checkNotZero('patchHessian', 'w', w, 'not differentiable there')
  const k = patches.length
  const m = w.length
  const data = new Float64Array(m * m)
  const teaches = norm2(wStar) > 0
  const pick = (
    entry: (a: number, b: number) => number,
    rows: readonly number[],
    cols: readonly number[],
    by: number,
  ): void =>
    rows.forEach((a, s) =>
      cols.forEach((b, t) => (data[s * m + t] += (by / (k * k)) * entry(a, b))),
    )
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++) {
      const own = hessianEntries('patchHessian', students[i], students[j])
      pick(own.uu, patches[i], patches[i], 2)
      pick(own.uv, patches[i], patches[j], 2)
      if (teaches)
        pick(
          hessianEntries('patchHessian', students[i], teachers[j]).uu,
          patches[i],
          patches[i],
          -2,
        )
    }
  for (let s = 0; s < m; s++)
    for (let t = 0; t < s; t++) {
      const even = (data[s * m + t] + data[t * m + s]) / 2
      data[s * m + t] = even
      data[t * m + s] = even
    }
  return { rows: m, cols: m, data }
}

/** The filter and the teacher placed at each patch, as vectors of length d; throws as patchLoss. */
function lay(
  fn: string,
  w: Vec,
  wStar: Vec,
  patches: readonly (readonly number[])[],
  d: number,
): { students: Float64Array[]; teachers: Float64Array[] } {
  checkPair(fn, 'w', w, 'wStar', wStar)
  checkCount(fn, 'd', d)
  checkNotEmpty(fn, 'patches', patches)
  patches.forEach((patch, i) => {
    checkSameLength(fn, 'w', w, `patches[${i}]`, patch)
    const wrong = patch.find(
      (at, t) => !Number.isInteger(at) || at < 0 || at >= d || patch.indexOf(at) !== t,
    )
    if (wrong !== undefined)
      throw argumentError(
        'out-of-range',
        fn,
        `patches[${i}]`,
        `to hold different integers in [0, d − 1 = ${d - 1}]`,
        wrong,
      )
  })
  const spread = (filter: Vec): Float64Array[] =>
    patches.map((patch) => {
      const x = new Float64Array(d)
      patch.forEach((at, t) => (x[at] = filter[t]))
      return x
    })
  return { students: spread(w), teachers: spread(wStar) }
}
