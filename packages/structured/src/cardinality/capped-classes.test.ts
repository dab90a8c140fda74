import { power, stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { cappedClasses } from './capped-classes.js'

/** The largest score of a labeling within the caps, of all C^n. */
function best(s: Float64Array, n: number, C: number, caps: readonly number[]): number {
  let most = -Infinity
  for (let code = 0; code < power(C, n); code++) {
    const count = new Int32Array(C)
    let [rest, score] = [code, 0]
    for (let i = 0; i < n; i++) {
      const k = rest % C
      rest = (rest - k) / C
      count[k]++
      score += s[i * C + k]
    }
    if (count.every((m, k) => m <= caps[k])) most = Math.max(most, score)
  }
  return most
}

describe('cappedClasses', () => {
  it('is the best of all labelings within the caps, ties included', () => {
    const s = stream(1)
    for (let t = 0; t < 400; t++) {
      const [n, C] = [1 + s.integer(5), 2 + s.integer(3)]
      const data = s
        .normalInto(new Float64Array(n * C))
        .map((x) => (t % 2 === 0 ? x : Math.round(x)))
      const caps = Array.from({ length: C }, () =>
        s.integer(4) === 0 ? Infinity : s.integer(n + 1),
      )
      const found = cappedClasses({ rows: n, cols: C, data }, caps)
      const most = best(data, n, C, caps)
      if (found.status === 'infeasible') {
        expect(most).toBe(-Infinity)
        continue
      }
      expect(found.score).toBeCloseTo(most, 10)
      caps.forEach((cap, k) => {
        expect(found.classes.filter((c) => c === k).length).toBeLessThanOrEqual(cap)
      })
    }
  })

  it('is the largest score of each box without caps, of equal ones the first', () => {
    const data = Float64Array.of(1, 1, 0, 0, 2, 2)
    const found = cappedClasses({ rows: 2, cols: 3, data }, [Infinity, 9, Infinity])
    expect(found).toMatchObject({ status: 'labeled', classes: Int32Array.of(0, 1), score: 3 })
  })

  it('rounds caps down, and reports caps without room as an outcome', () => {
    const scores = { rows: 2, cols: 2, data: Float64Array.of(1, 0, 1, 0) }
    expect(cappedClasses(scores, [1.9, 1])).toMatchObject({ score: 1 })
    expect(cappedClasses(scores, [1.9, 0.9])).toEqual({ status: 'infeasible', boxes: 2, room: 1 })
    expect(() => cappedClasses(scores, [1])).toThrow('to have length 2, got 1')
    expect(() =>
      cappedClasses({ ...scores, data: scores.data.map(() => -Infinity) }, [1, 1]),
    ).toThrow('finite')
  })
})
