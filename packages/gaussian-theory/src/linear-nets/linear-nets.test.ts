import { checkGradient, checkHessian, hessianMatrix } from '@nonconvex/optim'
import { verdictOn } from '@nonconvex/optim/claims'
import { gemm, identity, matrix, norm2, stream, type Matrix } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import { describe, expect, it } from 'vitest'
import {
  criticalPoint,
  criticalValues,
  factorization,
  factorizationEscape,
  linearMinimum,
  linearNetwork,
  linearSaddlesStrict,
  residualGradient,
  residualGradientBound,
  residualNetwork,
  residualSolution,
  saxeHalfTime,
  saxeMode,
  saxeTimes,
} from './index.js'

const filled = (rows: number, cols: number, of: (i: number, j: number) => number): Matrix =>
  matrix(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, (_, at) => of(Math.floor(at / cols), at % cols)),
  )

// the data of the theory's reference values
const X = filled(3, 6, (i, j) => Math.cos(1 + 2 * i + 3 * j + i * j))
const Y = filled(2, 6, (i, j) => Math.sin(1 + i + j * j))

const normals = (name: string, length: number) =>
  stream(1).child(name).normalInto(new Float64Array(length))

describe('linear networks', () => {
  it('have the least losses and eigenvalues of the theory', () => {
    const losses = [3.829798676155, 2.922343779716, 2.787667810744]
    losses.forEach((loss, p) => {
      expect(Math.abs(linearMinimum(X, Y, p).loss - loss)).toBeLessThan(1e-10)
    })
    const { eigenvalues } = linearMinimum(X, Y, 1)
    expect(eigenvalues[0]).toBeCloseTo(1.81491, 6)
    expect(eigenvalues[1]).toBeCloseTo(0.269352, 6)
  })

  it.each([[[]], [[2]], [[2, 4]]])('have exact derivatives with hidden widths %j', (hidden) => {
    const network = linearNetwork(X, Y, hidden)
    const w = normals('weights', network.d)
    expect(checkGradient(network, w).ok).toBe(true)
    expect(checkHessian(network, w).ok).toBe(true)
  })

  it('are critical at every set of eigenvectors, with its loss, and no minimum but at the best', () => {
    for (const p of [1, 2, 3]) {
      const minimum = linearMinimum(X, Y, Math.min(p, 2))
      const network = linearNetwork(X, Y, [p])
      const values = criticalValues(2 * 3.829798676155, minimum.eigenvalues, p)
      expect(values.length).toBe(p === 1 ? 3 : 4)
      values.forEach(({ kept, loss }, i) => {
        const w = criticalPoint(minimum, p, kept)
        expect(norm2(network.gradient(w))).toBeLessThan(1e-13)
        expect(Math.abs(network.value(w) - loss)).toBeLessThan(1e-11)
        const least = eigenSymmetric(hessianMatrix(network, w)).values[0]
        if (i === 0) expect(least).toBeGreaterThan(-1e-13)
        else expect(least).toBeLessThan(-0.05)
      })
    }
  })

  it('refuse inputs without full rank, and sizes that do not fit', () => {
    expect(() =>
      linearMinimum(
        filled(3, 2, () => 1),
        Y,
        1,
      ),
    ).toThrow()
    expect(() =>
      linearMinimum(
        filled(2, 6, () => 1),
        Y,
        1,
      ),
    ).toThrow(/positive definite/)
    expect(() => linearMinimum(X, Y, 3)).toThrow(/p to be an integer in \[0, d_H = 2\], got 3/)
    expect(() =>
      linearNetwork(
        X,
        filled(2, 5, () => 1),
        [1],
      ),
    ).toThrow(/6 columns as X, got 5/)
    expect(() => linearNetwork(X, Y, [0])).toThrow(/a width/)
    expect(() => linearNetwork(X, Y, [2]).value([1])).toThrow(/d = 10, got 1/)
  })
})

