import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { measureBasin, measureRate, measureTeachers } from './measure.js'

const all = ['teacher-basin', 'teacher-curvature', 'teacher-curvature-attained', 'teacher-rate']
const params = { teachers: 5, basinSize: 4, distances: [0.2, 1.2], runs: 5 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/zhong', params)
})

describe('the conclusion next to a teacher', () => {
  it('holds, for ReLU² too', async () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
    const other = await Trial.run('gaussian/zhong', { ...params, activation: 'relu2' })
    expect(those(other.statuses(), 'holds')).toEqual(all)
  })

  it('is violated by another curvature, rate or end', () => {
    type Teachers = ReturnType<typeof measureTeachers>
    const flat = trial.changedIn<Teachers>('teachers', (m) => ({
      ...m,
      random: m.random.map((one) => ({ ...one, smallest: 0 })),
    }))
    expect(those(trial.statuses(flat), 'violated')).toEqual(['teacher-curvature'])
    const other = trial.changedIn<Teachers>('teachers', (m) => ({
      ...m,
      orthonormal: m.orthonormal.map((one) => ({ ...one, smallest: 0.09 })),
    }))
    expect(those(trial.statuses(other), 'violated')).toEqual(['teacher-curvature-attained'])
    const fast = trial.changedIn<ReturnType<typeof measureRate>>('rate', (m) => ({
      ...m,
      rate: m.rate - 2e-4,
    }))
    expect(those(trial.statuses(fast), 'violated')).toEqual(['teacher-rate'])
    const missed = trial.changedIn<ReturnType<typeof measureBasin>>('basin', (m) => ({
      ...m,
      same: m.same - 1,
    }))
    expect(those(trial.statuses(missed), 'violated')).toEqual(['teacher-basin'])
  })

  it('does not apply to long steps or far initializations, and is undecided after few steps', async () => {
    const far = await Trial.run('gaussian/zhong', { ...params, eta: 1, distances: [1] })
    expect(those(far.statuses(), 'inapplicable')).toEqual(['teacher-basin', 'teacher-rate'])
    const short = await Trial.run('gaussian/zhong', { ...params, maxSteps: 1 })
    expect(those(short.statuses(), 'inconclusive')).toEqual(['teacher-basin'])
  })
})
