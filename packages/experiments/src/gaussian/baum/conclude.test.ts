import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { BaumMeasured, RunMeasured } from './measure.js'

const all = ['baum-asymmetric', 'baum-symmetric']
const params = { runs: 3, first: 3000, second: 800, test: 4000 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/baum', params)
})

const on = (kind: string, change: Partial<RunMeasured>) => (m: BaumMeasured, key: string) =>
  key.startsWith(`${kind}/`) ? { runs: m.runs.map((run) => ({ ...run, ...change })) } : undefined

describe('the conclusion on Baum’s algorithm', () => {
  it('holds on symmetric inputs, and fails on lifted ones as it must', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
    for (const inputs of ['laplace', 'lifted-symmetrised'])
      expect(trial.statuses(trial.rows, { inputs })['baum-symmetric']).toBe('holds')
  })

  const broken: [string, (m: BaumMeasured, key: string) => BaumMeasured | undefined][] = [
    ['baum-symmetric', on('gaussian', { errors: 400 })],
    ['baum-symmetric', on('gaussian', { status: 'step2-infeasible' })],
    ['baum-asymmetric', on('lifted', { status: 'learnt', residual: null })],
    ['baum-asymmetric', on('lifted', { residual: 0.1 })],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, change) => {
    const statuses = trial.statuses(trial.changed(change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('does not apply to inputs that are not symmetric', () => {
    for (const inputs of ['exponential', 'shift', 'lifted'])
      expect(trial.statuses(trial.rows, { inputs })['baum-symmetric']).toBe('inapplicable')
  })

  it('is inconclusive while runs are missing', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(trial.statuses(trial.rows, { runs: 6 })['baum-symmetric']).toBe('inconclusive')
  })
})
