import { describe, expect, it } from 'vitest'
import { A, B, boxes, C, data, near, on, predicates, recalls, toy } from '../../test/toy-scene.js'
import type { Box } from './boxes.js'
import { evaluateScenes } from './evaluate-scenes.js'
import type { Relation } from './scene.js'
import type { EvaluateOptions, Scene } from './scene-meter.js'

describe('preddet: the pairs that have a relation, by predicates alone', () => {
  const at = [1, 2, 3, 4, 5, 100]
  const preddet = (scenes: Scene[], options: Partial<EvaluateOptions> = {}): (number | null)[] =>
    recalls(scenes, { mode: 'preddet', at, ...options })

  it('has the recalls worked by hand', () => {
    // BC on .6, AB on .5, AC on .2: near of BC is never named
    expect(preddet([toy])).toEqual([0, 1 / 3, 2 / 3, 2 / 3, 2 / 3, 2 / 3])
    // BC on .6, AB on .5, AB near .4, BC near .4, AC on .2, AC near .1
    expect(preddet([toy], { constrained: false })).toEqual([0, 1 / 3, 1 / 3, 2 / 3, 1, 1])
  })

  it('ranks a repeated pair once, and has a ceiling below 1 where it has two predicates', () => {
    const relations: Relation[] = [
      [A, B, on],
      [A, B, near],
      [A, B, on],
      [B, C, on],
    ]
    const scene = { ...toy, truth: { ...toy.truth, relations } }
    // BC on, AB on; without the constraint BC on, AB on, AB near
    expect(preddet([scene])).toEqual([1 / 4, 3 / 4, 3 / 4, 3 / 4, 3 / 4, 3 / 4])
    expect(preddet([scene], { constrained: false })).toEqual([1 / 4, 3 / 4, 1, 1, 1, 1])
    const { ceiling } = evaluateScenes([scene], {
      mode: 'preddet',
      constrained: true,
      predicates: 2,
    })
    expect(ceiling).toBe(3 / 4)
  })

  it('does not look at classes, their scores, or boxes; of equals the smaller index is named', () => {
    const other = { boxes: [boxes[2], boxes[0], boxes[1]], classes: [9, 9, 9], scores: [1, 0.1, 0] }
    const scene = { ...toy, prediction: { ...toy.prediction, ...other } }
    expect(preddet([scene])).toEqual(preddet([toy]))
    const equal = { ...predicates, data: data.map(() => 0.5) }
    expect(preddet([{ ...toy, prediction: { ...toy.prediction, predicates: equal } }])).toEqual([
      1 / 3,
      2 / 3,
      2 / 3,
      2 / 3,
      2 / 3,
      2 / 3,
    ])
  })

  it('needs a box for each of the truth; without any, nothing is found', () => {
    const two = {
      boxes: boxes.slice(1),
      classes: [1, 1],
      predicates: { rows: 4, cols: 3, data: new Float64Array(12) },
    }
    expect(() => preddet([{ ...toy, prediction: two }])).toThrow(
      /^evaluateScenes: preddet needs the 3 boxes of the truth, got 2/,
    )
    const none = {
      boxes: [],
      classes: [],
      predicates: { rows: 0, cols: 3, data: new Float64Array() },
    }
    expect(preddet([{ ...toy, prediction: none }])).toEqual([0, 0, 0, 0, 0, 0])
  })
})

describe('phrdet: one box around both objects', () => {
  const phrdet = (moved: readonly [number, Box], options: Partial<EvaluateOptions> = {}) => {
    const there = boxes.with(...moved)
    const scene = { ...toy, prediction: { ...toy.prediction, boxes: there } }
    return [
      ...recalls([scene], { mode: 'phrdet', at: [2], ...options }),
      ...recalls([scene], { at: [2], ...options }),
    ]
  }

  it('hits where each box alone would miss, and misses where the union does', () => {
    expect(phrdet([A, boxes[A]])).toEqual([1 / 3, 1 / 3])
    // A is half as high and less; around A and B nothing changes
    expect(phrdet([A, [0, 0, 10, 4.9]])).toEqual([1 / 3, 0])
    // around A and B: 30 of 60 wide, half is enough; 30 of 61 is not
    expect(phrdet([B, [50, 0, 60, 10]])).toEqual([1 / 3, 0])
    expect(phrdet([B, [51, 0, 61, 10]])).toEqual([0, 0])
    // with the last pixel 31 · 11 of 62 · 11
    expect(phrdet([B, [51, 0, 61, 10]], { inclusive: true })).toEqual([1 / 3, 0])
  })

  it('wants the classes, as always', () => {
    const scene = { ...toy, prediction: { ...toy.prediction, classes: [2, 2, 2] } }
    expect(recalls([scene], { mode: 'phrdet' })).toEqual([0, 0, 0])
  })
})
