import { expect, it } from 'vitest'
import { decideAboveCounts, decideContext, decideJointBound, decideSingleBound } from './scenes.js'

const gain = { mean: 0.1, error: 0.01 }

it('context helps if every interval lies above zero, where there is something to gain', () => {
  const training = { scenes: 1000, steps: 100 }
  expect(decideContext([gain, gain], 0.14, training).status).toBe('holds')
  expect(decideContext([gain, { mean: 0.01, error: 0.01 }], 0.14, training).status).toBe(
    'inconclusive',
  )
  expect(decideContext([gain, { mean: -0.03, error: 0.01 }], 0.14, training).status).toBe(
    'violated',
  )
  expect(decideContext([gain], 0.01, training).status).toBe('inapplicable')
  const bad = [{ mean: -0.03, error: 0.01 }]
  expect(decideContext(bad, 0.14, { scenes: 999, steps: 100 }).status).toBe('inapplicable')
  expect(decideContext(bad, 0.14, { scenes: 1000, steps: 99 }).status).toBe('inapplicable')
  expect(decideContext([], 0.14, training).status).toBe('inconclusive')
  expect(decideContext([gain], 0.14, training).statement).toContain('0.1 (0.0804 to 0.12)')
})

it('a bound is broken by a network that is above it by more than chance', () => {
  for (const decideBound of [decideJointBound, decideSingleBound]) {
    expect(decideBound([{ mean: -0.04, error: 0.01 }]).status).toBe('holds')
    expect(decideBound([{ mean: 0.001, error: 0.005 }]).status).toBe('holds')
    // noise does not make it easier
    expect(decideBound([{ mean: 0.001, error: 0.05 }]).status).toBe('inconclusive')
    expect(decideBound([{ mean: -0.04, error: 0.1 }]).status).toBe('inconclusive')
    expect(
      decideBound([
        { mean: -0.04, error: 0.01 },
        { mean: 0.03, error: 0.01 },
      ]).status,
    ).toBe('violated')
    expect(decideBound([]).status).toBe('inconclusive')
  }
})

it('a network is above the counts if every interval is, below them if a whole interval is', () => {
  const status = (...gains: (typeof gain)[]) => decideAboveCounts(gains, 954, 5).status
  expect(status(gain, { mean: 0.03, error: 0.01 })).toBe('holds')
  expect(status(gain, { mean: 0.01, error: 0.01 })).toBe('inconclusive')
  expect(status(gain, { mean: -0.01, error: 0.01 })).toBe('inconclusive')
  expect(status(gain, { mean: 0, error: 0 })).toBe('inconclusive')
  expect(status(gain, { mean: -0.03, error: 0.01 })).toBe('violated')
  expect(status()).toBe('inconclusive')
  expect(decideAboveCounts([gain], 29, 5).status).toBe('inapplicable')
  expect(decideAboveCounts([{ mean: -0.03, error: 0.01 }], 954, 4).status).toBe('inapplicable')
  expect(decideAboveCounts([gain], 954, 5).statement).toContain('0.1 (0.0804 to 0.12)')
})
