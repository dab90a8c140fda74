import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { ChainMeasured } from './chains.js'
import type { PictureMeasured } from './picture.js'
import type { ScenesMeasured } from './scenes.js'

const always = [
  'context-flips-picture',
  'context-is-worth',
  'crf-beats-local',
  'positions-within-bayes',
  'scene-rules-within-bayes',
  'sequences-within-bayes',
]
const ofNetworks = ['context-beats-local', 'crf-beats-networks', 'scene-context-order']
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('structured/context', { trials: 1, test: 500 })
})

const violated = (how: (m: ChainMeasured) => ChainMeasured): string[] =>
  those(trial.statuses(trial.changedIn<ChainMeasured>('chain', how)), 'violated')

describe('the conclusion on context', () => {
  it('holds', () => {
    expect(those(trial.statuses(), 'holds')).toEqual([...always, ...ofNetworks].sort())
  })

  it('is violated by a gain below 0, and by a whole that is its parts', () => {
    const loss = { mean: -0.1, error: 0.01 }
    for (const [claim, rule] of [
      ['context-is-worth', 'whole'],
      ['crf-beats-local', 'crf'],
      ['context-beats-local', 'sets'],
      ['context-beats-local', 'invariant'],
    ] as const) {
      const found = violated((m) => ({ ...m, overLocal: { ...m.overLocal, [rule]: loss } }))
      expect(found).toEqual([claim])
    }
    expect(violated((m) => ({ ...m, crfOver: { ...m.crfOver, invariant: loss } }))).toEqual([
      'crf-beats-networks',
    ])
    const same = trial.changedIn<PictureMeasured>('picture', (m) => ({
      ...m,
      ranked: [{ y: [0, 0, 1], p: 0.3 }, ...m.ranked],
    }))
    expect(those(trial.statuses(same), 'violated')).toEqual(['context-flips-picture'])
  })

  it('is violated by a rule above its Bayes rule: an MLP that sees the neighbors, say', () => {
    expect(
      violated((m) => ({ ...m, overLocal: { ...m.overLocal, mlp: m.overLocal.invariant } })),
    ).toEqual(['positions-within-bayes'])
    const above = { mean: 0.03, error: 0.004 }
    for (const rule of ['mlp', 'sets', 'crf', 'viterbi'] as const)
      expect(violated((m) => ({ ...m, overWhole: { ...m.overWhole, [rule]: above } }))).toEqual([
        'sequences-within-bayes',
      ])
  })

  it('is violated by scenes where relations do not help, or rules exceed their limit', () => {
    const red = (how: (m: ScenesMeasured) => ScenesMeasured): string[] =>
      those(trial.statuses(trial.changedIn<ScenesMeasured>('scenes', how)), 'violated')
    const loss = { mean: -0.05, error: 0.01 }
    for (const step of ['sets', 'crf'] as const)
      expect(red((m) => ({ ...m, steps: { ...m.steps, [step]: loss } }))).toEqual([
        'scene-context-order',
      ])
    const above = { mean: 0.04, error: 0.01 }
    for (const change of [
      (m: ScenesMeasured) => ({ ...m, overOwn: { ...m.overOwn, softmax: above } }),
      (m: ScenesMeasured) => ({ ...m, overJoint: { ...m.overJoint, sum: above } }),
    ])
      expect(red(change)).toEqual(['scene-rules-within-bayes'])
  })

  it('asks of networks that they are trained, and that there is something to learn', async () => {
    const short = await Trial.run('structured/context', {
      trials: 1,
      test: 100,
      steps: 10,
      scenes: 50,
      exact: 1,
    })
    expect(those(short.statuses(), 'inapplicable')).toEqual(ofNetworks)
    const alike = trial.changedIn<ChainMeasured>('chain', (m) => ({
      ...m,
      overLocal: { ...m.overLocal, whole: { mean: 0.03, error: 0.001 } },
    }))
    expect(those(trial.statuses(alike), 'inapplicable')).toEqual(ofNetworks.slice(0, 2))
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

  it('shows examples whose posterior is the product of position and messages', () => {
    const { examples } = trial.rows.find(({ key }) => key.startsWith('chain'))
      ?.measured as ChainMeasured
    expect(examples.length).toBe(10)
    for (const { own, before, after, whole } of examples) {
      const product = own.map((p, a) => p * before[a] * after[a])
      const sum = product.reduce((all, p) => all + p, 0)
      whole.forEach((p, a) => expect(product[a] / sum).toBeCloseTo(p, 12))
      const top = Math.max(...whole)
      expect(top - own[whole.indexOf(top)]).toBeGreaterThan(0.5)
    }
  })
})
