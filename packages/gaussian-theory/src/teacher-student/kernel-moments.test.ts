import { describe, expect, it } from 'vitest'
import { stream } from '@nonconvex/tensor'
import {
  abs,
  combine,
  erf,
  hermite,
  leaky,
  linear,
  loss,
  relu,
  relu2,
  square,
  type Kernel,
  type TeacherStudent,
} from './index.js'

/** erf by its series, to 1e-15 for |x| ≤ 4 */
function erfOf(x: number): number {
  let [term, sum] = [x, x]
  for (let n = 1; n < 120; n++) {
    term *= (-x * x) / n
    sum += term / (2 * n + 1)
  }
  return (2 / Math.sqrt(Math.PI)) * sum
}

/** Each kernel with its activation, a function of z = w·x and ‖w‖, and the degree of homogeneity. */
const activations: [Kernel, (z: number, norm: number) => number, number | null][] = [
  [linear, (z) => z, 1],
  [relu, (z) => Math.max(z, 0), 1],
  [leaky(0.1), (z) => (z > 0 ? z : 0.1 * z), 1],
  [abs, Math.abs, 1],
  [square, (z) => z * z, 2],
  [relu2, (z) => Math.max(z, 0) ** 2, 2],
  [erf, (z) => (Math.abs(z) > 5.6 ? Math.sign(z) : erfOf(z / Math.SQRT2)), null],
  // ‖w‖³ He₃(z/‖w‖)/√3! and the same of degree 2
  [hermite(3), (z, norm) => (z ** 3 - 3 * z * norm * norm) / Math.sqrt(6), 3],
  [hermite(2), (z, norm) => (z * z - norm * norm) / Math.SQRT2, 2],
]

const named = activations.map(([kernel, s, degree]) => [kernel.name, kernel, s, degree] as const)

const norm = Math.sqrt(1.7)
const along = 0.47 / norm
const across = Math.sqrt(1.85 - along * along)

/** K and its partials at p = 1.7, q = 1.85, r = 0.47 with some of them moved */
function at(kernel: Kernel, p = 1.7, q = 1.85, r = 0.47): Float64Array {
  const out = new Float64Array(10)
  kernel.write(p, q, r, Math.acos(r / Math.sqrt(p * q)), out)
  return out
}

