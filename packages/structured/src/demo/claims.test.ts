import { expect, it } from 'vitest'
import { verdictOn } from '@nonconvex/optim/claims'
import {
  demoAttentionLooks,
  demoGainIsContext,
  demoAmbiguousObjects,
  demoRecall,
} from './claims.js'

const training = { scenes: 500, steps: 200 }
const gain = (mean: number) => ({ mean, error: 0.01 })

type Gains = readonly { readonly mean: number; readonly error: number }[]
type Training = typeof training

it.each([
  [
    'demoRecall',
    0.08,
    (gains: Gains, missing: number, given: Training) =>
      verdictOn(demoRecall, { gains, missing, training: given }),
  ],
  [
    'demoAmbiguousObjects',
    0.1,
    (gains: Gains, wrong: number, given: Training) =>
      verdictOn(demoAmbiguousObjects, { gains, wrong, training: given }),
  ],
] as const)(
  '%s wants every gain above its bound, where there is something to gain',
  (_, bound, decideIt) => {
    expect(decideIt([gain(bound + 0.05), gain(bound + 0.1)], 0.5, training).status).toBe('holds')
    expect(decideIt([gain(bound + 0.05), gain(bound - 0.05)], 0.5, training).status).toBe(
      'violated',
    )
    expect(decideIt([gain(bound + 0.01)], 0.5, training)).toMatchObject({ status: 'inconclusive' })
    expect(decideIt([gain(bound + 0.05)], 0.15, training).status).toBe('inapplicable')
    for (const short of [
      { ...training, scenes: 499 },
      { ...training, steps: 199 },
    ])
      expect(decideIt([gain(bound - 0.05)], 0.5, short).status).toBe('inapplicable')
    expect(decideIt([], 0.5, training).status).toBe('inconclusive')
  },
)

it('the gain is context if a tenth of it is left at most among other objects', () => {
  expect(verdictOn(demoGainIsContext, { left: [gain(-0.2), gain(0.01)], gain: 0.3 }).status).toBe(
    'holds',
  )
  expect(verdictOn(demoGainIsContext, { left: [gain(-0.2), gain(0.05)], gain: 0.3 }).status).toBe(
    'violated',
  )
  expect(verdictOn(demoGainIsContext, { left: [gain(-0.2), gain(0.02)], gain: 0.3 }).status).toBe(
    'inconclusive',
  )
  expect(verdictOn(demoGainIsContext, { left: [{ mean: 0, error: 0.1 }], gain: 0.3 }).status).toBe(
    'inconclusive',
  )
  expect(verdictOn(demoGainIsContext, { left: [gain(-0.2)], gain: 0.02 }).status).toBe(
    'inapplicable',
  )
  expect(verdictOn(demoGainIsContext, { left: [], gain: 0.3 }).status).toBe('inconclusive')
})

it('attention looks if each network gives more than an even share', () => {
  expect(verdictOn(demoAttentionLooks, { over: [gain(0.1), gain(0.05)], training }).status).toBe(
    'holds',
  )
  expect(verdictOn(demoAttentionLooks, { over: [gain(0.1), gain(-0.05)], training }).status).toBe(
    'violated',
  )
  expect(verdictOn(demoAttentionLooks, { over: [gain(0.01)], training }).status).toBe(
    'inconclusive',
  )
  expect(
    verdictOn(demoAttentionLooks, { over: [gain(-0.05)], training: { ...training, steps: 10 } })
      .status,
  ).toBe('inapplicable')
  expect(verdictOn(demoAttentionLooks, { over: [], training }).status).toBe('inconclusive')
})
