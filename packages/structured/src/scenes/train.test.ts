import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { PerObjectPredictor } from './per-object.js'
import { sceneGraphPredictor, type SceneGraphPredictor } from './predictor.js'
import { tinyScene } from './tiny.js'
import { trainingSteps, trainPredictor } from './train.js'

const sizes = { classes: 7, predicates: 4, hidden: 6 }
const scenes = Array.from({ length: 300 }, (_, t) => tinyScene(stream(1).child('s', t)))

describe('training', () => {
  const options = { train: scenes, valid: scenes.slice(0, 50), batch: 10, steps: 40, every: 10 }
  const trained = (
    change: object = {},
  ): [SceneGraphPredictor, ReturnType<typeof trainPredictor>] => {
    const predictor = sceneGraphPredictor({ ...sizes, attention: 'none' }, stream(2))
    return [predictor, trainPredictor(predictor, { ...options, source: stream(3), ...change })]
  }

  it('goes on from any checkpoint with the same bytes', () => {
    const [whole, { checkpoint }] = trained()
    const seen: (typeof checkpoint)[] = []
    trained({ steps: 20, progress: (at: typeof checkpoint) => seen.push(at) })
    expect(seen).toHaveLength(2)
    const [resumed, again] = trained({ resume: seen[0], source: stream(99) })
    expect(again.checkpoint).toEqual(checkpoint)
    expect(resumed.state().parameters).toEqual(whole.state().parameters)
  })

  it('takes scenes that are made when asked for, step by step, and trains the baseline, too', () => {
    const [whole, { checkpoint }] = trained()
    const predictor = sceneGraphPredictor({ ...sizes, attention: 'none' }, stream(2))
    const set = { length: scenes.length, scene: (place: number) => scenes[place] }
    const steps = trainingSteps(predictor, { ...options, train: set, source: stream(3) })
    for (let step = 1; step <= 40; step++) expect(steps.next().value).toBe(step)
    expect(steps.next()).toMatchObject({ done: true, value: { checkpoint } })
    expect(predictor.state()).toEqual(whole.state())
    const alone = new PerObjectPredictor(sizes)
    alone.initialize(stream(2))
    const { history } = trainPredictor(alone, { ...options, source: stream(3) }).checkpoint
    expect(history[3].valid).toBeLessThan(history[0].valid)
  })

  it('stops without improvement, when told to, and leaves the best parameters', () => {
    const [, late] = trained({ rate: 3, steps: 400, patience: 2 })
    expect(late.status).toBe('no-improvement')
    expect(late.checkpoint.waited).toBe(2)
    const [predictor, aborted] = trained({ signal: AbortSignal.abort() })
    expect(aborted).toMatchObject({ status: 'aborted', checkpoint: { step: 0 } })
    expect(predictor.state().parameters).toEqual(aborted.checkpoint.best.state.parameters)
  })

  it('refuses nothing to learn from', () => {
    expect(() => trained({ train: [] })).toThrow(
      /expected train scenes to be an integer ≥ 1, got 0/,
    )
  })
})
