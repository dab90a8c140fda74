import { proofIn, verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import {
  antiparallelRay,
  certifyMinimum,
  certifiedMinimum,
  provedMinimum,
  stuckCertified,
  spuriousMinimum,
  tallyStuck,
  type StuckPoint,
} from './index.js'
import { certificateRecord, coefficients, type CertificateRecord } from '../index.js'

const shape = { m: 2, k: 3, stride: 1 }
const { t0 } = spuriousMinimum(3)
const record = (
  w: number[],
  wStar: number[],
  options = shape,
  rigor?: 'proof',
): CertificateRecord =>
  certificateRecord(certifyMinimum(w, wStar, { ...options, ...(rigor && { rigor }) }))

const minimum = record([t0, -t0], [-1, 1])
const global = record([-1, 1], [-1, 1])
const far = record([t0 + 1e-3, -t0], [-1, 1])
const flat = record([-coefficients(3).alpha, 0], [1, 0], { ...shape, stride: 2 })
const ray = antiparallelRay([1, 1], shape)
const saddle = record([-ray.t0, -ray.t0], [1, 1])
const kink = record([0, 0], [-1, 1])

describe('the record of a certificate', () => {
  it('is plain data without NaN', () => {
    for (const found of [minimum, global, far, flat, saddle, kink])
      expect(JSON.parse(JSON.stringify(found))).toEqual(found)
    expect(kink).toMatchObject({ gradientBound: null, smallestEigenvalue: null, radius: null })
    expect(minimum.minimumValue?.[0]).toBeGreaterThan(0.19)
  })
})

describe('the certified minimum', () => {
  const status = (found: CertificateRecord, at = shape): string =>
    verdictOn(certifiedMinimum, { shape: at, found, wStar: [-1, 1], w: [t0, -t0] }).status
  it('holds in float64 and by intervals, each under its own claim', () => {
    const computed = verdictOn(certifiedMinimum, {
      shape,
      found: minimum,
      wStar: [-1, 1],
      w: [t0, -t0],
    })
    expect(computed).toMatchObject({ status: 'holds', rigor: 'float64' })
    const proof = record([t0, -t0], [-1, 1], shape, 'proof')
    const proved = verdictOn(provedMinimum, { shape, found: proof, wStar: [-1, 1], w: [t0, -t0] })
    expect(proved).toMatchObject({ status: 'holds', rigor: 'proof' })
    expect(proofIn(proved.witness)?.assertions).toMatchObject([
      { kind: 'spurious-minimum', k: 3, teacher: ['-1', '1'] },
    ])
    expect(proved.claim).not.toBe(computed.claim)
    // the proof has the loss on the whole ball, the float64 certificate at the minimum only
    expect(proof.ballValue?.[0]).toBe(proof.minimumValue?.[0])
    expect(proof.ballValue?.[1]).toBeLessThan(0.35)
    expect(proved.statement).toContain('loss ℓ on the whole disc at least 0.1949')
    expect('ballValue' in minimum).toBe(false)
    expect(computed.statement).toContain('loss ℓ at the minimum at least 0.1949')
  })
  it('is violated by a saddle', () => {
    expect(status(saddle)).toBe('violated')
  })
  it.each([
    ['certified, but the loss may be 0', global],
    ['a point 10⁻³ away', far],
    ['a flat direction', flat],
    ['the kink', kink],
  ])('is inconclusive: %s', (_, found) => {
    expect(status(found)).toBe('inconclusive')
  })
  it('does not apply without overlap, or to one patch', () => {
    expect(status(minimum, { ...shape, stride: 2 })).toBe('inapplicable')
    expect(status(minimum, { ...shape, k: 1 })).toBe('inapplicable')
  })
})

describe('the points where initializations are stuck', () => {
  const place = (certificate: CertificateRecord, count = 2): StuckPoint => ({
    shape,
    wStar: [-1, 1],
    w: [t0, -t0],
    count,
    certificate,
  })
  const status = (...found: CertificateRecord[]): string =>
    verdictOn(stuckCertified, { shape, places: found.map((each) => place(each)) }).status
  it('are tallied by outcome, in points and initializations', () => {
    expect(tallyStuck([place(minimum, 3), place(minimum), place(flat), place(global, 1)])).toEqual({
      certified: { places: 2, starts: 5 },
      inconclusive: { places: 1, starts: 2 },
      global: { places: 1, starts: 1 },
    })
  })
  it('hold if all are certified, with the weakest as witness', () => {
    const small = { ...minimum, radius: 1e-3 }
    const verdict = verdictOn(stuckCertified, { shape, places: [place(minimum), place(small, 7)] })
    expect(verdict).toMatchObject({ status: 'holds', measured: 2, bound: 2 })
    expect(verdict.witness).toMatchObject({ weakest: { count: 7, certificate: { radius: 1e-3 } } })
  })
  it('are violated by a saddle, also beside something undecided', () => {
    expect(status(minimum, saddle)).toBe('violated')
    expect(status(flat, saddle)).toBe('violated')
  })
  it('are inconclusive with one that is not certified, which is counted, and without any', () => {
    for (const found of [flat, far, kink, global])
      expect(status(minimum, found)).toBe('inconclusive')
    expect(
      verdictOn(stuckCertified, { shape, places: [place(minimum), place(flat)] }).statement,
    ).toContain('1 of 2 points, with 2 of 4 failed runs, certified; 1 inconclusive')
    expect(status()).toBe('inconclusive')
    const { statement } = verdictOn(stuckCertified, {
      shape,
      places: [place(minimum)],
      unfinished: 3,
    })
    expect(statement).toContain('3 runs reached the step limit')
  })
  it('do not apply without overlap', () => {
    const apart = { ...shape, stride: 2 }
    expect(verdictOn(stuckCertified, { shape: apart, places: [place(saddle)] }).status).toBe(
      'inapplicable',
    )
  })
})
