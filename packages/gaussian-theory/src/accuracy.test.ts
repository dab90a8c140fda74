import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { angles, norm2 } from '@nonconvex/tensor'
import { noOverlapLoss, reluPair, sMinusTCos } from './index.js'

interface Pair {
  readonly kind: 'generic' | 'opposite' | 'parallel' | 'teacher'
  readonly u: readonly number[]
  readonly v: readonly number[]
  readonly k: number
  readonly theta: string
  readonly phi: string
  readonly g: string
  readonly loss: string
}
const fixture = JSON.parse(
  readFileSync(new URL('../fixtures/relu-pair.json', import.meta.url), 'utf8'),
) as { pairs: readonly Pair[]; sMinusTCos: readonly { t: number; value: string }[] }

const off = (actual: number, exact: string): number => Math.abs(actual - Number(exact))
const relative = (actual: number, exact: string): number => off(actual, exact) / Number(exact)

/** The formula as one writes it down first. */
function naive(u: readonly number[], v: readonly number[]): number {
  const dot = u.reduce((s, x, i) => s + x * v[i], 0)
  const size = norm2(u) * norm2(v)
  const theta = Math.acos(Math.max(-1, Math.min(1, dot / size)))
  return (size * (Math.sin(theta) + (Math.PI - theta) * Math.cos(theta))) / (2 * Math.PI)
}

describe('against 60-digit arithmetic', () => {
  it.each(fixture.sMinusTCos)('has s̃($t) within its budget', ({ t, value }) => {
    const budget = t >= 0.5 && t <= 1 ? 15 : 4
    expect(relative(sMinusTCos(t), value)).toBeLessThanOrEqual(budget * Number.EPSILON)
  })

  it('has both angles to 6e-16', () => {
    for (const { u, v, theta, phi } of fixture.pairs) {
      const got = angles(u, v)
      expect(off(got.theta, theta)).toBeLessThanOrEqual(6e-16)
      expect(off(got.phi, phi)).toBeLessThanOrEqual(6e-16)
    }
  })

  it('has the integral to 1e-14 + 2e-15/φ, down to φ = 1e-8', () => {
    let smallest = 1
    for (const { u, v, phi, g } of fixture.pairs) {
      smallest = Math.min(smallest, Number(phi))
      expect(relative(reluPair(u, v), g)).toBeLessThanOrEqual(1e-14 + 2e-15 / Number(phi))
    }
    expect(smallest).toBeLessThan(3e-8)
  })

  it('would have lost every digit with the arc cosine below φ = 1e-5', () => {
    const small = fixture.pairs.filter((p) => Number(p.phi) < 1e-5)
    expect(small.length).toBeGreaterThan(8)
    for (const { u, v, g } of small) expect(relative(naive(u, v), g)).toBeGreaterThan(0.1)
  })

  it('has the loss to 1e-14 of its largest term, and to 1e-14 of itself next to the teacher', () => {
    for (const { kind, u, v, k, loss } of fixture.pairs) {
      const got = noOverlapLoss(u, v, k)
      expect(off(got, loss)).toBeLessThanOrEqual(1e-14 * (norm2(u) ** 2 + norm2(v) ** 2))
      // the subtraction w − w* is exact there, and the angle enters at third order only
      if (kind === 'teacher') expect(relative(got, loss)).toBeLessThanOrEqual(1e-14)
    }
  })
})
