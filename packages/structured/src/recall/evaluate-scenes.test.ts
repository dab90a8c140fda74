import { ShapeError, stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { A, B, boxes, C, data, near, on, predicates, recalls, toy } from '../../test/toy-scene.js'
import { boxOverlap } from './boxes.js'
import { evaluateScenes } from './evaluate-scenes.js'
import { sceneMeter, type EvaluateOptions, type Scene } from './scene-meter.js'
import { rankTriplets } from './rank-triplets.js'
import type { Relation } from './scene.js'

/** The toy scene with R predicates, those beyond its own two never predicted. */
function withPredicates(R: number): Scene {
  const { cols, data, rows } = toy.prediction.predicates
  const wide = new Float64Array(rows * (R + 1))
  for (let row = 0; row < rows; row++)
    wide.set(data.subarray(row * cols, (row + 1) * cols), row * (R + 1))
  return {
    ...toy,
    prediction: { ...toy.prediction, predicates: { rows, cols: R + 1, data: wide } },
  }
}

describe('the toy scene', () => {
  it('ranks pairs with their best predicate in the reference order', () => {
    const order = rankTriplets(toy.prediction, true, 100).map(
      ({ s, o, p }) => `${'ABC'[s]}${'ABC'[o]} ${p}`,
    )
    expect(order).toEqual(['BC 1', 'AB 1', 'BA 2', 'CB 2', 'AC 1', 'CA 1'])
  })

  it('has the reference recalls, with the constraint and without', () => {
    expect(recalls([toy], { at: [1, 2, 5, 100] })).toEqual([0, 1 / 3, 2 / 3, 2 / 3])
    expect(recalls([toy], { constrained: false, at: [2, 5, 6, 9] })).toEqual([
      1 / 3,
      1 / 3,
      2 / 3,
      1,
    ])
  })

  it('averages recall over predicates: "on" is found, "near" is not', () => {
    const measure = (options: Partial<EvaluateOptions>): number | null => {
      const all = { constrained: true, predicates: 2, at: [5], ...options }
      return evaluateScenes([withPredicates(all.predicates)], all).at[0].meanRecall
    }
    expect(measure({})).toBe(0.5)
    expect(measure({ predicates: 4 })).toBe(0.25)
    expect(measure({ predicates: 4, absent: 'skip' })).toBe(0.5)
  })

  it('zero-shot counts only relations never seen in training, and images that have one', () => {
    const zeroShot = (seen: EvaluateOptions['seen']): number | null =>
      evaluateScenes([toy], { constrained: true, predicates: 2, at: [2], ...(seen && { seen }) })
        .at[0].zeroShot
    expect(zeroShot(undefined)).toBeNull()
    expect(zeroShot(() => true)).toBeNull()
    expect(zeroShot((_, p) => p === near)).toBe(0.5)
    expect(zeroShot((s, p, o) => !(s === 1 && p === on && o === 2))).toBe(1)
  })
})

describe('the rules', () => {
  const withRelations = (list: Relation[]): Scene => ({
    ...toy,
    truth: { ...toy.truth, relations: list },
  })
  const empty: Scene = {
    truth: toy.truth,
    prediction: {
      boxes: [],
      classes: [],
      predicates: { rows: 0, cols: 3, data: new Float64Array(0) },
    },
  }

  it('leave out images without a relation; one without candidates counts 0 or is left out', () => {
    expect(recalls([toy, withRelations([])], { at: [5] })).toEqual([2 / 3])
    expect(recalls([toy, empty], { at: [5] })).toEqual([1 / 3])
    expect(recalls([toy, empty], { at: [5], emptyPredictions: 'skip' })).toEqual([2 / 3])
    expect(evaluateScenes([], { constrained: true, predicates: 2, at: [5] })).toEqual({
      at: [{ k: 5, recall: null, meanRecall: null, zeroShot: null }],
      ceiling: null,
      images: 0,
    })
  })

  it('one candidate hits every repeated row', () => {
    expect(
      recalls(
        [
          withRelations([
            [A, B, on],
            [A, B, on],
            [B, C, near],
          ]),
        ],
        { at: [2] },
      ),
    ).toEqual([2 / 3])
  })

  it('a pair with two predicates keeps the ceiling below 1, with the constraint only', () => {
    const scene = withRelations([
      [A, B, on],
      [A, B, near],
      [A, B, on],
      [B, C, near],
    ])
    const ceiling = (constrained: boolean): number | null =>
      evaluateScenes([scene, toy], { constrained, predicates: 2 }).ceiling
    expect(ceiling(true)).toBe((3 / 4 + 1) / 2)
    expect(ceiling(false)).toBe(1)
  })

  it('boxes must overlap by half, and half is enough; the last pixel counts if it is inclusive', () => {
    expect(boxOverlap([0, 0, 10, 10], [0, 0, 10, 5], false)).toBe(0.5)
    expect(boxOverlap([0, 0, 10, 10], [0, 0, 10, 5], true)).toBe(6 / 11)
    expect(boxOverlap([0, 0, 0, 0], [0, 0, 0, 0], false)).toBe(0)
    expect(boxOverlap([0, 0, 1, 1], [5, 5, 6, 6], false)).toBe(0)
    const shifted = (y: number): Scene => ({
      ...toy,
      prediction: { ...toy.prediction, boxes: [[0, 0, 10, y], boxes[1], boxes[2]] },
    })
    expect(recalls([shifted(5)], { at: [2] })).toEqual([1 / 3])
    expect(recalls([shifted(4.9)], { at: [2] })).toEqual([0])
    expect(recalls([shifted(4.9)], { at: [2], inclusive: true })).toEqual([1 / 3])
  })

  it('a box without area is hit only where the last pixel counts; one outside the image is a box like others', () => {
    const odd = (box: Scene['truth']['boxes'][number]): Scene => {
      const there = [box, ...boxes.slice(1)]
      return {
        truth: { ...toy.truth, boxes: there },
        prediction: { ...toy.prediction, boxes: there },
      }
    }
    // A is in both relations that are found
    expect(recalls([odd([3, 3, 3, 3])], { at: [5] })).toEqual([0])
    expect(recalls([odd([3, 3, 3, 3])], { at: [5], inclusive: true })).toEqual([2 / 3])
    expect(recalls([odd([-9, -9, -1, -1])], { at: [5] })).toEqual([2 / 3])
    // nor can anybody hit it
    const ceiling = (options: Partial<EvaluateOptions>): number | null =>
      evaluateScenes([odd([3, 3, 3, 3])], { constrained: true, predicates: 2, ...options }).ceiling
    expect(ceiling({})).toBe(1 / 3)
    expect(ceiling({ constrained: false })).toBe(1 / 3)
    expect(ceiling({ inclusive: true })).toBe(1)
    expect(ceiling({ mode: 'preddet' })).toBe(1)
  })

  it('scores of boxes weigh, and a wrong class never hits', () => {
    const scored: Scene = { ...toy, prediction: { ...toy.prediction, scores: [1, 1, 0.1] } }
    expect(recalls([scored], { at: [1] })).toEqual([1 / 3])
    expect(
      recalls([{ ...toy, prediction: { ...toy.prediction, classes: [2, 2, 2] } }], {}),
    ).toEqual([0, 0, 0])
  })

  it('the best K are those of sorting all candidates, ties by subject, object, predicate', () => {
    const n = 8
    const source = stream(1)
    const tied = Float64Array.from({ length: n * n * 6 }, () => source.integer(9) / 9)
    const prediction = {
      boxes: [],
      classes: new Array<number>(n).fill(1),
      predicates: { rows: n * n, cols: 6, data: tied },
    }
    const all = rankTriplets(prediction, false, 10_000)
    expect(all).toHaveLength(n * (n - 1) * 5)
    all.slice(1).forEach((b, i) => {
      const a = all[i]
      expect(
        a.score > b.score ||
          (a.score === b.score && [a.s, a.o, a.p].join() < [b.s, b.o, b.p].join()),
      ).toBe(true)
    })
    for (const k of [1, 7, 100]) expect(rankTriplets(prediction, false, k)).toEqual(all.slice(0, k))
  })
})

it('a meter gives the numbers of evaluateScenes, and those so far', () => {
  const options = { constrained: false, predicates: 2, at: [1, 3], seen: () => false }
  const meter = sceneMeter(options)
  expect(meter.result()).toEqual(evaluateScenes([], options))
  const other: Scene = { ...toy, truth: { ...toy.truth, relations: [[C, B, near]] } }
  meter.add(toy)
  expect(meter.result()).toEqual(evaluateScenes([toy], options))
  meter.add(other)
  expect(meter.result()).toEqual(evaluateScenes([toy, other], options))
  expect(() => meter.add({ ...toy, prediction: { ...toy.prediction, classes: [1] } })).toThrow(
    /^sceneMeter: prediction must have a class for each of 3 boxes, got 1/,
  )
  expect(() => sceneMeter({ ...options, at: [1.5] })).toThrow(
    /^sceneMeter: expected K to be an integer/,
  )
})

it('refuses rules that there are not, and columns that would shift the predicates', () => {
  const rules = (change: object) => () =>
    evaluateScenes([toy], { constrained: true, predicates: 2, ...change })
  expect(rules({ absent: 'skipped' })).toThrow('absent must be one of zero, skip, got skipped')
  expect(rules({ emptyPredictions: 'drop' })).toThrow(/emptyPredictions must be one of zero, skip/)
  expect(rules({ constrained: undefined })).toThrow(/constrained must be one of true, false, got/)
  expect(rules({ inclusive: 1 })).toThrow(/inclusive must be one of true, false, got 1/)
  expect(rules({ predicates: 1 })).toThrow(
    'evaluateScenes: predicates must have 2 columns, none and 1 predicates, got 3',
  )
  const below = { ...toy, prediction: { ...toy.prediction, scores: [1, -0.1, 1] } }
  expect(() => evaluateScenes([below], { constrained: true, predicates: 2 })).toThrow(
    'scores[1] must be finite and ≥ 0, got -0.1',
  )
  const odd = { ...toy, prediction: { ...toy.prediction, classes: [1, NaN, 1] } }
  expect(() => evaluateScenes([odd], { constrained: true, predicates: 2 })).toThrow(
    'prediction.classes[1] must be an integer, got NaN',
  )
})

describe('evaluateScenes refuses', () => {
  const evaluate =
    (change: Partial<Scene['prediction']>, options: Partial<EvaluateOptions> = {}) =>
    () =>
      recalls([{ ...toy, prediction: { ...toy.prediction, ...change } }], options)

  it('lengths that do not fit, and numbers that are not finite', () => {
    expect(evaluate({ classes: [1] })).toThrow(ShapeError)
    expect(evaluate({ scores: [1] })).toThrow(/scores must have length 3, got 1/)
    expect(evaluate({ scores: [1, NaN, 1] })).toThrow(/scores\[1\] must be finite/)
    expect(evaluate({ predicates: { rows: 3, cols: 3, data: data.slice(0, 9) } })).toThrow(
      /n² = 9 rows, got 3/,
    )
    const broken = data.slice()
    broken[4] = NaN
    expect(evaluate({ predicates: { ...predicates, data: broken } })).toThrow(
      /predicates\[1, 1\] must be finite/,
    )
    expect(evaluate({}, { at: [0] })).toThrow(/expected K to be an integer ≥ 1, got 0/)
    expect(evaluate({}, { mode: 'sgdet' as 'phrdet' })).toThrow(
      /mode must be one of triplets, preddet, phrdet, got sgdet/,
    )
    expect(evaluate({}, { predicates: 0 })).toThrow(
      /expected predicates to be an integer ≥ 1, got 0/,
    )
    for (const wrong of [
      [0, 3, 1],
      [1, 1, 1],
      [0, 1, 3],
      [0, 1, 0],
      [0, 1, 1.5],
    ] as const) {
      const truth = { ...toy.truth, relations: [...toy.truth.relations, wrong] }
      expect(() => recalls([{ ...toy, truth }], {})).toThrow(
        `evaluateScenes: truth.relations[3] must be two different box indices and a predicate from 1 to 2, got ${wrong.join(', ')}`,
      )
    }
  })
})
