import { verdictOn } from '@nonconvex/optim/claims'
import { beforeAll, describe, expect, it } from 'vitest'
import { stream } from '@nonconvex/tensor'
import {
  alternatingTeacher,
  compareRates,
  restartRates,
  overlapRestarts,
  REFERENCE_ALTERNATING,
  REFERENCE_TEACHERS,
  ratesAgree,
  teacherRestarts,
  type RestartReport,
  type RatesCompared,
  type TeacherReport,
} from './index.js'
import { referenceRates } from '../data/index.js'
import { certificateRecord } from '../index.js'
import {
  certifyMinimum,
  overlapDescent,
  stuckCertified,
  overlapSmoothness,
  type OverlapShape,
  type StuckPoint,
} from '../overlap/index.js'

/** The points where the initializations of some teachers were stuck, with their certificates. */
function placesOf(shape: OverlapShape, teachers: readonly TeacherReport[]): StuckPoint[] {
  const { k, stride } = shape
  return teachers.flatMap(({ wStar, clusters }) =>
    clusters.map(({ w, count }) => ({
      shape,
      wStar: Array.from(wStar),
      w: Array.from(w),
      count,
      certificate: certificateRecord(certifyMinimum(w, wStar, { k, stride })),
    })),
  )
}

const everything: RatesCompared[] = []

describe.each(referenceRates)('m = $m, stride $stride, k = $k', (row) => {
  const { m, stride, k } = row
  const shape = { m, stride, k }
  const root = stream(8).child(`m=${m},s=${stride},k=${k}`)
  let report: RestartReport
  let alternating: TeacherReport
  beforeAll(() => {
    // the largest network takes a second for each teacher
    const teachers = m * k > 128 ? 10 : REFERENCE_TEACHERS
    report = overlapRestarts({ ...shape, stream: root, teachers })
    alternating = teacherRestarts(alternatingTeacher(m), {
      k,
      stride,
      stream: root.child('alternating'),
      starts: REFERENCE_ALTERNATING,
    })
  })

  it('has the success rates of the table within the joint interval', () => {
    const compared = compareRates({
      shape,
      teachers: report.teachers.map(({ counts, starts }) => counts.global / starts),
      alternating: { successes: alternating.counts.global, n: alternating.starts },
    })
    everything.push(...compared)
    for (const each of compared) expect(each, each.of).toSatisfy(ratesAgree)
    if (m <= 8 && k <= 8) expect(Math.abs(report.rate - row.rate)).toBeLessThan(0.13)
    if (stride >= m) expect(report.rate).toBe(1)
  })
  it('descends at every step', () => {
    const eta = 1 / overlapSmoothness(shape)
    expect(verdictOn(overlapDescent, { shape, eta, ...report }).status).toBe('holds')
  })
  it('is stuck only at points that are certified as local minima, and counts every initialization', () => {
    const teachers = [...report.teachers, alternating]
    const places = placesOf(shape, teachers)
    const starts = places.reduce((sum, { count }) => sum + count, 0)
    expect(starts).toBe(teachers.reduce((sum, { counts }) => sum + counts.stuck, 0))
    const { status } = verdictOn(stuckCertified, { shape, places })
    if (stride >= m) expect(status).toBe('inapplicable')
    else expect(status).toBe(places.length === 0 ? 'inconclusive' : 'holds')
  })
})

describe('all rows together', () => {
  it('agree with the table', () => {
    const verdict = verdictOn(restartRates, {
      compared: everything,
      setting: { step: 1, maxSteps: 20_000 },
    })
    expect(verdict.status).toBe('holds')
    expect(everything).toHaveLength(2 * referenceRates.length)
    expect(verdict.confidence).toBeGreaterThan(0.98)
  })
})
