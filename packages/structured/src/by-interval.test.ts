import { expect, it } from 'vitest'
import { atLeast, atMost, interval, least, low, most, up } from './by-interval.js'

const [narrow, wide] = [0.01, 0.1].map((error) => ({ mean: 1, error }))

it('an interval has 95 %, 1.96 standard errors on each side', () => {
  expect([low(narrow), up(narrow)].map((x) => x.toFixed(4))).toEqual(['0.9804', '1.0196'])
  expect(interval(narrow)).toBe('1 (0.98 to 1.02)')
  expect([least([narrow, wide]), most([narrow, wide])]).toEqual([wide, wide])
})

it.each([
  [atLeast, [1.5, 0.9, 0.5]],
  [atMost, [0.5, 1.1, 1.5]],
] as const)(
  'a bound inside an interval is not decided, and noise never decides: %o',
  (decide, [no, inside, yes]) => {
    const [broken, within, kept] = [no, inside, yes].map((bound) => decide([narrow, wide], bound))
    expect(kept.undecided).toBeUndefined()
    expect(within.undecided).toMatch(/contains the bound/)
    expect(broken.undecided).toBeUndefined()
    expect([kept.measured, broken.measured]).toEqual([within.measured, within.measured])
    expect(decide([{ mean: 1, error: 10 }], yes).undecided).toMatch(/contains the bound/)
    expect(decide([], yes).undecided).toBe('nothing to compare')
  },
)
