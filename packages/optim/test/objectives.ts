import type { Stream, Vec } from '@nonconvex/tensor'
import type { Objective, SampledObjective } from '../src/index.js'

/** ½ Σ aᵢ (wᵢ − cᵢ)²: minimum at c if all a > 0, a saddle at c if some are negative. */
export function quadratic(a: Vec, c: Vec = new Float64Array(a.length)): Objective {
  return {
    d: a.length,
    value: (w) =>
      Array.from(a, (ai, i) => (ai * (w[i] - c[i]) ** 2) / 2).reduce((x, y) => x + y, 0),
    gradient: (w) => Float64Array.from(a, (ai, i) => ai * (w[i] - c[i])),
    hessianTimes: (_, v) => Float64Array.from(a, (ai, i) => ai * v[i]),
  }
}

/** Rosenbrock's valley: 100 (y − x²)² + (1 − x)², minimum 0 at (1, 1). */
export const rosenbrock: Objective = {
  d: 2,
  value: ([x, y]: Vec) => 100 * (y - x * x) ** 2 + (1 - x) ** 2,
  gradient: ([x, y]: Vec) =>
    Float64Array.of(-400 * x * (y - x * x) - 2 * (1 - x), 200 * (y - x * x)),
  hessianTimes: ([x, y]: Vec, [u, v]: Vec) =>
    Float64Array.of((1200 * x * x - 400 * y + 2) * u - 400 * x * v, -400 * x * u + 200 * v),
}

/** (x² − 1)²/4 + y²/2: minima at (±1, 0), a saddle at 0 where the gradient vanishes. */
export const doubleWell: Objective = {
  d: 2,
  value: ([x, y]: Vec) => (x * x - 1) ** 2 / 4 + (y * y) / 2,
  gradient: ([x, y]: Vec) => Float64Array.of(x * (x * x - 1), y),
  hessianTimes: ([x]: Vec, [u, v]: Vec) => Float64Array.of((3 * x * x - 1) * u, v),
}

/** E ½‖w − ξ‖², ξ ~ N(c, I): its minimum is c. */
export function noisyMean(c: Vec): SampledObjective {
  return {
    d: c.length,
    sampleGradient: (w: Vec, stream: Stream) =>
      Float64Array.from(c, (ci, i) => w[i] - ci - stream.normal()),
  }
}
