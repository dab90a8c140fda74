import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { RunMeasured } from './runs.js'
import type { RunsMeasured } from './work.js'

const bounds = ['escape', 'escape-sharp', 'reaches-minimum', 'stationarity']
const everyStep = [
  'cone',
  'descent',
  'distance',
  'linear-rate',
  'norm-above',
  'norm-below',
  'norm-range',
  'steepness',
  'two-scalars',
]
const all = [
  ...bounds,
  ...everyStep,
  'limit-rate',
  'linear-rate-proved',
  'rate-with-probability',
  'same-run',
].sort()
const but = (...claims: string[]): string[] => all.filter((claim) => !claims.includes(claim))

const small = { starts: 12, m: 4 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/gd-rate', small)
})

/** Rows in which the run nearest to the saddle's ray is another. */
const withRun = (change: (run: RunMeasured) => Partial<RunMeasured>): typeof trial.rows =>
  trial.changed<RunsMeasured>(({ runs }, key) =>
    key === 'path=0' ? { runs: runs.map((run) => ({ ...run, ...change(run) })) } : undefined,
  )

describe('the conclusion on gradient descent', () => {
  it.each([{}, { k: 2, m: 2 }, { step: 0.3 }])('holds for %j', async (params) => {
    const other = await Trial.run('gaussian/gd-rate', { ...small, ...params })
    expect(those(other.statuses(), 'holds')).toEqual(all)
  })

  const broken: [string[], (run: RunMeasured) => Partial<RunMeasured>][] = [
    [['reaches-minimum'], () => ({ converged: 1e4 })],
    [['stationarity'], () => ({ stationary: 1e6 })],
    [['escape-sharp'], () => ({ escaped: 200 })],
    [['escape', 'escape-sharp'], () => ({ escaped: 300 })],
    [['limit-rate'], ({ slope }) => ({ slope: 1.03 * (slope ?? 0) })],
    [['same-run'], () => ({ off: 1e-10 })],
    ...everyStep.map((claim): [string[], (run: RunMeasured) => Partial<RunMeasured>] => [
      [claim],
      ({ counts }) => ({
        counts: counts.map((count) =>
          count.claim === `gaussian/${claim}`
            ? {
                ...count,
                breaches: 1,
                firstBreach: { step: 3, measured: 2, relation: '<=', bound: 1 },
              }
            : count,
        ),
      }),
    ]),
  ]
  it.each(broken)('violates %j, and nothing else, when its number is broken', (claims, change) => {
    const statuses = trial.statuses(withRun(change))
    expect(those(statuses, 'violated')).toEqual(claims)
    expect(those(statuses, 'holds')).toEqual(but(...claims))
  })

  it('violates bounds and rate when rows of one k are judged with the constants of another', () => {
    const statuses = trial.statuses(trial.rows, { k: 1 })
    expect(those(statuses, 'violated')).toContain('reaches-minimum')
    expect(trial.statuses(trial.rows, { k: 20 })['limit-rate']).toBe('violated')
  })

  it('violates the rate with probability when every initialization is near −w*, or late', () => {
    for (const change of [{ phi0: 0.01 }, { converged: 1e4 }]) {
      const rows = trial.changedIn<RunsMeasured>('starts', ({ runs }) => ({
        runs: runs.map((run) => ({ ...run, ...change })),
      }))
      expect(trial.statuses(rows)['rate-with-probability']).toBe('violated')
    }
  })

  it('is inconclusive about goals that a run has no steps left to meet', async () => {
    const short = await Trial.run('gaussian/gd-rate', { ...small, maxSteps: 5 })
    const goals = [...bounds, 'limit-rate', 'rate-with-probability']
    expect(those(short.statuses(), 'inconclusive')).toEqual(goals.sort())
    expect(those(short.statuses(), 'holds')).toEqual(but(...goals))
  })

  it('does not apply what needs m ≥ 2 to m = 1, where half of the runs end at a local minimum', async () => {
    const line = await Trial.run('gaussian/gd-rate', { ...small, m: 1 })
    expect(those(line.statuses(), 'inapplicable')).toEqual([
      'escape',
      'escape-sharp',
      'limit-rate',
      'rate-with-probability',
      'reaches-minimum',
    ])
    expect(those(line.statuses(), 'violated')).toEqual([])
  })

  it('does not apply the rate to k = 1, where descent is faster than any', async () => {
    const one = await Trial.run('gaussian/gd-rate', { ...small, k: 1 })
    expect(those(one.statuses(), 'inapplicable')).toEqual(['limit-rate'])
    expect(those(one.statuses(), 'holds')).toEqual(but('limit-rate'))
  })

  it('does not apply what needs η ≤ 1/c, or η < 2/c, to longer steps', async () => {
    const cone = ['cone', 'norm-above', 'norm-below', 'norm-range', 'two-scalars']
    const goals = ['escape', 'escape-sharp', 'limit-rate', 'rate-with-probability']
    const small1 = [...goals, 'reaches-minimum', 'same-run', ...cone]
    const long = await Trial.run('gaussian/gd-rate', { ...small, step: 1.5 })
    expect(those(long.statuses(), 'inapplicable')).toEqual(small1.sort())
    expect(those(long.statuses(), 'holds')).toEqual(but(...small1))
    const wild = await Trial.run('gaussian/gd-rate', { ...small, step: 2.5 })
    const always = ['distance', 'linear-rate-proved', 'steepness']
    expect(those(wild.statuses(), 'holds')).toEqual(always)
    expect(those(wild.statuses(), 'inapplicable')).toEqual(but(...always))
  })

  it('is inconclusive while rows are missing, with what is violated so far', () => {
    const ofRuns = but('linear-rate-proved')
    // the drawn trajectories are no draws of the initialization
    const ofPaths = but('linear-rate-proved', 'rate-with-probability')
    expect(those(trial.statuses(trial.without('starts=0')), 'inconclusive')).toEqual(ofRuns)
    expect(those(trial.statuses(trial.without('path=3')), 'inconclusive')).toEqual(ofPaths)
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    const late = withRun(() => ({ converged: 1e4 })).filter(({ key }) => key !== 'path=1')
    expect(those(trial.statuses(late), 'inconclusive')).toEqual(ofPaths)
    for (const claim of all)
      expect(trial.verdict(claim, late).statement.startsWith('violated so far: ')).toBe(
        claim === 'reaches-minimum',
      )
  })
})
