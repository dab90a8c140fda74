import { verdictOn } from '@nonconvex/optim/claims'
import { expect, it } from 'vitest'
import {
  escapeAssertions,
  escapeConstant,
  linearRateProved,
  rateAssertions,
} from './descent/index.js'
import { leakyThreshold, leakyThresholdProved, thresholdAssertions } from './leaky/index.js'
import { smoothnessAssertions, smoothnessProved } from './overlap/index.js'

const wrong = [
  ['escape .45', escapeConstant, escapeAssertions('0.45')],
  ['rate 1/2.9 k', linearRateProved, rateAssertions('10/26')],
  ['q 1 % smaller', smoothnessProved, smoothnessAssertions('0.99')],
  [
    'λ* off by 10⁻¹¹',
    leakyThresholdProved,
    thresholdAssertions((k) => leakyThreshold(k) + (k === 7 ? 1e-11 : 0)),
  ],
] as const

it.each(wrong)('violates the claim with a wrong constant: %s', (_, claim, checked) => {
  expect(verdictOn(claim, checked)).toMatchObject({ status: 'violated', rigor: 'proof' })
  expect(verdictOn(claim, []).status).toBe('inconclusive')
})
