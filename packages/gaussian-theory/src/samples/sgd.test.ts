import { describe, expect, it } from 'vitest'
import { verdictOn } from '@nonconvex/optim/claims'
import { stream } from '@nonconvex/tensor'
import { expectTableRate, fixedSetting as at } from '../../test/fixed-samples.js'
import { coefficients } from '../index.js'
import {
  empiricalLandscape,
  sgdConstantStep,
  descendSample,
  landscapeGap,
  runSGD,
  sampleLoss,
  sgdStep,
  teacherSample,
} from './index.js'

const root = stream(31)

/** Runs from unit starts to unit teachers; steps of those that arrived, ascending. */
function runs(
  k: number,
  m: number,
  batch: number,
  count: number,
  more: { eta?: number; maxSteps?: number } = {},
) {
  const { eta, maxSteps = 6000 } = more
  const reports = Array.from({ length: count }, (_, i) => {
    const own = root.child(`k=${k},m=${m},B=${batch}`, i)
    const w0 = own.child('start').unitVector(m)
    const wStar = own.child('teacher').unitVector(m)
    const size = eta === undefined ? {} : { eta }
    return runSGD({ w0, wStar, k, stride: m, batch, stream: own, maxSteps, ...size })
  })
  const steps = reports.filter((r) => r.status === 'converged').map((r) => r.steps)
  steps.sort((a, b) => a - b)
  return { reports, steps, median: steps[Math.floor((steps.length - 1) / 2)] }
}

describe('SGD with a constant step', () => {
  it.each([
    [4, 5, 32, 0.5, 52],
    [4, 5, 32, 1, 24],
    [4, 5, 1, 0.1, 319],
    [10, 8, 32, 0.5, 112],
    [1, 5, 32, 0.5, 27],
  ])('takes the steps of the table: k = %i, m = %i, B = %i, η = %d/c', (k, m, batch, eta, want) => {
    const { steps, median } = runs(k, m, batch, 50, { eta: eta / coefficients(k).c })
    expect(steps).toHaveLength(50)
    expect(median / want).toBeGreaterThan(1 / 1.5)
    expect(median / want).toBeLessThan(1.5)
  })
  it.each([
    [4, 5, 1, 383],
    [4, 50, 32, 128],
    [1, 20, 8, 168],
    [10, 8, 1, 1224],
  ])('arrives with the default step: k = %i, m = %i, B = %i', (k, m, batch, want) => {
    const count = 36
    const { steps, median } = runs(k, m, batch, count)
    expect(median / want).toBeGreaterThan(1 / 1.5)
    expect(median / want).toBeLessThan(1.5)
    const found = { m, runs: count, arrived: steps.length, etaRatio: 1, medianSteps: median }
    expect(verdictOn(sgdConstantStep, found).status).toBe('holds')
  })
  it('fails with one example a step and a step that ignores it', () => {
    const eta = 0.5 / coefficients(4).c
    const { steps } = runs(4, 5, 1, 36, { eta, maxSteps: 4000 })
    expect(steps.length).toBeLessThan(30)
    const etaRatio = eta / sgdStep({ k: 4, stride: 5, m: 5, batch: 1 })
    const verdict = verdictOn(sgdConstantStep, { m: 5, runs: 36, arrived: steps.length, etaRatio })
    expect(verdict.status).toBe('inapplicable')
  })
  it('turns away from the teacher on some steps, as exact descent never does', () => {
    const { reports } = runs(4, 5, 1, 5)
    expect(reports.reduce((sum, r) => sum + r.turnedAway, 0)).toBeGreaterThan(10)
    for (const r of reports) {
      expect(r.distances).toHaveLength(r.steps + 1)
      expect(r.distances[r.steps]).toBeLessThan(1e-6)
    }
  })
  it('reaches the teacher from exactly opposite, by noise', () => {
    const own = { k: 4, stride: 3, batch: 8, stream: root.child('opposite'), maxSteps: 5000 }
    expect(runSGD({ w0: [-1, 0, 0], wStar: [1, 0, 0], ...own }).status).toBe('converged')
  })
  it('works with overlap and with a leak', () => {
    const own = { batch: 16, stream: root.child('other'), maxSteps: 5000 }
    const at = { w0: [-0.5, 1], wStar: [-1, 1], ...own }
    expect(runSGD({ ...at, k: 3, stride: 1 }).status).toBe('converged')
    expect(runSGD({ ...at, k: 3, stride: 2, slope: 0.2 }).status).toBe('converged')
  })
  it('is the same for the same stream, and stops where it starts at the teacher', () => {
    const at = { k: 2, stride: 2, batch: 4, maxSteps: 20, wStar: [1, 2] }
    const [a, b] = [0, 1].map(() => runSGD({ ...at, w0: [1, 0], stream: root.child('twice') }))
    expect(a).toEqual(b)
    expect(runSGD({ ...at, w0: [1, 2], stream: root }).steps).toBe(0)
  })
  it('refuses zero initializations and teachers, and values out of range', () => {
    const at = { w0: [1, 0], wStar: [0, 1], k: 2, stride: 2, batch: 4, stream: root, maxSteps: 5 }
    expect(() => runSGD({ ...at, w0: [0, 0] })).toThrow('w0 not to be zero')
    expect(() => runSGD({ ...at, wStar: [0, 0] })).toThrow('wStar not to be zero')
    expect(() => runSGD({ ...at, batch: 0 })).toThrow(RangeError)
    expect(() => runSGD({ ...at, eta: 0 })).toThrow(RangeError)
    expect(() => runSGD({ ...at, tolerance: 0 })).toThrow('tolerance to be positive')
    expect(() => runSGD({ ...at, stride: 0 })).toThrow('stride')
    expect(() => sgdStep({ m: 0, k: 2, stride: 2, batch: 4 })).toThrow('m to be')
  })
})

