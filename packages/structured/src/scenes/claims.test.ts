import { expect, it } from 'vitest'
import { verdictOn } from '@nonconvex/optim/claims'
import {
  networkAboveCounts,
  contextHelps,
  belowJointBound,
  jointAbovePerObject,
  singleBelowBound,
} from './claims.js'

const gain = { mean: 0.1, error: 0.01 }

it('context helps if every interval lies above zero, where there is something to gain', () => {
  const training = { scenes: 1000, steps: 100 }
  expect(verdictOn(contextHelps, { gains: [gain, gain], jointGain: 0.14, training }).status).toBe(
    'holds',
  )
  expect(
    verdictOn(contextHelps, {
      gains: [gain, { mean: 0.01, error: 0.01 }],
      jointGain: 0.14,
      training,
    }).status,
  ).toBe('inconclusive')
  expect(
    verdictOn(contextHelps, {
      gains: [gain, { mean: -0.03, error: 0.01 }],
      jointGain: 0.14,
      training,
    }).status,
  ).toBe('violated')
  expect(verdictOn(contextHelps, { gains: [gain], jointGain: 0.01, training }).status).toBe(
    'inapplicable',
  )
  const bad = [{ mean: -0.03, error: 0.01 }]
  expect(
    verdictOn(contextHelps, { gains: bad, jointGain: 0.14, training: { scenes: 999, steps: 100 } })
      .status,
  ).toBe('inapplicable')
  expect(
    verdictOn(contextHelps, { gains: bad, jointGain: 0.14, training: { scenes: 1000, steps: 99 } })
      .status,
  ).toBe('inapplicable')
  expect(verdictOn(contextHelps, { gains: [], jointGain: 0.14, training }).status).toBe(
    'inconclusive',
  )
  expect(verdictOn(contextHelps, { gains: [gain], jointGain: 0.14, training }).statement).toContain(
    '0.1 (0.0804 to 0.12)',
  )
})

it('a bound is broken by a network that is above it by more than chance', () => {
  for (const bound of [belowJointBound, singleBelowBound]) {
    expect(verdictOn(bound, [{ mean: -0.04, error: 0.01, bayes: 0.8 }]).status).toBe('holds')
    expect(verdictOn(bound, [{ mean: 0.001, error: 0.005, bayes: 0.8 }]).status).toBe('holds')
    // noise does not make it easier
    expect(verdictOn(bound, [{ mean: 0.001, error: 0.05, bayes: 0.8 }]).status).toBe('inconclusive')
    expect(verdictOn(bound, [{ mean: -0.04, error: 0.1, bayes: 0.8 }]).status).toBe('inconclusive')
    expect(
      verdictOn(bound, [
        { mean: -0.04, error: 0.01, bayes: 0.8 },
        { mean: 0.03, error: 0.01, bayes: 0.8 },
      ]).status,
    ).toBe('violated')
    expect(verdictOn(bound, []).status).toBe('inconclusive')
  }
})

it('a network is above the counts if every interval is, below them if a whole interval is', () => {
  const status = (...gains: (typeof gain)[]) =>
    verdictOn(networkAboveCounts, { gains, images: 954, passes: 5 }).status
  expect(status(gain, { mean: 0.03, error: 0.01 })).toBe('holds')
  expect(status(gain, { mean: 0.01, error: 0.01 })).toBe('inconclusive')
  expect(status(gain, { mean: -0.01, error: 0.01 })).toBe('inconclusive')
  expect(status(gain, { mean: 0, error: 0 })).toBe('inconclusive')
  expect(status(gain, { mean: -0.03, error: 0.01 })).toBe('violated')
  expect(status()).toBe('inconclusive')
  expect(verdictOn(networkAboveCounts, { gains: [gain], images: 29, passes: 5 }).status).toBe(
    'inapplicable',
  )
  expect(
    verdictOn(networkAboveCounts, { gains: [{ mean: -0.03, error: 0.01 }], images: 954, passes: 4 })
      .status,
  ).toBe('inapplicable')
  expect(
    verdictOn(networkAboveCounts, { gains: [gain], images: 954, passes: 5 }).statement,
  ).toContain('0.1 (0.0804 to 0.12)')
})

it('a joint network is above a per-object one by its interval over images and initializations', () => {
  const found = (mean: number, freedom = 4, images = 954) =>
    verdictOn(jointAbovePerObject, {
      difference: { mean, error: 0.01, freedom },
      images,
      seeds: 5,
      training: [],
    })
  // the quantile of Student's distribution with 4 degrees of freedom is 2.776
  expect(found(0.0278).status).toBe('holds')
  expect(found(0.0277).status).toBe('inconclusive')
  expect(found(-0.0277).status).toBe('inconclusive')
  expect(found(-0.0278).status).toBe('violated')
  expect(found(0.5, 0).status).toBe('inconclusive')
  expect(found(0.5, 4, 29).status).toBe('inapplicable')
})
