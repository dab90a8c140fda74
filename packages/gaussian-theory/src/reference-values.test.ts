import { describe, expect, it } from 'vitest'
import {
  arcCosineKernel,
  coefficients,
  criticalPoints,
  noOverlapEigenvalues,
  noOverlapGradient,
  noOverlapHessian,
  noOverlapLoss,
  oneSidedDerivative,
  plRatio,
  rayLoss,
  rayMinimizer,
  reluPair,
  reluPairGradient,
  reluPairHessian,
  sMinusTCos,
} from './index.js'
import { gdStep, reducedStep, runGD, stationaritySteps, type Polar } from './descent/index.js'
import { pairLipschitz } from './overlap/index.js'
import { angles, norm2, stream, type Matrix } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'

// reference values with 40-digit arithmetic behind them; numbers in the names are their rows
const u = [1, 2, -1]
const v = [0.5, -1, 2]
const w = [0.3, -0.7, 0.2]
const wStar = [1, 0.5, -0.25]
const R = 1.14564392373896

/** Relative 1e-12 unless stated; the values are given to 15 digits. */
function near(actual: number, expected: number, relative = 1e-12): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected))
}
function nearAll(actual: ArrayLike<number>, expected: readonly number[], relative = 1e-12): void {
  expect(actual).toHaveLength(expected.length)
  expected.forEach((x, i) => near(actual[i], x, relative))
}
/** entries 11, 12, 13, 22, 23, 33 of a symmetric 3 × 3 matrix */
function upper({ data: d }: Matrix): number[] {
  for (const [i, j] of [
    [1, 3],
    [2, 6],
    [5, 7],
  ])
    expect(d[i]).toBeCloseTo(d[j], 15)
  return [d[0], d[1], d[2], d[4], d[5], d[8]]
}

describe('the integral', () => {
  it('has s̃ of rows 1 and 2', () => {
    nearAll(
      [1e-9, 1e-3, 0.3, 1, 2.5, Math.PI].map(sMinusTCos),
      [
        3.33333333333333e-28, 3.33333300000001e-10, 0.00891925992365777, 0.301168678939757,
        2.60133118297129, 3.14159265358979,
      ],
    )
  })
  it('has angles, value and gradient of rows 3 to 5', () => {
    const { theta, phi } = angles(u, v)
    nearAll([theta, phi, reluPair(u, v)], [2.24414794404166, 0.897444709548134, 0.198374812987506])
    nearAll(reluPairGradient(u, v), [0.187797960647195, 0.0899303979418778, 0.169283943543445])
  })
  it('has the Hessian blocks of rows 6 and 7', () => {
    const { uu, uv } = reluPairHessian(u, v)
    nearAll(
      upper(uu),
      [
        0.139557132498318, -0.032244247219828, 0.0750686380586621, 0.0398014926619752,
        0.0473587381041224, 0.169786114266907,
      ],
    )
    nearAll(
      upper(uv),
      [
        0.206313623390292, 0.0302289817685888, 0.0574350653603187, 0.106557983553949,
        0.0906869453057663, 0.115626678084526,
      ],
    )
  })
  it('is accurate next to the opposite vector, row 8', () => {
    near(reluPair([1, 0], [-1, 1e-6]), 5.30516476972666e-20, 1e-13)
  })
  it('has the three kernels of row 9', () => {
    nearAll(
      ([0, 1, 2] as const).map((n) => arcCosineKernel(u, v, n)),
      [0.142832761676256, 0.198374812987506, 0.666595125899114],
    )
  })
})

describe('the Lipschitz constants of the Hessian block in u, row 38', () => {
  const { C1: inU, C2: inV } = pairLipschitz
  it('are those of the reference', () => {
    near(inU, 0.820396070841512)
    near(inV, 0.342931241565826)
  })
  it('are not reached by 2000 random pairs of points', () => {
    const draws = stream(1).child('lipschitz')
    const point = (): Float64Array => draws.normalInto(new Float64Array(3))
    const near3 = (x: Float64Array): Float64Array => x.map((value) => value + 0.01 * draws.normal())
    const block = (a: Float64Array, b: Float64Array): Float64Array => reluPairHessian(a, b).uu.data
    /** operator norm of the difference of two blocks */
    const apart = (a: Float64Array, b: Float64Array): number => {
      const { values } = eigenSymmetric({ rows: 3, cols: 3, data: a.map((x, i) => x - b[i]) })
      return Math.max(-values[0], values[2])
    }
    const distance = (a: Float64Array, b: Float64Array): number => norm2(a.map((x, i) => x - b[i]))
    let [mostInU, mostInV] = [0, 0]
    for (let i = 0; i < 2000; i++) {
      const [a, b] = [point(), point()]
      const [a2, b2] = [near3(a), near3(b)]
      // the constant in u holds along the segment: its point nearest to 0 counts
      const least = Math.min(norm2(a), norm2(a2)) - distance(a, a2) / 2
      const change = apart(block(a, b), block(a2, b)) / distance(a, a2)
      if (least > 0) mostInU = Math.max(mostInU, (change * least * least) / norm2(b))
      mostInV = Math.max(mostInV, (apart(block(a, b), block(a, b2)) / distance(b, b2)) * norm2(a))
    }
    expect(mostInU).toBeLessThan(0.45)
    expect(mostInV).toBeLessThan(inV)
    // nor are they far too large
    expect(mostInU).toBeGreaterThan(inU / 3)
    expect(mostInV).toBeGreaterThan(0.8 * inV)
  })
})

