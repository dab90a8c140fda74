import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { lineUnderRoot } from './quadratic.js'

type Line = Parameters<typeof lineUnderRoot>[0]

/** Room between the root and the line; NaN past the end of the root. */
const room = ({ f, a, l, s, b }: Line, t: number): number => Math.sqrt(l * (s + b * t)) - f - a * t

describe('lineUnderRoot', () => {
  it('is l b/a² for a line and a root from zero', () => {
    expect(lineUnderRoot({ f: 0, a: 2, l: 1, s: 0, b: 8 })).toBe(2)
  })

  it('is where the line leaves the root, for any size of the numbers and both signs of b', () => {
    const source = stream(8)
    const power = (): number => 10 ** (6 * source.uniform() - 3)
    for (let i = 0; i < 5000; i++) {
      const [a, l, s] = [power(), power(), power()]
      const f = (2 * source.uniform() - 1) * Math.sqrt(l * s)
      const b = source.uniform() < 0.7 ? power() : -power()
      const line = { f, a, l, s, b }
      const t = lineUnderRoot(line)
      const scale = Math.sqrt(l * s) + Math.abs(a * t) + Math.sqrt(l * Math.abs(b) * t)
      expect(t).toBeGreaterThanOrEqual(0)
      expect(room(line, t * (1 - 1e-9))).toBeGreaterThanOrEqual(-1e-9 * scale)
      // NaN, past the end of the root, counts as left
      expect(room(line, t * (1 + 1e-6)) > 1e-9 * scale).toBe(false)
    }
  })

  it('ends with the root itself where that shrinks faster than the line rises', () => {
    expect(lineUnderRoot({ f: -10, a: 1, l: 100, s: 1, b: -0.5 })).toBe(2)
  })

  it('gives 0, not NaN, where rounding leaves nothing', () => {
    expect(lineUnderRoot({ f: 1, a: 1, l: 1, s: 1 - 1e-16, b: 1e-300 })).toBeGreaterThanOrEqual(0)
    expect(lineUnderRoot({ f: 0, a: 1, l: 1, s: 0, b: 0 })).toBe(0)
  })
})
