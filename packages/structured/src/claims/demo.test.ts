import { expect, it } from 'vitest'
import {
  decideDemoAttention,
  decideDemoContext,
  decideDemoObjects,
  decideDemoRecall,
} from './demo.js'

const training = { scenes: 500, steps: 200 }
const gain = (mean: number) => ({ mean, error: 0.01 })

it.each([
  [decideDemoRecall, 0.08],
  [decideDemoObjects, 0.1],
] as const)(
  '%o wants every gain above its bound, where there is something to gain',
  (decideIt, bound) => {
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
  expect(decideDemoContext([gain(-0.2), gain(0.01)], 0.3).status).toBe('holds')
  expect(decideDemoContext([gain(-0.2), gain(0.05)], 0.3).status).toBe('violated')
  expect(decideDemoContext([gain(-0.2), gain(0.02)], 0.3).status).toBe('inconclusive')
  expect(decideDemoContext([{ mean: 0, error: 0.1 }], 0.3).status).toBe('inconclusive')
  expect(decideDemoContext([gain(-0.2)], 0.02).status).toBe('inapplicable')
  expect(decideDemoContext([], 0.3).status).toBe('inconclusive')
})

it('attention looks if each network gives more than an even share', () => {
  expect(decideDemoAttention([gain(0.1), gain(0.05)], training).status).toBe('holds')
  expect(decideDemoAttention([gain(0.1), gain(-0.05)], training).status).toBe('violated')
  expect(decideDemoAttention([gain(0.01)], training).status).toBe('inconclusive')
  expect(decideDemoAttention([gain(-0.05)], { ...training, steps: 10 }).status).toBe('inapplicable')
  expect(decideDemoAttention([], training).status).toBe('inconclusive')
})
