import { describe, expect, it } from 'vitest'
import { norm2, stream, type Vec } from '@nonconvex/tensor'
import {
  antiparallelRay,
  certifyMinimum,
  hessianLipschitz,
  isSpurious,
  localEvidence,
  overlapBatch,
  overlapCertifiable,
  overlapEvidence,
  overlapGradient,
  overlapHessian,
  overlapIntervals,
  overlapLoss,
  overlapObjective,
  overlapSmoothness,
  reflectedLoss,
  spuriousMinimum,
  stridePatches,
  telescopeIndex,
  type OverlapOptions,
} from './overlap/index.js'
import {
  coefficients,
  criticalPoints,
  noOverlapGradient,
  noOverlapIntervals,
  noOverlapLoss,
  proveCriticalPoints,
} from './index.js'
import { descendBatch, overlapRestarts, teacherRestarts } from './restarts/index.js'
import { gdStep, runGD } from './descent/index.js'
import { leakyGradient, leakyLoss } from './leaky/index.js'
import { monteCarlo, network, runSGD, teacherSample } from './samples/index.js'

const root = stream(28)
const w = [1, 0.5]
const wStar = [-1, 1]
const row = (...data: number[]) => ({ rows: 1, cols: data.length, data: Float64Array.from(data) })

/** Everything that takes a number of patches and a stride. */
const all: readonly (readonly [string, (options: OverlapOptions) => unknown])[] = [
  ['overlapLoss', (o) => overlapLoss(w, wStar, o)],
  ['overlapGradient', (o) => overlapGradient(w, wStar, o)],
  ['overlapHessian', (o) => overlapHessian(w, wStar, o)],
  ['overlapBatch', (o) => overlapBatch(row(...w), wStar, o)],
  ['overlapObjective', (o) => overlapObjective(wStar, o)],
  ['overlapCertifiable', (o) => overlapCertifiable(wStar, o)],
  ['overlapIntervals', (o) => overlapIntervals(wStar, o)],
  ['overlapEvidence', (o) => overlapEvidence(w, wStar, o)],
  ['overlapSmoothness', (o) => overlapSmoothness({ m: 2, ...o })],
  ['hessianLipschitz', (o) => hessianLipschitz(1, 1, { m: 2, ...o })],
  ['localEvidence', (o) => localEvidence(w, wStar, o)],
  ['certifyMinimum', (o) => certifyMinimum(w, wStar, o)],
  ['certifyMinimum, proof', (o) => certifyMinimum(w, wStar, { ...o, rigor: 'proof' })],
  ['reflectedLoss', (o) => reflectedLoss(wStar, o)],
  ['telescopeIndex', (o) => telescopeIndex(wStar, o)],
  ['antiparallelRay', (o) => antiparallelRay(wStar, o)],
  ['strideWindows', (o) => stridePatches(2, o)],
  ['descendBatch', (o) => descendBatch(row(...w), wStar, { ...o, maxSteps: 20 })],
  ['teacherRestarts', (o) => teacherRestarts(wStar, { ...o, stream: root, starts: 2 })],
  ['overlapRestarts', (o) => overlapRestarts({ ...o, m: 2, stream: root, teachers: 1, starts: 2 })],
  ['monteCarlo', (o) => monteCarlo({ ...o, w, wStar, n: 10, stream: root })],
  ['teacherSample', (o) => teacherSample(3, wStar, { ...o, stream: root })],
  ['network', (o) => network(new Float64Array((o.k - 1) * o.stride + 2), wStar, o)],
  ['runSGD', (o) => runSGD({ ...o, w0: w, wStar, batch: 4, stream: root, maxSteps: 5 })],
]

describe.each(all)('%s', (_, call) => {
  it('refuses stride 0 and no patches, with a message that says so', () => {
    expect(() => call({ k: 2, stride: 0 })).toThrow('stride to be an integer ≥ 1, got 0')
    expect(() => call({ k: 2, stride: -1 })).toThrow('stride to be an integer ≥ 1, got -1')
    expect(() => call({ k: 0, stride: 1 })).toThrow('k to be an integer ≥ 1, got 0')
    expect(() => call({ k: 2, stride: 1 })).not.toThrow()
  })
  it('takes one patch, and a stride beyond the filter', () => {
    expect(() => call({ k: 1, stride: 1 })).not.toThrow()
    expect(() => call({ k: 2, stride: 7 })).not.toThrow()
  })
})

describe('a stride beyond the filter', () => {
  it('is no overlap: loss, gradient, certificate are those of stride m', () => {
    for (const stride of [3, 100]) {
      const [far, touching] = [
        { k: 4, stride },
        { k: 4, stride: 2 },
      ]
      expect(overlapLoss(w, wStar, far)).toBe(overlapLoss(w, wStar, touching))
      expect(overlapGradient(w, wStar, far)).toEqual(overlapGradient(w, wStar, touching))
      expect(overlapLoss(w, wStar, far)).toBeCloseTo(noOverlapLoss(w, wStar, 4), 14)
      expect(certifyMinimum(wStar, wStar, far)).toEqual(certifyMinimum(wStar, wStar, touching))
      expect(overlapSmoothness({ m: 2, ...far })).toBeCloseTo(coefficients(4).c, 15)
    }
  })
})

