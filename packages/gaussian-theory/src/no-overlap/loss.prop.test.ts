import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { norm2, stream } from '@nonconvex/tensor'
import { largestDifference, reflect } from '../../test/differences.js'
import {
  coefficients,
  noOverlapEigenvalues,
  noOverlapGradient,
  noOverlapLoss,
  reluPair,
} from '../index.js'

/** Two normal vectors of one dimension, a number of patches, and a stream for more. */
const problem = fc.record({
  seed: fc.nat(),
  m: fc.integer({ min: 2, max: 8 }),
  k: fc.integer({ min: 1, max: 100 }),
})
const draw = (seed: number, name: string, m: number): Float64Array =>
  stream(seed).child(name).normalInto(new Float64Array(m))
const check = (property: (p: { seed: number; m: number; k: number }) => void): void => {
  fc.assert(fc.property(problem, property), { seed: 7, numRuns: 200 })
}

describe('structure', () => {
  it('the integral is symmetric, homogeneous and invariant under orthogonal maps', () => {
    check(({ seed, m, k }) => {
      const [u, v] = [draw(seed, 'u', m), draw(seed, 'v', m)]
      const g = reluPair(u, v)
      const room = 1e-13 * norm2(u) * norm2(v)
      expect(Math.abs(reluPair(v, u) - g)).toBeLessThanOrEqual(room)
      expect(
        Math.abs(
          reluPair(
            u.map((x) => k * x),
            v,
          ) -
            k * g,
        ),
      ).toBeLessThanOrEqual(k * room)
      const n = stream(seed).child('mirror').unitVector(m)
      expect(Math.abs(reluPair(reflect(u, n), reflect(v, n)) - g)).toBeLessThanOrEqual(room)
    })
  })

  it('the loss scales by t² and turns with its arguments; the gradient turns too', () => {
    check(({ seed, m, k }) => {
      const [w, wStar] = [draw(seed, 'w', m), draw(seed, 't', m)]
      const loss = noOverlapLoss(w, wStar, k)
      const size = norm2(w) ** 2 + norm2(wStar) ** 2
      const t = 1.7
      const scaled = noOverlapLoss(
        w.map((x) => t * x),
        wStar.map((x) => t * x),
        k,
      )
      expect(Math.abs(scaled - t * t * loss)).toBeLessThanOrEqual(1e-13 * size * t * t)
      const n = stream(seed).child('mirror').unitVector(m)
      const turned = noOverlapLoss(reflect(w, n), reflect(wStar, n), k)
      expect(Math.abs(turned - loss)).toBeLessThanOrEqual(1e-13 * size)
      const gradient = noOverlapGradient(reflect(w, n), reflect(wStar, n), k)
      const expected = reflect(noOverlapGradient(w, wStar, k), n)
      expect(largestDifference(gradient, expected)).toBeLessThanOrEqual(1e-13 * (1 + size))
    })
  })

  it('lies between ‖w − w*‖²/4k and (c/2)‖w − w*‖²', () => {
    check(({ seed, m, k }) => {
      const [w, wStar] = [draw(seed, 'w', m), draw(seed, 't', m)]
      const square = norm2(w.map((x, i) => x - wStar[i])) ** 2
      const loss = noOverlapLoss(w, wStar, k)
      expect(loss).toBeGreaterThanOrEqual((square / (4 * k)) * (1 - 1e-12))
      expect(loss).toBeLessThanOrEqual((coefficients(k).c / 2) * square * (1 + 1e-12))
    })
  })

  it('is smooth from above with the constant c, also across the origin', () => {
    check(({ seed, m, k }) => {
      const [w, wStar] = [draw(seed, 'w', m), draw(seed, 't', m)]
      const to = draw(seed, 'to', m).map((x, i) => x - 2 * w[i])
      const gradient = noOverlapGradient(w, wStar, k)
      const along = gradient.reduce((s, x, i) => s + x * (to[i] - w[i]), 0)
      const square = norm2(to.map((x, i) => x - w[i])) ** 2
      const above = noOverlapLoss(w, wStar, k) + along + (coefficients(k).c / 2) * square
      expect(noOverlapLoss(to, wStar, k)).toBeLessThanOrEqual(above + 1e-12 * (1 + square))
    })
  })

  it('has c as its largest curvature everywhere', () => {
    check(({ seed, m, k }) => {
      const e = noOverlapEigenvalues(draw(seed, 'w', m), draw(seed, 't', m), k)
      expect(Math.max(e.inPlane ?? -1, e.transverse ?? -1)).toBeLessThanOrEqual(e.radial)
      expect(e.radial).toBe(coefficients(k).c)
    })
  })
})
