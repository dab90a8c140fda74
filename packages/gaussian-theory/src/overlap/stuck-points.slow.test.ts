import { verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import { norm2, stream } from '@nonconvex/tensor'
import {
  alternatingTeacher,
  descendBatch,
  overlapRestarts,
  teacherRestarts,
  type TeacherReport,
} from '../restarts/index.js'
import { certificateRecord } from '../index.js'
import { certifyMinimum, stuckCertified, tallyStuck, type StuckPoint } from './index.js'

/**
 * The sizes with m ≤ 8 and k ≤ 8 in which some initializations are stuck; at stride 7 no teacher of
 * this stream has such initializations.
 */
const sizes = [
  [2, 1, 2],
  [2, 1, 5],
  [4, 1, 4],
  [4, 1, 8],
  [4, 2, 4],
  [8, 1, 8],
  [8, 2, 8],
  [8, 4, 8],
] as const

describe.each(sizes)('m = %i, stride %i, k = %i', (m, stride, k) => {
  const root = stream(8).child(`m=${m},s=${stride},k=${k}`)
  const shape = { m, k, stride }
  const places = ({ wStar, clusters }: TeacherReport): StuckPoint[] =>
    clusters.map(({ w, count }) => ({
      shape,
      wStar: [...wStar],
      w: [...w],
      count,
      certificate: certificateRecord(certifyMinimum(w, wStar, { k, stride, polish: 6 })),
    }))
  it('every point where random initializations are stuck is certified, or listed as inconclusive', () => {
    const { teachers } = overlapRestarts({ ...shape, stream: root })
    const alternating = teacherRestarts(alternatingTeacher(m), {
      k,
      stride,
      starts: 400,
      stream: root.child('alternating'),
    })
    const found = [...teachers, alternating].flatMap(places)
    expect(found.length).toBeGreaterThan(0)
    const { certified, inconclusive, ...others } = tallyStuck(found)
    expect(others).toEqual({})
    expect(certified?.places ?? 0).toBeGreaterThanOrEqual(0.95 * found.length)
    expect((certified?.places ?? 0) + (inconclusive?.places ?? 0)).toBe(found.length)
    const { status } = verdictOn(stuckCertified, { shape, places: found })
    expect(status).toBe(inconclusive ? 'inconclusive' : 'holds')
    // and the loss at each is far above that of the teacher
    for (const { certificate, wStar } of found)
      if (certificate.minimumValue)
        expect(certificate.minimumValue[0]).toBeGreaterThan(1e-4 * norm2(wStar) ** 2)
  })
})

describe('teachers of two weights, R(cos ω, sin ω)', () => {
  // 36 directions, 400 initializations each
  it.each([
    [2, 125, 145],
    [5, 95, 175],
    [10, 80, 190],
  ])('have failures at k = %i from ω = %i° to %i° only', (k, first, last) => {
    const hard = new Map<number, number>()
    for (let degrees = 0; degrees < 180; degrees += 5) {
      const omega = (Math.PI * degrees) / 180
      const draws = stream(26).child(`k=${k}`, degrees)
      const data = new Float64Array(800)
      for (let i = 0; i < 400; i++) data.set(draws.unitVector(2), 2 * i)
      const wStar = [Math.cos(omega), Math.sin(omega)]
      const { ends } = descendBatch({ rows: 400, cols: 2, data }, wStar, { k, stride: 1 })
      const global = ends.filter(({ kind }) => kind === 'global').length
      // the table goes on beyond 180°, where −w* is the teacher of the mirrored initializations
      if (global < 400) hard.set(degrees < first - 20 ? degrees + 180 : degrees, global / 400)
    }
    const angles = [...hard.keys()].sort((a, b) => a - b)
    expect(angles[0]).toBe(first)
    expect(angles[angles.length - 1]).toBe(last)
    expect(angles).toHaveLength((last - first) / 5 + 1)
    // four standard errors beside the range of the table
    for (const fraction of hard.values()) {
      expect(fraction).toBeGreaterThan(0.45 - 0.1)
      expect(fraction).toBeLessThan(0.66 + 0.1)
    }
  })
})
