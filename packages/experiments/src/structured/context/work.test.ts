import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { ChainMeasured, PictureMeasured } from './work.js'

const all = ['context-flips-picture', 'context-is-worth', 'crf-beats-local']
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('structured/context', { trials: 1, train: 40, test: 300 })
})

describe('the conclusion on context', () => {
  it('holds', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  it('is violated by a gain below 0, and by a whole that is its parts', () => {
    const loss = { mean: -0.1, error: 0.01 }
    for (const [claim, name] of [
      ['context-is-worth', 'whole'],
      ['crf-beats-local', 'crf'],
    ]) {
      const worse = trial.changedIn<ChainMeasured>('chain', (m) => ({ ...m, [name]: loss }))
      expect(those(trial.statuses(worse), 'violated')).toEqual([claim])
    }
    const same = trial.changedIn<PictureMeasured>('picture', (m) => ({
      ...m,
      ranked: [{ y: [0, 0, 1], p: 0.3 }, ...m.ranked],
    }))
    expect(those(trial.statuses(same), 'violated')).toEqual(['context-flips-picture'])
  })

  it('has the picture of the theory, exactly', () => {
    const [row] = trial.rows
    const { whole, ranked } = row.measured as PictureMeasured
    expect(ranked[0].y).toEqual([0, 1, 2])
    expect(ranked[0].p).toBeCloseTo(0.253966465773, 11)
    expect(ranked.find(({ y }) => y.join() === '0,0,1')?.p).toBeCloseTo(0.051274945127, 11)
    const wanted = [
      [0.617986735612, 0.382013264388],
      [0.394357151311, 0.605642848689],
      [0.309287690662, 0.272982489918, 0.41772981942],
    ]
    wanted.forEach((p, i) => p.forEach((x, a) => expect(whole[i][a]).toBeCloseTo(x, 11)))
  })
})
