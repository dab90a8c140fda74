import { minMargin } from '@nonconvex/overparam'
import { expect, test } from 'vitest'
import { proofParams } from './params.js'
import { proofData, proofRun } from './proof-run.js'

const values = proofParams.parse({})

test('the examples have norm 1 and the margin that was asked for', () => {
  for (const gamma of [0.05, 0.25, 0.7]) {
    const { data, wStar } = proofData(gamma, 3)
    expect(minMargin(data, wStar)).toBeCloseTo(gamma, 12)
    for (let i = 0; i < data.y.length; i++)
      expect(Math.hypot(data.x.data[2 * i] ?? 0, data.x.data[2 * i + 1] ?? 0)).toBeCloseTo(1, 12)
  }
})

test.for([
  {},
  { alpha: 0.05 },
  { alpha: 1, gamma: 0.7 },
  { eta: 0.1, gamma: 0.05 },
  { eta: 100 },
  { k: 1000 },
])('the run stays between the line and the root: %o', (set) => {
  const run = proofRun({ ...values, ...set }, 2)
  const { alignment, norm, updates, line, root, crossing, most } = run
  expect(alignment).toHaveLength(updates + 1)
  const outside = Array.from(alignment.keys()).filter((t) => {
    const [a = NaN, b = NaN] = [alignment[t], norm[t]]
    const most = Math.sqrt(root * t)
    return !(a >= line * t * (1 - 1e-9) && a <= b * (1 + 1e-9) && b <= most * (1 + 1e-9))
  })
  expect(outside).toEqual([])
  expect(line * crossing).toBeCloseTo(Math.sqrt(root * crossing), 6)
  expect(updates).toBeLessThanOrEqual(most)
  expect(run.verdicts.map(({ status }) => status)).toEqual(Array(5).fill('holds'))
})

test('no width is left in both sides', () => {
  const [narrow, wide] = [1, 1000].map((k) => proofRun({ ...values, k }, 1))
  expect(narrow?.updates).toBe(wide?.updates)
  expect(narrow?.crossing).toBeCloseTo(wide?.crossing ?? NaN, 9)
  narrow?.alignment.forEach((value, t) => {
    expect(value).toBeCloseTo(wide?.alignment[t] ?? NaN, 9)
  })
})