describe('a fixed sample', () => {
  it.each([
    [5, 1],
    [8, 74],
    [10, 127],
    [20, 182],
  ])('of N = %i leads to the teacher at the success rate of the table', (n, want) => {
    expectTableRate(root, n, 60, want)
  })
  it('has a landscape that tends to the population’s like n^(−½)', () => {
    const wStar = [1, 0.5, -0.25]
    const options = { k: 3, stride: 3 }
    const points = {
      rows: 12,
      cols: 3,
      data: root.child('points').normalInto(new Float64Array(36)),
    }
    const sizes = [100, 400, 1600, 6400]
    const mean = (kind: 'loss' | 'gradient') =>
      sizes.map((n) => {
        let sum = 0
        for (let i = 0; i < 10; i++) {
          const sample = teacherSample(n, wStar, { ...options, stream: root.child(`gap-${n}`, i) })
          sum += landscapeGap(sample, wStar, points, options)[kind]
        }
        return sum / 10
      })
    expect(verdictOn(empiricalLandscape, { sizes, gaps: mean('loss') }).status).toBe('holds')
    expect(verdictOn(empiricalLandscape, { sizes, gaps: mean('gradient') }).status).toBe('holds')
  })
  it('of a zero teacher has labels 0, and descent ends at weights that fit them', () => {
    const sample = teacherSample(20, [0, 0], { k: 2, stride: 2, stream: root.child('zero') })
    expect(sample.y.every((y) => y === 0)).toBe(true)
    const options = { k: 2, stride: 2, eta: 0.5, steps: 3000 }
    const w = descendSample(sample, [1, -1], options)
    expect(sampleLoss(sample, w, options)).toBeLessThan(1e-12)
  })
  it('of one example is a sample', () => {
    const sample = teacherSample(1, [1, 0, 0, 0, 0], { ...at, stream: root.child('one') })
    const w = descendSample(sample, [1, 1, 0, 0, 0], at)
    expect(sampleLoss(sample, w, at)).toBeLessThan(1e-12)
  })
  it('refuses a zero initialization, and points of another width', () => {
    const sample = teacherSample(3, [1, 0, 0, 0, 0], { ...at, stream: root })
    expect(() => descendSample(sample, [0, 0, 0, 0, 0], at)).toThrow('w0 not to be zero')
    expect(() => descendSample(sample, [1, 0, 0, 0, 0], { ...at, eta: -1 })).toThrow('eta')
    expect(() => descendSample(sample, [1, 0, 0, 0, 0], { ...at, steps: 0.5 })).toThrow('steps')
    expect(descendSample(sample, [1, 2, 0, 0, 0], { ...at, steps: 0 })).toEqual(
      Float64Array.of(1, 2, 0, 0, 0),
    )
    const points = { rows: 1, cols: 1, data: Float64Array.of(1) }
    expect(() => landscapeGap(sample, [1, 0, 0, 0, 0], points, at)).toThrow('columns as wStar')
  })
})

describe('claims about samples', () => {
  it('are violated by runs that do not arrive, and undecided by few', () => {
    const found = { m: 5, runs: 100, arrived: 100, etaRatio: 1 }
    expect(verdictOn(sgdConstantStep, found).status).toBe('holds')
    expect(verdictOn(sgdConstantStep, { ...found, arrived: 70 }).status).toBe('violated')
    expect(verdictOn(sgdConstantStep, { ...found, runs: 10, arrived: 10 }).status).toBe(
      'inconclusive',
    )
    expect(verdictOn(sgdConstantStep, { ...found, runs: 0, arrived: 0 }).status).toBe(
      'inconclusive',
    )
    expect(verdictOn(sgdConstantStep, { ...found, m: 1, arrived: 50 }).status).toBe('inapplicable')
  })
  it('are violated by another exponent, and undecided by a short range', () => {
    const sizes = [100, 1000, 10_000]
    const law = (power: number) => sizes.map((n) => n ** power)
    expect(verdictOn(empiricalLandscape, { sizes, gaps: law(-0.5) }).status).toBe('holds')
    expect(verdictOn(empiricalLandscape, { sizes, gaps: law(-1) }).status).toBe('violated')
    expect(verdictOn(empiricalLandscape, { sizes, gaps: law(0) }).status).toBe('violated')
    expect(
      verdictOn(empiricalLandscape, { sizes: [100, 200, 300], gaps: [1, 0.7, 0.6] }).status,
    ).toBe('inconclusive')
    expect(
      verdictOn(empiricalLandscape, { sizes, gaps: law(-0.5), realizable: false }).status,
    ).toBe('inapplicable')
  })
})
