import { verdictOn } from '@nonconvex/optim/claims'
import { expect, it } from 'vitest'
import { antiparallelAngle, rateWithProbability } from './index.js'

const m = 10
const phi = antiparallelAngle(0.05, m)
const far = { phi0: phi + 0.1, met: 20, taken: 20 }
const facts = (
  runs: readonly (typeof far | { phi0: number; met: undefined; taken: number })[],
) => ({
  k: 5,
  m,
  eta: 1,
  eps: 1e-9,
  runs,
})
/** 100 runs, of which some are others. */
const status = (some: number, other: object) =>
  verdictOn(
    rateWithProbability,
    facts(Array.from({ length: 100 }, (_, i) => (i < some ? { ...far, ...other } : far))),
  ).status

it('allows what a binomial of probability δ does: P(Bin(100, 0.05) > 15) < 1e-4 < P(… > 14)', () => {
  for (const other of [{ phi0: phi / 2 }, { met: 1e6 }, { met: undefined, taken: 1e6 }]) {
    expect(status(15, other)).toBe('holds')
    expect(status(16, other)).toBe('violated')
  }
})

it('is undecided where too many runs ended early, and does not apply to one weight', () => {
  expect(status(15, { met: undefined })).toBe('holds')
  expect(status(16, { met: undefined })).toBe('inconclusive')
  expect(verdictOn(rateWithProbability, { ...facts([far]), m: 1 }).status).toBe('inapplicable')
  expect(verdictOn(rateWithProbability, { ...facts([far]), eta: 3 }).status).toBe('inapplicable')
  expect(verdictOn(rateWithProbability, facts([])).status).toBe('inconclusive')
})
