import { bench, describe } from 'vitest'
import { gemm, matrix, stream } from '@nonconvex/tensor'
import { inIntervals, overlap } from '../../test/landscapes.js'
import { certify, certifyByIntervals, type CertifiableObjective } from './index.js'

/**
 * Σ (xᵢ² − 1)²/4 in coordinates mixed by a random matrix near the identity: a dense Hessian of 20
 * rows.
 */
const d = 20
const s = stream(1)
const mix = matrix(
  d,
  d,
  Float64Array.from({ length: d * d }, (_, at) => (at % (d + 1) === 0 ? 1 : 0.02 * s.normal())),
)
const mixed = (w: ArrayLike<number>) =>
  Float64Array.from({ length: d }, (_, i) => {
    let sum = 0
    for (let j = 0; j < d; j++) sum += mix.data[i * d + j] * w[j]
    return sum
  })
const wells: CertifiableObjective = {
  d,
  value: (w) => mixed(w).reduce((sum, x) => sum + (x * x - 1) ** 2 / 4, 0),
  gradient(w) {
    const x = mixed(w)
    const slopes = matrix(
      1,
      d,
      x.map((v) => v * (v * v - 1)),
    )
    return gemm(slopes, mix).data
  },
  hessian(w) {
    const x = mixed(w)
    const scaled = matrix(
      d,
      d,
      Float64Array.from(mix.data, (v, at) => v * (3 * x[Math.floor(at / d)] ** 2 - 1)),
    )
    return gemm(mix, scaled, { transposeA: true })
  },
  hessianLipschitz: (w, radius) => 6 * 1.3 ** 3 * (Math.hypot(...mixed(w)) + 1.3 * radius),
  errorBudget: () => ({ value: 1e-13, gradient: 1e-13, hessian: 1e-12 }),
}
const start = new Float64Array(d).fill(1)
const minimum = certify(wells, start, { polish: 20 })
if (minimum.status !== 'certified') throw new Error(minimum.message)

const smallest = inIntervals(overlap(2, [-1, 1]))
const spurious = [0.549142470303952, -0.549142470303952]

describe('certificates', () => {
  bench('float64, 20 dimensions', () => {
    certify(wells, minimum.w)
  })
  bench('float64, 20 dimensions, polished from afar', () => {
    certify(wells, start, { polish: 20 })
  })
  bench('by intervals, spurious minimum of the smallest overlap network', () => {
    certifyByIntervals(smallest, spurious)
  })
})
