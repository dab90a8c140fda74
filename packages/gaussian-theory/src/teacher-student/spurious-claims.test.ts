import { verdictOn, type Status } from '@nonconvex/optim/claims'
import { certifyByIntervals } from '@nonconvex/optim/certify'
import { beforeAll, describe, expect, it } from 'vitest'
import { certificateRecord, type CertificateRecord } from '../certificate-record.js'
import {
  extraDimensionKeeps,
  extraNeuronMinimumProved,
  orthonormalEndsProved,
  orthonormalEndsSymmetric,
  orthonormalMinimumProved,
  orthonormalMissedFraction,
  orthonormalPublishedLoss,
  orthonormalTeacher,
  publishedSearch,
  reluIntervals,
  solveFamily,
  splitEscapes,
  teacherSpectrumAgrees,
  type OrthonormalCertificate,
} from './index.js'

const certificateOf = (k: number) => {
  const { W, loss, smallestEigenvalue } = solveFamily('II', k)
  const objective = reluIntervals(orthonormalTeacher(W, { n: k, k, d: k }))
  const found = certificateRecord(certifyByIntervals(objective, W, { largestRadius: 0.01 / k }))
  const point = { n: k, k, W: Array.from(W), loss, smallestEigenvalue }
  return { ...point, found } satisfies OrthonormalCertificate
}

describe('the proof of the spurious minimum', () => {
  let six: ReturnType<typeof certificateOf>
  beforeAll(() => {
    six = certificateOf(6)
  })
  const status = (change: Partial<CertificateRecord>, k = 6): Status =>
    verdictOn(orthonormalMinimumProved, { ...six, k, n: k, found: { ...six.found, ...change } })
      .status

  it('holds with its certificate as the witness', () => {
    const { status: found, witness, measured } = verdictOn(orthonormalMinimumProved, six)
    expect(found).toBe('holds')
    expect(measured).toBeGreaterThan(0.02508)
    expect(witness).toMatchObject({ assertions: [{ kind: 'spurious-minimum', n: 6 }] })
  })
  it('is about k + 1 neurons, too, from seven on', () => {
    const eight = { ...six, k: 7, n: 8 }
    expect(verdictOn(extraNeuronMinimumProved, eight).status).toBe('holds')
    expect(verdictOn(extraNeuronMinimumProved, six).status).toBe('inapplicable')
    const none = { ...eight, found: null }
    expect(verdictOn(extraNeuronMinimumProved, none).status).toBe('inconclusive')
  })
  it('is about every point at which a run ended', () => {
    const ends = (change: Partial<OrthonormalCertificate>): Status =>
      verdictOn(orthonormalEndsProved, { ...six, ...change }).status
    expect(ends({})).toBe('holds')
    expect(ends({ loss: six.loss * 1.001 })).toBe('violated')
    expect(ends({ smallestEigenvalue: six.smallestEigenvalue * 1.001 })).toBe('violated')
    expect(ends({ found: null })).toBe('inconclusive')
  })
  it('is violated by a saddle, undecided without a certificate, not about five neurons', () => {
    expect(status({ status: 'hessian-not-definite' })).toBe('violated')
    expect(status({ smallestEigenvalue: [0.0048, 0.0049] })).toBe('violated')
    expect(status({ minimumValue: [0.026, 0.027] })).toBe('violated')
    expect(status({ status: 'gradient-too-large' })).toBe('inconclusive')
    expect(status({ minimumValue: [-1e-9, 1] })).toBe('inconclusive')
    expect(status({}, 5)).toBe('inapplicable')
    expect(certificateOf(5).found.status).toBe('hessian-not-definite')
  })
})

describe('the published search', () => {
  const decided = (facts: Parameters<typeof orthonormalPublishedLoss.evidence>[0]): Status =>
    verdictOn(orthonormalPublishedLoss, facts).status
  it('found the points in closed form, for each k', () => {
    const rows = publishedSearch.filter(({ k, extra }) => extra === 0 && k <= 12)
    for (const { k } of rows) {
      const { loss } = solveFamily('II', k)
      expect(decided({ k, extra: 0, loss })).toBe('holds')
      expect(decided({ k, extra: 0, loss: loss + 2e-9 })).toBe('violated')
    }
    expect(decided({ k: 5, extra: 0, loss: 0.02 })).toBe('inapplicable')
    expect(decided({ k: 14, extra: 1, loss: 0.014135760266 })).toBe('holds')
    expect(decided({ k: 14, extra: 1, loss: 0.0141369 })).toBe('violated')
  })
  it('has fractions that others agree with or not', () => {
    const row = { k: 8, extra: 0, runs: 400, missed: 50, unfinished: 0 }
    const status = (change: Partial<typeof row>): Status =>
      verdictOn(orthonormalMissedFraction, [{ ...row, ...change }]).status
    expect(status({})).toBe('holds')
    expect(status({ missed: 90 })).toBe('violated')
    expect(status({ missed: 18 })).toBe('violated')
    expect(status({ unfinished: 1 })).toBe('inconclusive')
    expect(status({ k: 7, extra: 1 })).toBe('inapplicable')
    expect(status({ extra: 1 })).toBe('violated')
  })
})

it('decides on ends, spectra, split neurons and extra dimensions', () => {
  const ends = { k: 8, missed: 20, others: 0, losses: [] }
  expect(verdictOn(orthonormalEndsSymmetric, ends).status).toBe('holds')
  const other = verdictOn(orthonormalEndsSymmetric, { ...ends, others: 1, losses: [0.054633774] })
  expect([other.status, other.statement]).toEqual([
    'violated',
    '19 of 20 runs that missed the teacher ended at one of them; the others have the losses 0.054633774',
  ])
  expect(verdictOn(orthonormalEndsSymmetric, { ...ends, k: 11 }).status).toBe('inapplicable')
  expect(verdictOn(orthonormalEndsSymmetric, { ...ends, missed: 0 }).status).toBe('inconclusive')

  expect(verdictOn(teacherSpectrumAgrees, { k: 6, largest: 5e-14 }).status).toBe('holds')
  expect(verdictOn(teacherSpectrumAgrees, { k: 6, largest: 1e-9 }).status).toBe('violated')

  const split = { k: 6, flattest: -0.09, split: -0.1, measured: -0.2, end: 'global' } as const
  expect(verdictOn(splitEscapes, split).status).toBe('holds')
  for (const change of [{ measured: -0.19 }, { end: 'local minimum' as const }, { flattest: 0.01 }])
    expect(verdictOn(splitEscapes, { ...split, ...change }).status).toBe('violated')
  const open = verdictOn(splitEscapes, { ...split, end: 'unfinished' })
  expect(open.status).toBe('inconclusive')

  const added = { k: 6, added: 0.1998, largest: 4e-14 }
  expect(verdictOn(extraDimensionKeeps, added).status).toBe('holds')
  expect(verdictOn(extraDimensionKeeps, { ...added, added: -0.1 }).status).toBe('violated')
  expect(verdictOn(extraDimensionKeeps, { ...added, largest: 1e-8 }).status).toBe('violated')
})
