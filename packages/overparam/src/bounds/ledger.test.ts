import { expect, it } from 'vitest'
import { separableData } from '../../test/problems.js'
import { boundSetting, ledger, initialWeights, trainSgd } from '../index.js'

const { data, u: wStar } = separableData({ n: 40, d: 6, gamma: 0.02, size: 1, seed: 2 })
const start = initialWeights({ kind: 'zero' }, 3, 6)
const options = { k: 3, start, order: { kind: 'cyclic' } } as const

it('ends at the count itself: the last bound times cosine², from zero', () => {
  const run = trainSgd(data, { ...options, trace: { wStar } })
  const l = ledger(boundSetting({ ...run.net, weights: start }, data, wStar, 10), data, wStar, run)
  expect(l.updates).toBe(run.updates)
  expect(l.separationsBound * l.cosine ** 2).toBeCloseTo(run.updates, 6)
  expect(l.slopesBound).toBeLessThan(l.slope)
  expect(l.marginsBound).toBeLessThan(l.slopesBound)
  expect(l.normsBound).toBeLessThan(l.marginsBound)
  expect(l.separationsBound).toBeLessThan(l.normsBound)
})

it('wants a traced run with updates', () => {
  const setting = boundSetting({ k: 3, d: 6, v: 1, alpha: 0.1, weights: start }, data, wStar, 10)
  const of = (run: ReturnType<typeof trainSgd>) => () => ledger(setting, data, wStar, run)
  expect(of(trainSgd(data, options))).toThrow(
    /^ledger: expected a traced run with updates, got \d+/,
  )
  const done = trainSgd(data, options).net.weights
  expect(of(trainSgd(data, { ...options, start: done, trace: { wStar } }))).toThrow('got 0 updates')
})