/** E f(z₁, z₂) over standard normal z: polar coordinates, Simpson's rule on arcs without a kink */
function expectation(f: (x: number, y: number) => number): number {
  const [radii, angles, reach] = [600, 64, 9]
  // where u·x or v·x changes its sign
  const kinks = [Math.PI / 2, Math.PI / 2 - Math.atan2(-across, along) - Math.PI]
    .flatMap((t) => [t, t + Math.PI])
    .map((t) => ((t % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI))
    .sort((x, y) => x - y)
  let sum = 0
  kinks.forEach((from, arc) => {
    const to = arc < 3 ? kinks[arc + 1] : kinks[0] + 2 * Math.PI
    for (let j = 0; j < angles; j++) {
      // Gauss–Chebyshev points of the second kind, without their end points
      const s = ((j + 1) * Math.PI) / (angles + 1)
      const t = from + ((to - from) * (1 - Math.cos(s))) / 2
      let weight = 0
      for (let m = 1; m <= angles; m += 2) weight += Math.sin(m * s) / m
      weight *= (2 * Math.sin(s)) / (angles + 1)
      for (let i = 1; i < radii; i++) {
        const rho = (i * reach) / radii
        const here = f(rho * Math.cos(t), rho * Math.sin(t))
        const simpson = (i % 2 === 0 ? 2 : 4) / 3
        sum += here * simpson * weight * (to - from) * rho * Math.exp((-rho * rho) / 2)
      }
    }
  })
  return (sum * reach) / radii / (2 * Math.PI)
}

describe('the pair kernels', () => {
  it.each(named)('of %s are the expectation, by quadrature', (_name, kernel, s) => {
    const u = (x: number) => s(norm * x, norm)
    const v = (x: number, y: number) => s(along * x + across * y, Math.sqrt(1.85))
    const found = expectation((x, y) => u(x) * v(x, y))
    expect(Math.abs(found - at(kernel)[0])).toBeLessThan(1e-8)
  })
  it.each(named)('of %s have the partials of central differences', (_name, kernel) => {
    const h = 1e-5
    const moved = (i: number, by: number) =>
      at(kernel, 1.7 + (i === 0 ? by : 0), 1.85 + (i === 1 ? by : 0), 0.47 + (i === 2 ? by : 0))
    const here = at(kernel)
    // where the partials of K and of K_p, K_q, K_r are
    const places = [
      [1, 4, 5, 7],
      [2, 5, 6, 8],
      [3, 7, 8, 9],
    ]
    places.forEach((place, i) => {
      const [up, down] = [moved(i, h), moved(i, -h)]
      place.forEach((to, from) =>
        expect(Math.abs((up[from] - down[from]) / (2 * h) - here[to])).toBeLessThan(1e-7),
      )
    })
  })
  it.each(named)('of %s are homogeneous', (_name, kernel, _s, degree) => {
    if (degree === null) return expect(kernel.name).toBe('erf')
    const [K, p, , r] = at(kernel)
    expect(Math.abs(2 * 1.7 * p + 0.47 * r - degree * K)).toBeLessThan(1e-13)
  })
})

/** The finite-sample mean of the squared error over two, and its standard error. */
function sampled(ts: TeacherStudent, s: (z: number, norm: number) => number, samples: number) {
  const { n, k, d, W, a, V, b } = ts
  const draws = stream(7)
  const norms = (rows: Float64Array, count: number) =>
    Array.from({ length: count }, (_, i) => Math.hypot(...rows.subarray(i * d, (i + 1) * d)))
  const [ofW, ofV] = [norms(W, n), norms(V, k)]
  const x = new Float64Array(d)
  const output = (rows: Float64Array, weights: Float64Array, sizes: readonly number[]) =>
    weights.reduce((sum, weight, i) => {
      let z = 0
      for (let t = 0; t < d; t++) z += rows[i * d + t] * x[t]
      return sum + weight * s(z, sizes[i])
    }, 0)
  let [sum, squares] = [0, 0]
  for (let i = 0; i < samples; i++) {
    draws.normalInto(x)
    const half = (output(W, a, ofW) - output(V, b, ofV)) ** 2 / 2
    sum += half
    squares += half * half
  }
  const mean = sum / samples
  return { mean, error: Math.sqrt((squares / samples - mean * mean) / samples) }
}

describe('the loss', () => {
  const network = (kernel: Kernel): TeacherStudent => ({
    n: 2,
    k: 2,
    d: 2,
    kernel,
    W: Float64Array.of(0.8, -0.5, 0.3, 0.9),
    a: Float64Array.of(1, -0.5),
    V: Float64Array.of(0.2, 0.7, -1, 0.4),
    b: Float64Array.of(0.6, 1),
  })
  it.each(named)(
    'with %s is the mean over samples, up to 4 standard errors',
    (_name, kernel, s, degree) => {
      const ts = network(kernel)
      const { mean, error } = sampled(ts, s, degree === 3 ? 80_000 : 20_000)
      expect(Math.abs(mean - loss(ts))).toBeLessThan(4 * error)
      expect(error).toBeLessThan(loss(ts) / 20)
    },
  )
  it('of a sum of Hermite kernels on unit rows is that of the sum of activations', () => {
    const [second, fourth] = [0.282094791774, -0.081433751984]
    const unit = (...angles: number[]) =>
      Float64Array.from(angles.flatMap((t) => [Math.cos(t), Math.sin(t)]))
    const kernel = combine([
      [second * second, hermite(2)],
      [fourth * fourth, hermite(4)],
    ])
    const ts = { ...network(kernel), W: unit(0.3, 2), V: unit(1.1, 4) }
    const s = (z: number) =>
      (second * (z * z - 1)) / Math.SQRT2 + (fourth * (z ** 4 - 6 * z * z + 3)) / Math.sqrt(24)
    const { mean, error } = sampled(ts, s, 20_000)
    expect(Math.abs(mean - loss(ts))).toBeLessThan(4 * error)
  })
})
