import { beforeAll, describe, expect, it } from 'vitest'
import { broken, theorem } from '../../../test/sgd-verdicts.js'
import { those, Trial } from '../../../test/verdicts.js'
import type { Measured } from '../runs/facts.js'
import { runExperiment } from '../../engine/run.js'
import { findExperiment } from '../../registry.js'

const id = 'overparam/mnist'
const small = { k: [1, 10], n: 200, seeds: 1 }
const all = [...theorem, 'certificate-confirmed', 'no-overfitting'].sort()
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run(id, small)
})

describe('the conclusion on digits', () => {
  it('holds for 0 against the others', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  it('has a figure whose key names the dashed line', () => {
    expect(trial.keys('updates-and-error')).toEqual([[], ['one parameter per digit']])
  })

  it.each([
    ...broken,
    ['no-overfitting', (m: Measured): Measured => ({ ...m, testError: 0.3 })] as const,
    ['certificate-confirmed', (m: Measured): Measured => ({ ...m, testHinge: 0.99 })] as const,
  ])('violates %s, and nothing else, when the widest run breaks it', (claim, change) => {
    const rows = trial.changed<Measured>((m, key) =>
      key === 'k=10/seed=0' ? change(m) : undefined,
    )
    const statuses = trial.statuses(rows)
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('assumes of digits from a folder that the setting was fixed before they were seen', () => {
    const fixed = (params: object) =>
      trial.verdict('certificate-confirmed', trial.rows, { ...params }).hypotheses[1].status
    expect([fixed({}), fixed({ data: 'digits' })]).toEqual(['by construction', 'assumed'])
  })

  it('contradicts a guarantee from forty times as many digits as there were', () => {
    const statuses = trial.statuses(trial.rows, { n: 8000 })
    expect(those(statuses, 'violated')).toEqual(['certificate-confirmed'])
  })

  it('does not take a favorable initialization for a dependence on k: the displacement bound is compared at one excess', async () => {
    const large = await Trial.run(id, { ...small, row: 100, epochs: 1 })
    const [one, ten] = large.rows.map(({ measured }) => (measured as unknown as Measured).bounds)
    expect((one?.disp ?? 0) / (ten?.disp ?? 1)).toBeGreaterThan(1.5)
    expect((one?.best ?? 0) / (ten?.best ?? 1)).toBeCloseTo(1, 1)
    expect(large.statuses()['bound-independent-of-width']).toBe('holds')
  })

  it('does not apply the theorem to ReLU, but says what the test error does', async () => {
    const relu = await Trial.run(id, { ...small, alpha: 0, epochs: 20 })
    expect(those(relu.statuses(), 'inapplicable')).toEqual(theorem)
  })

  it('is inconclusive where a run was cut off, is missing, or has no other to be compared with', async () => {
    const short = await Trial.run(id, { ...small, epochs: 1 })
    expect(those(short.statuses(), 'inconclusive')).toEqual([
      'global-minimum',
      'published-bounded',
      'updates-bounded',
    ])
    expect(those(trial.statuses(trial.rows.slice(1)), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    const rows = trial.rows.slice(0, 1)
    expect(those(trial.statuses(rows, { k: [1] }), 'inconclusive')).toEqual([
      'bound-independent-of-width',
      'no-overfitting',
    ])
  })
})

describe('the parameters of the digits', () => {
  const experiment = findExperiment(id)

  it('are refused twice and on both sides, by the names of the parameters', () => {
    expect(() => experiment.params.parse({ k: '1,1', negative: '4,4' })).toThrow(
      /^parameter k: .* got 1 more than once\nparameter negative: .* got 4 more than once$/,
    )
    expect(() => experiment.params.parse({ positive: '3,0', negative: '0' })).toThrow(
      /^parameter negative: .* got 0 in both lists$/,
    )
  })

  it('are refused if there are not as many digits of the classes', async () => {
    const params = { positive: [0], negative: [1], n: 8000, k: [1], seeds: 1 }
    await expect(runExperiment(experiment, { params, seed: 1 })).rejects.toThrow(
      /^.*parameter n: expected at most \d+, .*, got 8000/,
    )
  })
})
