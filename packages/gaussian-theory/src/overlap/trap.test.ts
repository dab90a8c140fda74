import { verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import { stream, type Matrix } from '@nonconvex/tensor'
import { staysInQuadrant, spuriousMinimum, quadrantWalls } from './index.js'
import { descendBatch } from '../restarts/index.js'
import { wilsonInterval } from '@nonconvex/optim/statistics'

/** 400 initializations on the unit circle, with these signs of the coordinates. */
function starts(name: string, k: number, signs: readonly [number, number] | null): Matrix {
  const draws = stream(25).child(name, k)
  const data = new Float64Array(800)
  for (let i = 0; i < 400; i++) {
    const [x, y] = draws.unitVector(2)
    data.set(signs === null ? [x, y] : [signs[0] * Math.abs(x), signs[1] * Math.abs(y)], 2 * i)
  }
  return { rows: 400, cols: 2, data }
}

/** Fraction of initializations anywhere on the circle that reach the teacher (−1, 1). */
const overall = { 2: 0.62, 3: 0.56, 5: 0.53, 10: 0.51 }

describe.each([2, 3, 5, 10] as const)('the teacher (−1, 1), k = %i', (k) => {
  const options = { k, stride: 1 }
  it('takes all of 400 initializations in the quadrant of the spurious minimum to −t₀w*', () => {
    const { t0 } = spuriousMinimum(k)
    const { ends, breaches } = descendBatch(starts('trap', k, [1, -1]), [-1, 1], options)
    expect(breaches).toBe(0)
    const there = ends.filter((e) => Math.hypot(e.w[0] - t0, e.w[1] + t0) < 1e-6)
    expect(there).toHaveLength(400)
    const walls = quadrantWalls(0.01, 1, k)
    const found = {
      k,
      flattest: walls.spurious,
      starts: 400,
      trapped: there.length,
      skew: 0,
    }
    expect(verdictOn(staysInQuadrant, found).status).toBe('holds')
    expect(verdictOn(staysInQuadrant, { ...found, trapped: 399 }).status).toBe('violated')
  })
  it('takes all of 400 initializations in the quadrant of the teacher to the teacher', () => {
    const { ends } = descendBatch(starts('good', k, [-1, 1]), [-1, 1], options)
    expect(ends.filter(({ kind }) => kind === 'global')).toHaveLength(400)
  })
  it('is reached from anywhere at the success rate of the table', () => {
    const { ends } = descendBatch(starts('all', k, null), [-1, 1], options)
    const global = ends.filter(({ kind }) => kind === 'global').length
    const fraction = global / 400
    const joint = 4 * Math.sqrt((2 * overall[k] * (1 - overall[k])) / 400)
    expect(Math.abs(fraction - overall[k])).toBeLessThan(joint)
    // at least a quarter is trapped
    expect(wilsonInterval(400 - global, 400).low).toBeGreaterThan(0.25)
  })
})
