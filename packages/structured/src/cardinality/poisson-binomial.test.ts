import { stream } from '@nonconvex/tensor'
import { expect, it } from 'vitest'
import { poissonBinomial } from './poisson-binomial.js'

/** By the characteristic function φ_m = Π (1 − p_i + p_i ω^m), transformed back. */
function byFourier(p: Float64Array): number[] {
  const n = p.length + 1
  const values = Array.from({ length: n }, (_, m) => {
    let [re, im] = [1, 0]
    const [c, s] = [Math.cos((2 * Math.PI * m) / n), Math.sin((2 * Math.PI * m) / n)]
    for (const q of p) {
      const [a, b] = [1 - q + q * c, q * s]
      ;[re, im] = [re * a - im * b, re * b + im * a]
    }
    return [re, im]
  })
  return values.map((_, k) => {
    let sum = 0
    values.forEach(([re, im], m) => {
      const angle = (-2 * Math.PI * ((m * k) % n)) / n
      sum += re * Math.cos(angle) - im * Math.sin(angle)
    })
    return sum / n
  })
}

it('agrees with the Fourier transform of its characteristic function', () => {
  const s = stream(1)
  for (const L of [1, 2, 17, 400]) {
    const p = s.uniformInto(new Float64Array(L))
    const pmf = poissonBinomial(p)
    byFourier(p).forEach((q, k) => {
      expect(Math.abs(pmf[k] - q)).toBeLessThan(1e-13)
    })
  }
})

it('is the binomial distribution for equal p, relative accuracy kept in the far tail', () => {
  const pmf = poissonBinomial(new Float64Array(100).fill(0.1))
  let choose = 1
  for (let k = 0; k <= 100; k++) {
    const exact = Math.exp(Math.log(choose) + k * Math.log(0.1) + (100 - k) * Math.log(0.9))
    expect(Math.abs(pmf[k] / exact - 1)).toBeLessThan(1e-12)
    choose *= (100 - k) / (k + 1)
  }
})

it('puts what is above the largest count into the last entry', () => {
  const s = stream(2)
  for (let t = 0; t < 50; t++) {
    const p = s.uniformInto(new Float64Array(1 + s.integer(20)))
    const whole = poissonBinomial(p)
    const maxCount = s.integer(p.length + 3)
    const cut = poissonBinomial(p, { maxCount })
    const last = Math.min(maxCount, p.length)
    expect(cut.length).toBe(last + 1)
    cut.forEach((q, k) => {
      const exact = k < last ? whole[k] : whole.subarray(k).reduce((a, b) => a + b, 0)
      expect(q).toBeCloseTo(exact, 13)
    })
  }
})

it('knows certain labels and none', () => {
  expect([...poissonBinomial([1, 0, 1])]).toEqual([0, 0, 1, 0])
  expect([...poissonBinomial([])]).toEqual([1])
})
