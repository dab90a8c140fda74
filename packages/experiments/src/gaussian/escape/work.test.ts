import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { NearMeasured, NearRun } from './figures.js'
import type { OppositeMeasured } from './work.js'

type EscapeMeasured = NearMeasured | OppositeMeasured

const all = ['antiparallel-start', 'escape', 'escape-constant', 'escape-law', 'leaky-escape']
const but = (...claims: string[]): string[] => all.filter((claim) => !claims.includes(claim))
const params = { k: [2, 5], decades: 3, leaks: [0.06, 0.1] }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/escape', params)
})

describe('the conclusion on the escape', () => {
  it.each([{}, { m: 2 }, { step: 0.3 }, { k: [3, 20], decades: 4, leaks: [0.01] }])(
    'holds for %j',
    async (change) => {
      const other = await Trial.run('gaussian/escape', { ...params, ...change })
      expect(those(other.statuses(), 'holds')).toEqual(all)
    },
  )

  const near =
    (is: (leak: number) => boolean, change: (run: NearRun) => Partial<NearRun>) =>
    (m: EscapeMeasured) =>
      'runs' in m && is(m.leak)
        ? { ...m, runs: m.runs.map((run) => ({ ...run, ...change(run) })) }
        : undefined
  const opposite = (change: Partial<OppositeMeasured>) => (m: EscapeMeasured) =>
    'status' in m ? { ...m, ...change } : undefined
  const relu = (leak: number): boolean => leak === 0
  const leaky = (leak: number): boolean => leak > 0
  const longer = ({ steps }: NearRun): Partial<NearRun> => ({
    steps: Math.ceil(1.06 * (steps ?? 0)),
  })
  const broken: [string, (m: EscapeMeasured) => EscapeMeasured | undefined][] = [
    ['escape-law', near(relu, longer)],
    ['escape', near(relu, ({ phi0, steps }) => ({ steps: phi0 > 2e-3 ? 2000 : steps }))],
    ['leaky-escape', near(leaky, ({ phi0 }) => ({ steps: Math.ceil(1 / phi0) }))],
    ['leaky-escape', near(leaky, () => ({ steps: 30 }))],
    ['antiparallel-start', opposite({ loss: 0 })],
    ['antiparallel-start', opposite({ phi: 1e-3 })],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, change) => {
    const statuses = trial.statuses(trial.changed(change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(but(claim))
  })

  it('does not apply to one patch, one weight, or larger step sizes', async () => {
    const single = await Trial.run('gaussian/escape', { ...params, k: [1] })
    expect(those(single.statuses(), 'inapplicable')).toEqual(but('escape', 'escape-constant'))
    for (const change of [{ m: 1 }, { step: 1.5 }]) {
      const other = await Trial.run('gaussian/escape', { ...params, ...change })
      expect(those(other.statuses(), 'inapplicable'), JSON.stringify(change)).toEqual(
        but('escape-constant'),
      )
    }
  })

  it('does not apply to slopes without a saddle, and decides on the others', async () => {
    const large = await Trial.run('gaussian/escape', { ...params, leaks: [0.5] })
    expect(those(large.statuses(), 'inapplicable')).toEqual(['leaky-escape'])
    const wide = await Trial.run('gaussian/escape', { ...params, leaks: [0.01] })
    expect(those(wide.statuses(), 'inapplicable')).toEqual(['leaky-escape'])
    const some = await Trial.run('gaussian/escape', { ...params, leaks: [0.06, 0.5] })
    expect(those(some.statuses(), 'holds')).toEqual(all)
  })

  it('is inconclusive while rows are missing, and without steps left', async () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses(trial.without('near/k=5/leak=0')), 'inconclusive')).toEqual(
      but('antiparallel-start', 'escape-constant'),
    )
    expect(those(trial.statuses(trial.without('opposite')), 'inconclusive')).toEqual([
      'antiparallel-start',
    ])
    const short = await Trial.run('gaussian/escape', { ...params, maxSteps: 50 })
    expect(those(short.statuses(), 'inconclusive')).toEqual(
      but('antiparallel-start', 'escape-constant'),
    )
  })
})
