import { verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import { stream } from '@nonconvex/tensor'
import {
  bruteForceSplit,
  fanoPlane,
  partitionToWeights,
  plantedInstance,
  gaussianIsEasy,
  setSplitting,
  splittingDescent,
  splittingGapHolds,
  splittingRounding,
  splittingGap,
  setSplittingData,
} from './index.js'
import type { SetSystem } from '../data/index.js'
import { descendBatch } from '../restarts/index.js'
import { wilsonInterval } from '@nonconvex/optim/statistics'

const root = stream(52)
const triangle = {
  n: 3,
  subsets: [
    [0, 1],
    [1, 2],
    [0, 2],
  ],
  k: 2,
}
const path = {
  n: 3,
  subsets: [
    [0, 1],
    [1, 2],
  ],
  k: 2,
}
const k4 = [
  [0, 1],
  [0, 2],
  [0, 3],
  [1, 2],
  [1, 3],
  [2, 3],
]

/**
 * Population descent at the size of a system: initializations that reach ℓ < 1e-14 within 25 steps.
 */
function gaussian(system: SetSystem, starts: number): number {
  const { k, m } = setSplittingData(system)
  let reached = 0
  for (let i = 0; i < starts; i++) {
    const own = root.child(`gaussian-${m}`, i)
    const wStar = own.child('teacher').unitVector(m)
    const start = { rows: 1, cols: m, data: own.child('start').unitVector(m) }
    const { ends } = descendBatch(start, wStar, { k, stride: m, every: 1, maxSteps: 25 })
    if (ends[0].loss < 1e-14) reached++
  }
  return reached
}

describe('descent on the training problem', () => {
  const options = { stream: root.child('fano') }
  it('attains the gap on the Fano plane, and never goes below', () => {
    const report = splittingDescent(fanoPlane(), options)
    const gap = splittingGap(fanoPlane())
    expect(report.best.loss).toBeGreaterThanOrEqual(gap * (1 - 1e-12))
    expect(report.best.loss).toBeLessThanOrEqual(1.05 * gap)
    expect(report.zeroLoss).toBe(0)
    expect(report.decoded).toBe(0)
    const splitting = bruteForceSplit(fanoPlane())
    expect(
      verdictOn(splittingGapHolds, {
        system: fanoPlane(),
        best: report.best.loss,
        splitting: splitting,
      }).status,
    ).toBe('holds')
  })
  it.each([
    ['Fano minus a line', fanoPlane(2, 6), 6, 0.003, 0.06],
    ['path', path, 57, 0.1, 0.3],
    ['Fano, 3 parts', fanoPlane(3), 81, 0.17, 0.38],
    ['K4, 4 parts', { n: 4, subsets: k4, k: 4 }, 112, 0.25, 0.5],
  ])(
    'solves some initializations of %s: the success rate of the table',
    (_name, system, want, low, high) => {
      const { zeroLoss, ends } = splittingDescent(system, { stream: root.child('share') })
      const fraction = zeroLoss / 300
      expect(fraction).toBeGreaterThanOrEqual(low)
      expect(fraction).toBeLessThanOrEqual(high)
      const [a, b] = [wilsonInterval(zeroLoss, 300), wilsonInterval(want, 300)]
      expect(Math.max(a.low, b.low)).toBeLessThan(Math.min(a.high, b.high))
      for (const end of ends) {
        if (!end.zeroLoss) continue
        expect(
          verdictOn(splittingRounding, { system: system, loss: end.loss, partition: end.partition })
            .status,
        ).toBe('holds')
      }
    },
  )
  it.each([
    ['triangle', triangle, 0.0416667],
    ['K4, 3 parts', { n: 4, subsets: k4, k: 3 }, 0.0111111],
  ])('is stuck on the %s at the loss of the table', (_name, system, best) => {
    const report = splittingDescent(system, { stream: root.child('stuck') })
    expect(report.best.loss).toBeCloseTo(best, 6)
    expect(
      verdictOn(splittingGapHolds, {
        system: system,
        best: report.best.loss,
        splitting: bruteForceSplit(system),
      }).status,
    ).toBe('holds')
  })
  it('is helped a little by positive initializations', () => {
    const plain = splittingDescent(fanoPlane(2, 6), options).zeroLoss
    const positive = splittingDescent(fanoPlane(2, 6), { ...options, positive: true }).zeroLoss
    expect(positive).toBeGreaterThan(plain)
    expect(Math.abs(positive / 300 - 51 / 300)).toBeLessThan(0.12)
  })
  it('is beaten by brute force where Gaussian inputs of the same size are learned by every initialization', () => {
    for (const [system, starts] of [
      [fanoPlane(2, 6), 300],
      [plantedInstance({ n: 10, subsets: 20, stream: root.child('planted') }), 60],
    ] as const) {
      const splittable = bruteForceSplit(system) !== undefined
      const { zeroLoss } = splittingDescent(system, { stream: root.child('gap'), starts })
      const reached = gaussian(system, 300)
      expect(reached).toBe(300)
      const hard = { starts, zeroLoss, splittable }
      expect(verdictOn(gaussianIsEasy, { hard, gaussian: { starts: 300, reached } }).status).toBe(
        'holds',
      )
    }
    const large = plantedInstance({ n: 14, subsets: 30, stream: root.child('planted') })
    expect(gaussian(large, 300)).toBe(300)
  })
  it.each([
    [12, 26],
    [14, 30],
  ])('solves hardly any start of %i elements with %i planted triples', (n, subsets) => {
    const system = plantedInstance({ n, subsets, stream: root.child('planted', n) })
    expect(bruteForceSplit(system)).toBeDefined()
    const at = { stream: root.child('large', n), starts: 200, steps: 5000 }
    const { zeroLoss, best } = splittingDescent(system, at)
    // none of 200 in the table
    expect(zeroLoss).toBeLessThanOrEqual(3)
    expect(best.loss).toBeGreaterThanOrEqual(0)
    expect(gaussian(system, 300)).toBe(300)
  })
  it('turns every patch off with a step that is far too long', () => {
    const { ends, zeroLoss } = splittingDescent(fanoPlane(3), { ...options, eta: 1e4, starts: 20 })
    expect(zeroLoss).toBe(0)
    for (const { loss, w } of ends) {
      // outputs 0 everywhere: seven elements of fourteen examples lack 1/3
      expect(loss).toBeCloseTo(7 / 14 / 9, 12)
      expect(w.every(Number.isFinite)).toBe(true)
    }
  })
  it('refuses options out of range', () => {
    expect(() => splittingDescent(path, { stream: root, starts: 0 })).toThrow('starts')
    expect(() => splittingDescent(path, { stream: root, steps: 0 })).toThrow('steps')
    expect(() => splittingDescent(path, { stream: root, eta: NaN })).toThrow('eta')
  })
})

describe('claims about hardness', () => {
  it('are violated by a disagreement, a loss below the gap, a partition that does not split', () => {
    const found = { instances: 200, disagreements: 0, largestLoss: 0 }
    expect(verdictOn(setSplitting, found).status).toBe('holds')
    expect(verdictOn(setSplitting, { ...found, disagreements: 1 }).status).toBe('violated')
    expect(verdictOn(setSplitting, { ...found, largestLoss: 1e-9 }).status).toBe('violated')
    expect(verdictOn(setSplitting, { ...found, instances: 0 }).status).toBe('inconclusive')
    expect(
      verdictOn(splittingGapHolds, { system: triangle, best: 0.02, splitting: undefined }).status,
    ).toBe('violated')
    expect(
      verdictOn(splittingRounding, { system: path, loss: 0, partition: [0, 0, 0] }).status,
    ).toBe('violated')
    const gaussian = { starts: 300, reached: 300 }
    const hard = { starts: 300, zeroLoss: 6, splittable: true }
    const few = { hard, gaussian: { starts: 30, reached: 30 } }
    expect(verdictOn(gaussianIsEasy, few).status).toBe('inconclusive')
    expect(verdictOn(gaussianIsEasy, { hard, gaussian }).status).toBe('holds')
    expect(verdictOn(gaussianIsEasy, { hard: { ...hard, zeroLoss: 300 }, gaussian }).status).toBe(
      'violated',
    )
    expect(
      verdictOn(gaussianIsEasy, { hard, gaussian: { ...gaussian, reached: 200 } }).status,
    ).toBe('violated')
  })
  it('do not apply to systems of the other kind, or to losses above the gap', () => {
    const solution = bruteForceSplit(path)
    const verdict = verdictOn(splittingGapHolds, { system: path, best: 0, splitting: solution })
    expect(verdict.status).toBe('inapplicable')
    expect(verdict.witness).toEqual({ splitting: solution })
    expect(
      verdictOn(splittingRounding, { system: path, loss: splittingGap(path), partition: [0, 1, 0] })
        .status,
    ).toBe('inapplicable')
    const hard = { starts: 300, zeroLoss: 0, splittable: false }
    const gaussian = { starts: 300, reached: 300 }
    expect(verdictOn(gaussianIsEasy, { hard, gaussian }).status).toBe('inapplicable')
    expect(
      verdictOn(gaussianIsEasy, { hard: { ...hard, splittable: true, starts: 0 }, gaussian })
        .status,
    ).toBe('inconclusive')
  })
  it('have a stable id and a source', () => {
    for (const claim of [gaussianIsEasy, setSplitting, splittingGapHolds, splittingRounding]) {
      expect(claim.id).toMatch(/^gaussian\/[a-z-]+$/)
      expect(Object.keys(claim.source).length).toBeGreaterThan(0)
    }
    expect(partitionToWeights({ n: 2, subsets: [[0, 1]], k: 2 }, [0, 1])).toEqual(
      Float64Array.of(1, -2, -2, 1),
    )
  })
})