describe('the loss', () => {
  it('has the coefficients of rows 10 to 12', () => {
    const { a, b, c, beta, gamma, alpha } = coefficients(3)
    nearAll([a, b, c], [0.333333333333333, 0.212206590789194, 0.545539924122527])
    nearAll([beta, gamma, alpha], [0.954929658551372, 2.45492965855137, 0.388984529648343])
    const ten = coefficients(10)
    nearAll([ten.c, ten.alpha], [0.386478897565412, 0.741253660601029])
  })
  it('has the values of row 13', () => {
    nearAll(
      [1, 3, 10].map((k) => noOverlapLoss(w, wStar, k)),
      [0.727342600206638, 0.256064633483226, 0.0911173451300323],
    )
  })
  it("differs from the slide's bracket by the constant that the slide leaves out, row 14", () => {
    const { gamma } = coefficients(3)
    const slide = noOverlapLoss(w, wStar, 3, 'slide') - (gamma * R * R) / 9
    near(slide, -0.101945941722182)
  })
  it('has gradient, Hessian and eigenvalues of rows 15 to 17', () => {
    nearAll(
      noOverlapGradient(w, wStar, 3),
      [-0.129872287659977, -0.13579241320127, 0.0553921590645266],
    )
    nearAll(
      upper(noOverlapHessian(w, wStar, 3)),
      [
        0.0203705499220536, -0.204574375255909, 0.0717437479050296, 0.430897264955988,
        -0.0943877441990248, 0.107567197568396,
      ],
    )
    const { radial, inPlane, transverse } = noOverlapEigenvalues(w, wStar, 3)
    nearAll(
      [radial, inPlane ?? NaN, transverse ?? NaN],
      [0.545539924122527, -0.0700652285834804, 0.0833603169073905],
    )
  })
  it('keeps its digits next to the teacher, row 18, where the slide form does not', () => {
    const close = [1 + 1e-8, 0.5 - 2e-8, -0.25 + 1e-8]
    near(noOverlapLoss(close, wStar, 3), 1.00505252950566e-16)
    expect(noOverlapLoss(close, wStar, 3, 'slide')).not.toBeCloseTo(1.00505252950566e-16, 18)
  })
  it('has the value of row 19', () => {
    near(noOverlapLoss([-1, -0.5, 0.25 + 1e-7], wStar, 3), 0.437500008333335)
  })
})

describe('the critical points', () => {
  it('are those of row 20', () => {
    const saddle = criticalPoints(wStar, 3)[2]
    nearAll(saddle.w, [-0.388984529648343, -0.194492264824171, 0.0972461324120857])
    near(saddle.loss, 0.303840365860575)
    near(noOverlapLoss(saddle.w, wStar, 3), 0.303840365860575)
  })
  it('have the slopes at the origin of row 21', () => {
    const origin = criticalPoints(wStar, 3)[0]
    near(origin.loss, 0.358010575205408)
    nearAll(
      [origin.oneSided?.min ?? NaN, origin.oneSided?.max ?? NaN],
      [-0.624994499227987, -0.243113191315],
    )
    near(oneSidedDerivative([Math.SQRT1_2, Math.SQRT1_2, 0], wStar, 3), -0.598990703891245)
  })
})

describe('gradient descent', () => {
  it('has best radius, ray loss and steepness of rows 22 and 23', () => {
    nearAll([rayMinimizer(2, R, 3), rayLoss(2, R, 3)], [0.542391794148029, 0.277764691471945])
    near(plRatio(Math.PI / 2, 3), 0.0772004896674707)
    near(plRatio(3, 10), 2.32384954480531e-6)
  })
  it('makes the step of row 24', () => {
    const { theta, phi } = angles(w, wStar)
    nearAll([theta, phi], [1.68187943585988, 1.45971321772991])
    nearAll(gdStep(w, wStar, 3), [0.53806193079062, -0.451086204332918, 0.0984636016261834])
  })
  it('makes the two-scalar steps of row 25', () => {
    let at: Polar = { r: Math.sqrt(0.62), ...angles(w, wStar) }
    for (const [r, theta] of [
      [0.7090024583531, 1.208476008251],
      [0.9016251879383, 0.7453848315973],
      [1.05331345204, 0.3944193996209],
    ]) {
      at = reducedStep(at, R, 3)
      nearAll([at.r, at.theta], [r, theta])
    }
  })
  it('is after 10 steps where row 26 has it', () => {
    let at: Float64Array = Float64Array.from(w)
    for (let step = 0; step < 10; step++) at = gdStep(at, wStar, 3)
    nearAll(at, [1.00040507138734, 0.499285703882439, -0.249804645790261])
    near(noOverlapLoss(at, wStar, 3), 1.18725633187e-7, 1e-7)
    near(angles(at, wStar).theta, 7.3677037e-4, 1e-7)
  })
  it('has the bounds and the steps of row 27', () => {
    const w0 = [-1, -0.45, 0.3]
    const { start, bounds, met } = runGD({ w0, wStar, k: 3, maxSteps: 400 })
    near(start.phi0, 0.0614908832376)
    near((start.eta * R) / 3 / Math.PI / Math.max(start.r0, R), 0.194492264824)
    expect([bounds.escape.value, bounds.escapeSharp.value, met.escaped]).toEqual([183, 85, 36])
    expect([bounds.total.value, met.converged]).toEqual([357, 51])
    const loss0 = noOverlapLoss(w0, wStar, 3)
    expect(stationaritySteps({ loss0, eps: 1e-3, k: 3 }).value).toBe(473708)
  })
})