describe('modes', () => {
  it('have the values of the theory', () => {
    const values = [0.071603177403, 0.430587920503, 1.874841113744]
    values.forEach((u, i) => {
      expect(Math.abs(saxeMode(2, 0.01, [0.5, 1, 2][i]) - u)).toBeLessThan(1e-12)
    })
  })

  it('solve their differential equation, by Runge and Kutta', () => {
    const [s, T] = [2, 1.5]
    const rate = (x: number) => (2 * x * (s - x)) / T
    const h = 1e-3
    let u = 0.01
    for (let t = 0; t < 3000; t++) {
      const a = rate(u)
      const b = rate(u + (h / 2) * a)
      const c = rate(u + (h / 2) * b)
      const d = rate(u + h * c)
      u += (h / 6) * (a + 2 * b + 2 * c + d)
    }
    expect(Math.abs(u - saxeMode(s, 0.01, 3, T))).toBeLessThan(1e-8)
    expect(saxeMode(s, 0.01, saxeHalfTime(s, 0.01, T), T)).toBeCloseTo(s / 2, 13)
    expect(() => saxeHalfTime(1, 0.6)).toThrow(/u0/)
  })

  it('are slower under gradient descent by no more than the claim allows, whatever the step', () => {
    for (const x of [0.01, 0.1, 0.4])
      for (const s of [0.5, 4])
        for (const u0 of [1e-6, s / 5]) {
          const eta = x / s
          let [u, before, t] = [u0, u0, 0]
          while (u < s / 2) {
            before = u
            u *= (1 + eta * (s - u)) ** 2
            t++
          }
          const time = eta * (t - (u - s / 2) / (u - before))
          const run = { eta, u0, modes: [{ s, time }] }
          expect(verdictOn(saxeTimes, run).status, `${x} ${s} ${u0}`).toBe('holds')
          const late = { eta, u0, modes: [{ s, time: 2 * time + 2 * eta }] }
          expect(verdictOn(saxeTimes, late).status).toBe('violated')
        }
    const modes = [{ s: 1, time: null }]
    expect(verdictOn(saxeTimes, { eta: 0.1, u0: 0.01, modes }).status).toBe('inconclusive')
    expect(verdictOn(saxeTimes, { eta: 1, u0: 0.01, modes }).status).toBe('inapplicable')
  })
})

describe('residual networks', () => {
  const covariance = (name: string, d: number) => {
    const a = matrix(d, d, normals(name, d * d))
    const gram = gemm(a, a, { transposeB: true })
    for (let i = 0; i < d; i++) gram.data[i * d + i] += 0.1
    return gram
  }

  it('have at least the gradient of the bound, at 100 random points with layers up to 0.9', () => {
    for (let i = 0; i < 100; i++) {
      const d = 1 + (i % 3)
      const l = 1 + (i % 6)
      const R = matrix(d, d, normals(`R${i}`, d * d))
      const problem = { l, R, S: covariance(`S${i}`, d) }
      const A = normals(`A${i}`, l * d * d)
      const { tau } = residualGradientBound(A, problem)
      const size = (0.9 * stream(1).child('size', i).uniform()) / tau
      const point = residualGradientBound(
        A.map((x) => size * x),
        problem,
      )
      expect(point.tau).toBeLessThanOrEqual(0.9)
      // equality for d = l = 1
      expect(point.gradient / point.bound).toBeGreaterThanOrEqual(1 - 1e-14)
      expect(verdictOn(residualGradient, [point]).status).toBe('holds')
      expect(verdictOn(residualGradient, [{ ...point, tau: 1 }]).status).toBe('inapplicable')
    }
  })

  it('attain it at A = −τI, have exact derivatives, and compute a definite target', () => {
    const R = covariance('R', 3)
    const problem = { l: 4, R, S: identity(3) }
    const A = Float64Array.from({ length: 36 }, (_, i) => -0.3 * identity(3).data[i % 9])
    const { gradient, bound } = residualGradientBound(A, problem)
    expect(Math.abs(gradient / bound - 1)).toBeLessThan(1e-12)
    expect(checkGradient(residualNetwork(problem), A).ok).toBe(true)
    expect(checkHessian(residualNetwork(problem), A).ok).toBe(true)
    expect(residualNetwork(problem).value(residualSolution(R, 4))).toBeLessThan(1e-24)
    expect(() => residualSolution(matrix(1, 1, [-1]), 2)).toThrow(/positive definite/)
  })
})

describe('symmetric factorization', () => {
  it('has curvature μ_j − μ_1 at the wrong eigenvector, and exact derivatives', () => {
    const mus = [3, 2, 0.5]
    const M = matrix(3, 3, [3, 0, 0, 0, 2, 0, 0, 0, 0.5])
    const f = factorization(M, 1)
    mus.slice(1).forEach((mu, i) => {
      const u = new Float64Array(3)
      u[i + 1] = Math.sqrt(mu)
      const curvature = eigenSymmetric(hessianMatrix(f, u)).values[0]
      expect(Math.abs(curvature - (mu - 3))).toBeLessThan(1e-12)
      const facts = { mu, largest: 3, curvature }
      expect(verdictOn(factorizationEscape, facts).status).toBe('holds')
    })
    const wide = factorization(M, 2)
    const U = normals('U', 6)
    expect(checkGradient(wide, U).ok).toBe(true)
    expect(checkHessian(wide, U).ok).toBe(true)
  })
})

it('asks more of a strict saddle than a zero eigenvalue', () => {
  const data = { total: 10, eigenvalues: [9, 1], smallestInput: 1 }
  const facts = { ...data, values: [0.5, 4.5, 5], points: [{ loss: 4.5, curvature: 0 }] }
  expect(verdictOn(linearSaddlesStrict, facts).status).toBe('violated')
  const least = { ...facts, points: [{ loss: 0.5, curvature: 0 }] }
  expect(verdictOn(linearSaddlesStrict, least).status).toBe('inconclusive')
})
