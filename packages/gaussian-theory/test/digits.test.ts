import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  angle,
  atan,
  decimals,
  encloses,
  exactly,
  ONE,
  over,
  PI,
  root,
  sinCos,
  SLACK,
} from './digits.js'
import { derivatives, isDefiniteAbove, pairMean, populationLoss } from './population.js'

const small = (x: bigint): boolean => x < SLACK && x > -SLACK

describe('numbers with 300 digits', () => {
  it('have π and √2 to 100 places', () => {
    expect(decimals(PI, 100)).toBe(
      '3.1415926535897932384626433832795028841971693993751058209749445923078164062862089986280348253421170679',
    )
    expect(decimals(root(2n * ONE), 60)).toBe(
      '1.414213562373095048801688724209698078569671875376948073176679',
    )
  })
  it('have angles that fit sine and cosine, which fit each other', () => {
    for (const x of [0, 1e-30, 0.1, 0.7, 1.3, 2.9, 3.14]) {
      const { sin, cos } = sinCos(exactly(x))
      expect(small(angle(sin, cos) - exactly(x))).toBe(true)
      expect(small(((sin * sin + cos * cos) >> 1024n) - ONE)).toBe(true)
    }
    expect(small(4n * atan(ONE) - PI)).toBe(true)
    expect(small(sinCos(PI / 6n).sin - ONE / 2n)).toBe(true)
  })
  it('know float64 numbers exactly, and whether one lies between two', () => {
    expect(exactly(-0.75)).toBe((-3n * ONE) / 4n)
    expect(exactly(0.1) === ONE / 10n).toBe(false)
    const third = ONE / 3n
    const next = 1 / 3 + 2 ** -54
    expect(encloses({ lo: 1 / 3, hi: next }, third)).toBe(true)
    expect(encloses({ lo: next, hi: 1 }, third)).toBe(false)
    expect(encloses({ lo: 0, hi: 1 / 3 }, third)).toBe(false)
    expect(encloses({ lo: -Infinity, hi: Infinity }, third)).toBe(true)
    expect(encloses({ lo: NaN, hi: NaN }, third)).toBe(false)
  })
})

describe('the loss in 300 digits', () => {
  it('has the integral of the stored pairs to all their digits', () => {
    const url = new URL('../fixtures/relu-pair.json', import.meta.url)
    const { pairs } = JSON.parse(readFileSync(url, 'utf8')) as {
      pairs: readonly { u: number[]; v: number[]; g: string }[]
    }
    for (const { u, v, g } of pairs) {
      const [mantissa, exponent = '0'] = g.split('e')
      const [whole, fraction] = mantissa.split('.')
      const shift = Number(exponent) - fraction.length
      const scale = 10n ** BigInt(Math.abs(shift))
      const stored = BigInt(whole + fraction) * (shift > 0 ? scale : 1n) * ONE
      const expected = shift > 0 ? stored : stored / scale
      const off = over(pairMean(u.map(exactly), v.map(exactly)) - expected, expected)
      expect(off < ONE / 10n ** 20n && off > -ONE / 10n ** 20n).toBe(true)
    }
  })
  it('is that of the reflected teacher, ‖ΣP_iᵀw*‖²/k², to 78 digits', () => {
    const [t, minus] = [
      [-ONE, ONE],
      [ONE, -ONE],
    ]
    expect(small(populationLoss(minus, t, { k: 5, stride: 1 }) - (2n * ONE) / 25n)).toBe(true)
    expect(small(populationLoss(minus, t, { k: 5, stride: 2 }) - (2n * ONE) / 5n)).toBe(true)
    expect(small(populationLoss(t, t, { k: 3, stride: 1 }))).toBe(true)
  })
  it('has derivatives at the teacher: gradient 0, and eigenvalues a and c without overlap', () => {
    const t = [ONE, 0n]
    const { gradient, hessian } = derivatives(t, t, { k: 3, stride: 2 })
    expect(gradient.every(small)).toBe(true)
    expect(small(hessian[0] - ONE / 3n - over(2n * ONE, 3n * PI))).toBe(true)
    expect(small(hessian[1])).toBe(true)
    expect(small(hessian[3] - ONE / 3n)).toBe(true)
    expect(isDefiniteAbove(hessian, ONE / 3n - 2n * SLACK)).toBe(true)
    expect(isDefiniteAbove(hessian, ONE / 3n + 2n * SLACK)).toBe(false)
  })
})
