import { describe, expect, it } from 'vitest'
import { stream } from '@nonconvex/tensor'
import {
  alternatingTeacher,
  decideOverlapDescent,
  decideStuckAtMinima,
  overlapRestarts,
  overlapSmoothness,
  summariseRestarts,
  teacherRestarts,
} from '../index.js'

/** m, stride, k; share of 1000 (25 teachers × 40 starts); share of 400 starts for the alternating teacher. */
const table: readonly (readonly [number, number, number, number, number])[] = [
  [2, 1, 2, 0.975, 0.562],
  [2, 1, 5, 0.755, 0.517],
  [4, 1, 4, 0.911, 0.575],
  [4, 1, 8, 0.851, 0.578],
  [4, 2, 4, 0.885, 1],
  [4, 3, 4, 1, 1],
  [4, 4, 4, 1, 1],
  [8, 1, 8, 0.875, 0.537],
  [8, 2, 8, 0.945, 1],
  [8, 4, 8, 0.863, 1],
  [8, 7, 8, 0.985, 1],
]

describe.each(table)('m = %i, stride %i, k = %i', (m, stride, k, share, alternating) => {
  const root = stream(8).child(`m=${m},s=${stride},k=${k}`)
  const options = { m, k, stride }
  const report = overlapRestarts({ ...options, stream: root })
  it('has the share of the table, ±.13, and descends at every step', () => {
    expect(Math.abs(report.share - share)).toBeLessThan(0.13)
    const eta = 1 / overlapSmoothness(options)
    expect(decideOverlapDescent({ shape: options, eta, ...report }).status).toBe('holds')
    if (stride >= m) expect(report.share).toBe(1)
  })
  it('is stuck at strict minima only', () => {
    const verdict = decideStuckAtMinima(options, report)
    expect(verdict.status).not.toBe('violated')
    const stuck = report.teachers.reduce((sum, t) => sum + t.counts.stuck, 0)
    const clustered = report.teachers.reduce(
      (sum, t) => sum + t.clusters.reduce((n, c) => n + c.count, 0),
      0,
    )
    expect(clustered).toBe(stuck)
  })
  it('has the share of the alternating teacher within the joint interval', () => {
    const one = teacherRestarts(alternatingTeacher(m), {
      ...options,
      stream: root.child('alternating'),
      starts: 400,
    })
    const got = summariseRestarts([one]).share
    // both are shares of 400 independent starts
    const joint = 4 * Math.sqrt((2 * alternating * (1 - alternating)) / 400)
    expect(Math.abs(got - alternating)).toBeLessThanOrEqual(joint)
  })
})