describe('one patch', () => {
  it('has no overlap and no saddle: what talks about either says so', () => {
    expect(criticalPoints(wStar, 1).map(({ kind }) => kind)).toEqual(['degenerate', 'minimum'])
    expect(antiparallelRay(wStar, { k: 1, stride: 1 }).t0).toBe(0)
    expect(() => proveCriticalPoints(wStar, 1)).toThrow('k to be an integer ≥ 2, got 1')
    expect(() => spuriousMinimum(1)).toThrow('k to be an integer ≥ 2')
    const found = certifyMinimum(wStar, wStar, { k: 1, stride: 1, rigor: 'proof' })
    expect([found.status, isSpurious(found)]).toEqual(['certified', false])
  })
})

describe('one weight', () => {
  it('has a local minimum opposite to the teacher, certified in both ways as spurious', () => {
    const { alpha } = coefficients(5)
    expect(criticalPoints([2], 5)[2].kind).toBe('localMinimum')
    for (const rigor of ['float64', 'proof'] as const) {
      const found = certifyMinimum([-2 * alpha], [2], { k: 5, stride: 1, rigor })
      expect([found.status, isSpurious(found)]).toEqual(['certified', true])
    }
    expect(() => proveCriticalPoints([2], 5)).toThrow('length ≥ 2, got 1')
  })
})

describe('identical filters', () => {
  it('have loss 0, gradient 0, and are certified as a minimum that is not spurious', () => {
    for (const t of [wStar, [0.3, 0.3, 0.3], [0, 0, 1], [1e-3, -2]])
      for (const options of [
        { k: 3, stride: 1 },
        { k: 3, stride: 9 },
      ]) {
        expect(overlapLoss(t, t, options)).toBe(0)
        expect(norm2(overlapGradient(t, t, options))).toBeLessThan(1e-15)
        expect(leakyLoss(t, t, 3, 0.1)).toBe(0)
        const found = certifyMinimum(t, t, { ...options, rigor: 'proof' })
        expect([found.status, isSpurious(found)]).toEqual(['certified', false])
      }
    expect(runGD({ w0: wStar, wStar, k: 3, maxSteps: 9 }).steps).toBe(0)
  })
})

describe('the zero filter', () => {
  const zero = [0, 0]
  const options = { k: 3, stride: 1 }
  it('as w has a value, no gradient, and no certificate', () => {
    expect(noOverlapLoss(zero, wStar, 3)).toBeCloseTo(coefficients(3).c, 14)
    expect(overlapLoss(zero, wStar, options)).toBeGreaterThan(0)
    for (const gradient of [
      () => noOverlapGradient(zero, wStar, 3),
      () => overlapGradient(zero, wStar, options),
      () => overlapHessian(zero, wStar, options),
      () => leakyGradient(zero, wStar, 3, 0.1),
      () => gdStep(zero, wStar, 3),
    ])
      expect(gradient).toThrow('not to be zero')
    for (const rigor of ['float64', 'proof'] as const)
      expect(certifyMinimum(zero, wStar, { ...options, rigor }).status).toBe('may-cross-kink')
  })
  it('as initialization is refused by every run', () => {
    expect(() => runGD({ w0: zero, wStar, k: 3, maxSteps: 9 })).toThrow('not to be zero')
    expect(() => descendBatch(row(0, 0), wStar, options)).toThrow('not to be zero')
    const run = { ...options, batch: 4, stream: root, maxSteps: 5 }
    expect(() => runSGD({ ...run, w0: zero, wStar })).toThrow('w0 not to be zero')
  })
  it('as teacher leaves a loss with its minimum at 0, and no run or ray', () => {
    expect(overlapLoss(w, zero, options)).toBeGreaterThan(0)
    expect(overlapLoss(zero, zero, options)).toBe(0)
    expect(criticalPoints(zero, 3).map(({ kind }) => kind)).toEqual(['minimum'])
    expect(reflectedLoss(zero, options)).toBe(0)
    for (const refused of [
      () => antiparallelRay(zero, options),
      () => telescopeIndex(zero, options),
      () => proveCriticalPoints(zero, 3),
      () => noOverlapIntervals(zero, 3),
      () => runGD({ w0: w, wStar: zero, k: 3, maxSteps: 9 }),
      () => descendBatch(row(...w), zero, options),
    ])
      expect(refused).toThrow('not to be zero')
  })
})

describe('an initialization on the ray opposite to the teacher', () => {
  it('is run as it is: without overlap it ends at the saddle, for one patch at 0', () => {
    const draws = root.child('opposite')
    const ends = { antiparallel: 0, origin: 0 }
    for (let i = 0; i < 300; i++) {
      const k = 1 + (i % 6)
      const teacher = draws.normalInto(new Float64Array(1 + (i % 5)))
      const back = 0.1 + 3 * draws.uniform()
      const w0: Vec = teacher.map((x) => -back * x)
      const report = runGD({ w0, wStar: teacher, k, maxSteps: 200 })
      expect(report.status).toBe(k === 1 ? 'origin' : 'antiparallel')
      ends[k === 1 ? 'origin' : 'antiparallel']++
      expect(report.verdicts.map((v) => v.status)).not.toContain('violated')
      if (k === 1) continue
      const { alpha } = coefficients(k)
      expect(norm2(report.w.map((x, j) => x + alpha * teacher[j]))).toBeLessThan(1e-11)
    }
    expect(ends).toEqual({ antiparallel: 250, origin: 50 })
  })
  it('is run as it is: with overlap it ends at the minimum of that ray', () => {
    const { t0 } = spuriousMinimum(3)
    const { ends } = descendBatch(row(2, -2), wStar, { k: 3, stride: 1 })
    expect(ends[0].kind).toBe('stuck')
    expect(Math.hypot(ends[0].w[0] - t0, ends[0].w[1] + t0)).toBeLessThan(1e-8)
  })
})
