import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { predictionLine, scenePrediction, type AnnotatedScene } from '../load/index.js'
import { frequencyPredictor } from './frequency-predictor.js'
import { frequencyCounter, seenIn } from './frequency-table.js'

const vocabulary = { classes: ['none', 'dog', 'cat'], predicates: ['none', 'sees', 'chases'] }
const box = [0, 0, 1, 1] as const
const scene = (
  classes: readonly number[],
  relations: readonly (readonly [number, number, number])[],
): AnnotatedScene => ({
  id: 1,
  width: 4,
  height: 4,
  classes,
  relations,
  boxes: classes.map(() => box),
})

/** Scores of the pair (s, o), with the empty predicate. */
const scores = (
  of: ReturnType<typeof frequencyPredictor>,
  given: AnnotatedScene,
  s: number,
  o: number,
) => {
  const { predicates } = of.predict(given, 'predcls')
  const row = s * given.boxes.length + o
  return Array.from(predicates.data.subarray(row * 3, row * 3 + 3))
}

describe('the frequency baseline', () => {
  it('divides pairs with a predicate by all, repeated rows counted once', () => {
    const counter = frequencyCounter(vocabulary)
    // dog → cat: sees twice, chases once; cat → dog: never
    counter.add(
      scene(
        [1, 2],
        [
          [0, 1, 1],
          [0, 1, 1],
          [0, 1, 2],
        ],
      ),
    )
    counter.add(scene([2, 1], [[1, 0, 1]]))
    counter.add(scene([1, 2], []))
    const table = counter.table()
    expect([...table.triplets]).toEqual([1, 1, 2, 2, 1, 2, 2, 1])
    expect([...table.unrelated]).toEqual([1, 2, 1, 2, 1, 3])
    const predictor = frequencyPredictor(table)
    expect(scores(predictor, scene([1, 2], []), 0, 1)).toEqual([1 / 4, 2 / 4, 1 / 4])
    expect(scores(predictor, scene([1, 2], []), 1, 0)).toEqual([1, 0, 0])
    // two cats never met
    expect(scores(predictor, scene([2, 2], []), 0, 1)).toEqual([1, 0, 0])
    expect(
      [
        [1, 1, 2],
        [1, 2, 2],
        [2, 1, 1],
        [1, 1, 1],
      ].map(([a, p, b]) => seenIn(table)(a, p, b)),
    ).toEqual([true, true, false, false])
  })

  it('takes the classes of the detector where they are not given', () => {
    const counter = frequencyCounter(vocabulary)
    counter.add(scene([1, 2], [[0, 1, 2]]))
    const given: AnnotatedScene = {
      id: 2,
      width: 4,
      height: 4,
      boxes: [box, box],
      // no object is the likeliest, but is not chosen
      objectLogits: [
        [9, 1, 0],
        [0, 0, Math.log(2)],
      ],
    }
    const found = frequencyPredictor(counter.table()).predict(given, 'sgcls')
    expect(found.classes).toEqual([1, 2])
    expect(found.scores?.[1]).toBeCloseTo(0.5, 15)
    expect(found.scores?.[0]).toBeCloseTo(Math.E / (Math.exp(9) + Math.E + 1), 15)
    expect(found.predicates.data[5]).toBe(1)
    expect(() => frequencyPredictor(counter.table()).predict(given, 'predcls')).toThrow(
      /image 2: classes: expected/,
    )
    expect(() => frequencyPredictor(counter.table()).predict(scene([1], []), 'sgcls')).toThrow(
      /image 1: objectLogits: expected/,
    )
  })

  it('has scores that with the empty predicate add up to 1, also for no and one box', () => {
    const place = fc.nat(3)
    const scenes = fc.array(
      fc.tuple(
        fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 4, maxLength: 4 }),
        fc.array(
          fc.tuple(place, place, fc.integer({ min: 1, max: 2 })).filter(([s, o]) => s !== o),
        ),
      ),
    )
    fc.assert(
      fc.property(
        scenes,
        fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 4 }),
        (train, classes) => {
          const counter = frequencyCounter(vocabulary)
          for (const [labels, relations] of train) counter.add(scene(labels, relations))
          const given = scene(classes, [])
          const predictor = frequencyPredictor(counter.table())
          for (let s = 0; s < classes.length; s++)
            for (let o = 0; o < classes.length; o++) {
              const sum = scores(predictor, given, s, o).reduce((total, x) => total + x, 0)
              expect(sum).toBeCloseTo(s === o ? 0 : 1, 12)
            }
        },
      ),
    )
  })

  it('refuses a table with numbers that mean nothing, and scenes without classes', () => {
    const table =
      (triplets: number[], unrelated: number[] = []) =>
      () =>
        frequencyPredictor({
          ...vocabulary,
          triplets: Int32Array.from(triplets),
          unrelated: Int32Array.from(unrelated),
        })
    expect(table([3, 1, 1, 1])).toThrow('frequencyPredictor: a class must be from 1 to 2, got 3')
    expect(table([1, 0, 1, 1])).toThrow('a predicate must be from 1 to 2, got 0')
    expect(table([1, 1, 1, 0])).toThrow('a count must be')
    expect(table([1, 1, 1])).toThrow('a count must be')
    expect(table([], [1, 9, 1])).toThrow('a class must be from 1 to 2, got 9')
    const without = { id: 1, width: 4, height: 4, boxes: [box] }
    expect(() => frequencyCounter(vocabulary).add(without)).toThrow(
      'frequencyCounter: scenes must have classes, got image 1 without',
    )
  })
})

describe('a line of predictions', () => {
  it('gives back what was predicted, to the last bit', () => {
    const counter = frequencyCounter(vocabulary)
    counter.add(
      scene(
        [1, 2, 1],
        [
          [0, 1, 1],
          [0, 1, 2],
          [2, 1, 1],
        ],
      ),
    )
    const given = scene([2, 1, 2], [])
    const found = frequencyPredictor(counter.table()).predict(given, 'predcls')
    const back = scenePrediction(predictionLine(given, found), vocabulary)
    const foreground = (x: ArrayLike<number>) => Array.from(x).filter((_, i) => i % 3 > 0)
    expect(back.classes).toEqual(found.classes)
    expect(foreground(back.predicates.data)).toEqual(foreground(found.predicates.data))
  })

  it('may have logits: the best class, the softmax of the predicates with the empty one', () => {
    const line: AnnotatedScene = {
      id: 1,
      width: 4,
      height: 4,
      boxes: [box, box],
      objectLogits: [
        [0, 1000, 0],
        [0, 0, 0],
      ],
      relationLogits: [[1, 0, [0, Math.log(2), 0]]],
    }
    const { classes, scores: found, predicates } = scenePrediction(line, vocabulary)
    expect(classes).toEqual([1, 1])
    expect(found).toEqual([1, 1 / 3])
    const data = Array.from(predicates.data)
    expect(data.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 0])
    expect(data[7]).toBeCloseTo(0.5, 15)
    expect(scenePrediction({ ...line, scores: [0.3, 0.4] }, vocabulary).scores).toEqual([0.3, 0.4])
    // classes that are given are certain
    expect(scenePrediction({ ...line, classes: [2, 2] }, vocabulary).scores).toBeUndefined()
    const { id, width, height, boxes, objectLogits = [], relationLogits = [] } = line
    const bare = { id, width, height, boxes }
    expect(() => scenePrediction({ ...bare, objectLogits }, vocabulary)).toThrow(
      /relationScores or relationLogits/,
    )
    expect(() => scenePrediction({ ...bare, relationLogits }, vocabulary)).toThrow(
      /classes or objectLogits/,
    )
  })
})
