import { verdictOn } from '@nonconvex/optim/claims'
import { expect, it } from 'vitest'
import {
  aboveFloorProved,
  clopperPearsonAssertions,
  clopperPearsonProved,
  floorAssertions,
  partAssertions,
  partFails,
} from './generalization/index.js'
import { flatAssertions, reluFlatProved } from './relu/index.js'
import { decideTail } from './generalization/tail-proof.js'
import {
  orthonormalAttained,
  orthonormalRuns,
  twoExamplesGrow,
  twoExamplesRuns,
} from './tightness/index.js'

const one = { bound: 'block bound', n: 50, distinct: 10, delta: 0.05, value: 0.45, floor: 0.304 }

it('sums a binomial tail exactly', () => {
  // P(Bin(2, 1/3) ≤ 0) = 4/9
  for (const [relation, delta, outcome] of [
    ['<=', '4/9', 'proved'],
    ['>=', '4/9', 'proved'],
    ['<=', '0.4444', 'refuted'],
    ['>=', '0.4445', 'refuted'],
  ] as const)
    expect(decideTail(2, 0, '1/3', relation, delta).outcome).toBe(outcome)
  expect(decideTail(2, 2, '1/3', '>=', '1').outcome).toBe('proved')
})

it('violates the claims on compression bounds by a wrong factor', () => {
  const above = (factor: number) =>
    verdictOn(aboveFloorProved, floorAssertions([{ ...one, value: factor * one.value }])).status
  expect([above(1), above(0.6)]).toEqual(['holds', 'violated'])
  const part = (factor: number) => verdictOn(partFails, partAssertions([one], factor)).status
  expect([part(0.4), part(0.9)]).toEqual(['holds', 'violated'])
})

it('violates the digits of a Clopper–Pearson limit that is off by two units of the last', () => {
  const at = { bound: '', n: 100, distinct: 1, delta: 0.05, value: 0.1 }
  // 1 − δ^(1/n), in closed form for no error
  const limit = 1 - 0.05 ** (1 / 100)
  const status = (floor: number) =>
    verdictOn(clopperPearsonProved, clopperPearsonAssertions([{ ...at, floor }])).status
  expect([limit, limit + 2e-6, limit - 2e-6].map(status)).toEqual(['holds', 'violated', 'violated'])
})

it('violates the flat minimum of ReLU networks where a unit is active, or the loss is another', () => {
  const status = (depth: string) => verdictOn(reluFlatProved, flatAssertions([1, 3], depth)).status
  expect(['1/2', '1/100', '0', '-1/2'].map(status)).toEqual([
    'holds',
    'holds',
    'violated',
    'violated',
  ])
})

it('makes as many updates as the float64 theory says, and grows like 1/α²', () => {
  const runs = twoExamplesRuns()
  for (const { updates, atLeast } of runs) expect(updates).toBeGreaterThanOrEqual(atLeast)
  const [, , , eighth, sixteenth] = runs.map(({ updates }) => updates)
  expect(sixteenth / eighth).toBeGreaterThan(3)
  expect(verdictOn(twoExamplesGrow, twoExamplesRuns('1.4')).status).toBe('violated')
})

it('makes one update for each orthonormal example', () => {
  const runs = orthonormalRuns([3, 4])
  expect(runs.map(({ updates }) => updates)).toEqual([3, 4])
  const status = (factor: string) =>
    verdictOn(orthonormalAttained, orthonormalRuns([3, 4], factor)).status
  expect(['1', '0.99', '1.01'].map(status)).toEqual(['holds', 'violated', 'violated'])
})
