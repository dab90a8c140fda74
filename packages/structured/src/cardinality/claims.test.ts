import { expect, it } from 'vitest'
import { verdictOn } from '@nonconvex/optim/claims'
import {
  budgetIsKept,
  marginalsAreExact,
  countIsWorth,
  f1DecodingIsBest,
  publishedBudgetLeaks,
} from './claims.js'

const sums = {
  labels: 5,
  draws: 100,
  budget: 2,
  off: 1e-15,
  softOff: 1e-14,
  published: { mean: 0.5, error: 0.01 },
}

it('a budget is kept unless one projection, exact or soft, is off by more than rounding', () => {
  expect(verdictOn(budgetIsKept, [sums]).status).toBe('holds')
  expect(verdictOn(budgetIsKept, [sums, { ...sums, off: 1e-9 }]).status).toBe('violated')
  expect(verdictOn(budgetIsKept, [sums, { ...sums, softOff: 1e-9 }]).status).toBe('violated')
  expect(verdictOn(budgetIsKept, [{ ...sums, budget: 1000, off: 5e-10 }]).status).toBe('holds')
  expect(verdictOn(budgetIsKept, []).status).toBe('inconclusive')
})

it('the published projection leaks, unless for some length it does not or it cannot be told', () => {
  const published = (mean: number) => ({ ...sums, published: { mean, error: 0.01 } })
  expect(verdictOn(publishedBudgetLeaks, [sums]).status).toBe('holds')
  expect(verdictOn(publishedBudgetLeaks, [sums, published(-0.5)]).status).toBe('violated')
  expect(verdictOn(publishedBudgetLeaks, [sums, published(0.001)]).status).toBe('inconclusive')
  expect(verdictOn(publishedBudgetLeaks, []).status).toBe('inconclusive')
})

it('tables and decoding agree with enumeration, or are found out', () => {
  const found = { distributions: 10, error: 1e-14, gap: 0 }
  expect(verdictOn(marginalsAreExact, found).status).toBe('holds')
  expect(verdictOn(marginalsAreExact, { ...found, error: 1e-6 }).status).toBe('violated')
  expect(verdictOn(marginalsAreExact, { ...found, distributions: 0 }).status).toBe('inconclusive')
  expect(verdictOn(f1DecodingIsBest, found).status).toBe('holds')
  expect(verdictOn(f1DecodingIsBest, { ...found, gap: 1e-6 }).status).toBe('violated')
  expect(verdictOn(f1DecodingIsBest, { ...found, distributions: 0 }).status).toBe('inconclusive')
})

it('a count is worth something in every problem, where counts differ', () => {
  const gain = (mean: number) => ({ mean, error: 0.004 })
  const found = { maxCount: 8, likeliest: gain(0.03), known: gain(0.03) }
  expect(verdictOn(countIsWorth, [found]).status).toBe('holds')
  expect(verdictOn(countIsWorth, [found, { ...found, likeliest: gain(-0.03) }]).status).toBe(
    'violated',
  )
  expect(verdictOn(countIsWorth, [found, { ...found, known: gain(-0.03) }]).status).toBe('violated')
  expect(verdictOn(countIsWorth, [{ ...found, known: gain(0.001) }]).status).toBe('inconclusive')
  expect(verdictOn(countIsWorth, [{ ...found, maxCount: 1 }]).status).toBe('inapplicable')
  expect(verdictOn(countIsWorth, []).status).toBe('inconclusive')
})
