import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import { demoFunctions } from '@nonconvex/structured/invariance'
import { names } from './experiment.js'
import { invariantSubjects, violators } from './subjects.js'
import type { BuiltMeasured, CheckedMeasured, PathMeasured } from './work.js'

type InvarianceMeasured = CheckedMeasured | BuiltMeasured | PathMeasured

const all = [
  'form-is-invariant',
  'invariant-has-form',
  'literal-is-blind',
  'only-invariant-has-form',
  'violators-are-found',
]
const params = { trials: 12, graphs: 4, layers: 5 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('structured/invariance', params)
})

const at = (start: string, change: object) => (m: InvarianceMeasured, key: string) =>
  key.startsWith(start) ? { ...m, ...change } : undefined

describe('the conclusion on invariance', () => {
  it('holds', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  const broken: [string, (m: InvarianceMeasured, key: string) => InvarianceMeasured | undefined][] =
    [
      ['form-is-invariant', at('form/DeepSets', { violated: true })],
      ['violators-are-found', at('violator/prefix', { violated: false })],
      ['violators-are-found', at('violator/LSTM', { nodes: 4 })],
      ['invariant-has-form', at('built/degree', { equal: 19 })],
      ['only-invariant-has-form', at('built/place', { equal: 20 })],
      ['only-invariant-has-form', at('built/place', { invariant: false })],
      ['literal-is-blind', at('path', { spread: 1e-3 })],
    ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, change) => {
    const statuses = trial.statuses(trial.changed(change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('does not apply to nodes with equal features, which the construction refuses', async () => {
    const repeated = await Trial.run('structured/invariance', { ...params, letters: 'repeated' })
    expect(those(repeated.statuses(), 'inapplicable')).toEqual(['invariant-has-form'])
  })

  it('is inconclusive while rows are missing', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses(trial.without('form/local')), 'inconclusive')).toEqual([
      'form-is-invariant',
    ])
  })

  it('says each counterexample in words', () => {
    const [first] = trial.rows.filter(({ key }) => key === 'violator/prefix sums')
    expect(first.measured).toMatchObject({ nodes: 2 })
    expect((first.measured as { words: string }).words).toMatch(/2 nodes, 0 and 1 swapped/)
  })
})

it('each list of names is that of its functions', () => {
  const of = (all: readonly { readonly name: string }[]): string[] => all.map(({ name }) => name)
  expect(of(invariantSubjects)).toEqual(names.form)
  expect(of(violators)).toEqual(names.violator)
  expect(of(demoFunctions)).toEqual(names.built)
})
