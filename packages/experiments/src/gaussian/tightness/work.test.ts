import type { StepReached } from '@nonconvex/gaussian-theory/tightness'
import { beforeAll, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'

const id = 'gaussian/tightness'
const small = {
  eps: [1e-3, 1e-5],
  escapes: [2, 20],
  phi0: 0.01,
  m: [2],
  stride: [1, 2],
  patches: [20],
  searches: 1,
}
const all = [
  'curvature-found',
  'escape-attained',
  'escape-closed-form',
  'lipschitz-found',
  'pair-lipschitz-found',
  'stationarity-order',
  'steps-attained',
]
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run(id, small)
})

interface Measured {
  readonly bound: number
  readonly closed: number
  readonly recursion: number
  readonly curvature: number
  readonly lipschitz: number
}

it('holds', () => {
  expect(those(trial.statuses(), 'holds')).toEqual(all)
})

it.each([
  ['stationarity-order', 'bound', 'eps=0.001', 10],
  ['escape-attained', 'recursion', 'k=2', 1.2],
  ['escape-closed-form', 'closed', 'k=2', 1.2],
  ['curvature-found', 'curvature', 'm=2', 2.5],
  ['lipschitz-found', 'lipschitz', 'm=2', 2.5],
] as const)('violates %s, and nothing else, where %s is another', (claim, name, key, factor) => {
  const rows = trial.changed<Measured>((m, at) =>
    at.includes(key) && m[name] !== undefined ? { ...m, [name]: factor * m[name] } : undefined,
  )
  const statuses = trial.statuses(rows)
  expect(those(statuses, 'violated')).toEqual([claim])
  expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
})

it('violates steps-attained where an inequality keeps a distance, or is exceeded', () => {
  for (const factor of [0.99, 1.01]) {
    const rows = trial.changedIn<{ steps: readonly StepReached[] }>('step', ({ steps }) => ({
      steps: steps.map((one) => ({ ...one, reached: factor * one.reached })),
    }))
    expect(those(trial.statuses(rows), 'violated')).toEqual(['steps-attained'])
  }
})

it('is inconclusive while rows are missing', () => {
  expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
})
