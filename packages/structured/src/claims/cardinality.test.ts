import { expect, it } from 'vitest'
import {
  decideBudgetKept,
  decideCountLaw,
  decideCountWorth,
  decideDecoding,
  decidePublishedLeaks,
} from './cardinality.js'

const sums = {
  labels: 5,
  draws: 100,
  budget: 2,
  off: 1e-15,
  softOff: 1e-14,
  published: { mean: 0.5, error: 0.01 },
}

it('a budget is kept unless one projection, exact or soft, is off by more than rounding', () => {
  expect(decideBudgetKept([sums]).status).toBe('holds')
  expect(decideBudgetKept([sums, { ...sums, off: 1e-9 }]).status).toBe('violated')
  expect(decideBudgetKept([sums, { ...sums, softOff: 1e-9 }]).status).toBe('violated')
  expect(decideBudgetKept([{ ...sums, budget: 1000, off: 5e-10 }]).status).toBe('holds')
  expect(decideBudgetKept([]).status).toBe('inconclusive')
})

it('the published projection leaks, unless for some length it does not or it cannot be told', () => {
  const published = (mean: number) => ({ ...sums, published: { mean, error: 0.01 } })
  expect(decidePublishedLeaks([sums]).status).toBe('holds')
  expect(decidePublishedLeaks([sums, published(-0.5)]).status).toBe('violated')
  expect(decidePublishedLeaks([sums, published(0.001)]).status).toBe('inconclusive')
  expect(decidePublishedLeaks([]).status).toBe('inconclusive')
})

it('tables and decoding agree with enumeration, or are found out', () => {
  const found = { laws: 10, law: 1e-14, decoding: 0 }
  expect(decideCountLaw(found).status).toBe('holds')
  expect(decideCountLaw({ ...found, law: 1e-6 }).status).toBe('violated')
  expect(decideCountLaw({ ...found, laws: 0 }).status).toBe('inconclusive')
  expect(decideDecoding(found).status).toBe('holds')
  expect(decideDecoding({ ...found, decoding: 1e-6 }).status).toBe('violated')
  expect(decideDecoding({ ...found, laws: 0 }).status).toBe('inconclusive')
})

it('a count is worth something in every problem, where counts differ', () => {
  const gain = (mean: number) => ({ mean, error: 0.004 })
  const found = { maxCount: 8, likeliest: gain(0.03), known: gain(0.03) }
  expect(decideCountWorth([found]).status).toBe('holds')
  expect(decideCountWorth([found, { ...found, likeliest: gain(-0.03) }]).status).toBe('violated')
  expect(decideCountWorth([found, { ...found, known: gain(-0.03) }]).status).toBe('violated')
  expect(decideCountWorth([{ ...found, known: gain(0.001) }]).status).toBe('inconclusive')
  expect(decideCountWorth([{ ...found, maxCount: 1 }]).status).toBe('inapplicable')
  expect(decideCountWorth([]).status).toBe('inconclusive')
})
