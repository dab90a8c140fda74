import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { frequencyPredictor, pairFrequencies } from '../baselines/frequency-predictor.js'
import { frequencyCounter, type FrequencyTable } from '../baselines/frequency-table.js'
import { RoomError } from '../kernel/space.js'
import type { AnnotatedScene } from '../load/annotated-scene.js'
import { boxFeatureCounts } from '../scenes/box-features.js'
import { PerObjectPredictor } from '../scenes/per-object.js'
import { sceneGraphPredictor, type PredictorOptions } from '../scenes/predictor.js'
import { trainPredictor } from '../scenes/train.js'
import { networkDefaults } from './network-options.js'
import { networkPredictor } from './network-predictor.js'
import { networkScenes } from './network-scenes.js'
import { networkTraining } from './network-training.js'

const names = { classes: ['none', 'dog', 'cat'], predicates: ['none', 'sees', 'chases'] }
const sizes: PredictorOptions = {
  classes: 3,
  predicates: 3,
  hidden: 8,
  steps: 1,
  embed: 'learned',
  nodeFeatures: boxFeatureCounts.node,
  pairFeatures: boxFeatureCounts.pair,
}

/** A dog that chases a cat to its right and sees one to its left: the counts alone cannot tell. */
function scene(id: number, left: boolean): AnnotatedScene {
  const source = stream(1).child('scene', id)
  const dog = 40 + 20 * source.uniform()
  const cat = left ? dog - 30 : dog + 30
  return {
    id,
    width: 100,
    height: 50,
    classes: [1, 2],
    relations: [[0, 1, left ? 1 : 2]],
    boxes: [
      [dog, 20, dog + 10, 30],
      [cat, 20, cat + 8, 30],
    ],
  }
}
const scenes = Array.from({ length: 40 }, (_, t) => scene(t, t % 2 === 0))
const counter = frequencyCounter(names)
scenes.forEach(counter.add)
const table = counter.table()

const half = (part: 0 | 1): FrequencyTable => {
  const counter = frequencyCounter(names)
  scenes.filter(({ id }) => Number(id) % 4 < 2 === (part === 0)).forEach(counter.add)
  return counter.table()
}

describe('frequencies without some scenes that were counted', () => {
  it('are those of the others', () => {
    const expected = pairFrequencies(half(1))([1, 2, 1])
    expect(pairFrequencies(table, half(0))([1, 2, 1])).toEqual(expected)
    const counted = frequencyPredictor(table, half(0)).predict(scenes[0], 'predcls')
    expect(counted).toEqual(frequencyPredictor(half(1)).predict(scenes[0], 'predcls'))
  })

  it('are no relation, where no other scene has the two classes', () => {
    const { data } = pairFrequencies(table, table)([1, 2])
    expect(Array.from(data)).toEqual([0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0])
  })

  it('are refused where more is taken off than there is', () => {
    expect(() => pairFrequencies(half(0), table)).toThrow(
      'pairFrequencies: subtracted counts must be at most the total counts, got 20 of 10',
    )
  })
})

describe('an image with numbers beyond those of a network', () => {
  const { input } = networkScenes(table, 'sgcls')
  const given: AnnotatedScene = {
    ...scene(1, true),
    objectLogits: [
      [0, 1, 2],
      [0, 2, 1],
    ],
  }
  const { pair, node } = boxFeatureCounts
  it.each<[string, Partial<AnnotatedScene>]>([
    [
      'boxes',
      {
        boxes: [
          [0, 0, 1e200, 1e200],
          [0, 0, 1e-200, 1e-200],
        ],
        width: 1e200,
      },
    ],
    [
      'objectLogits',
      {
        objectLogits: [
          [0, -1e10, 1],
          [0, 1, 2],
        ],
      },
    ],
    ['relationLogits', { relationLogits: [[0, 1, [0, -1.1e9, 0]]] }],
  ])('is refused for its %s', (field, more) => {
    const work = () => input({ ...given, ...more })
    expect(work).toThrow(`image 1: ${field}: expected numbers of at most 1e9`)
  })

  it('is none if they are as large as these can be', () => {
    const large = 1e9
    const { objects, relations, nodeFeatures, pairFeatures } = input({
      ...given,
      objectLogits: [
        [0, large, 0],
        [0, 0, 1],
      ],
      relationLogits: [[0, 1, [0, -large, 0]]],
    })
    expect(objects.data[1]).toBe(large)
    expect(relations.data[4]).toBe(-large)
    expect([nodeFeatures?.data.length, pairFeatures?.data.length]).toEqual([2 * node, 4 * pair])
  })
})

describe('a network on annotated images', () => {
  it('improves on the counts by where boxes are, which its baseline without context does, too', () => {
    const { labeled } = networkScenes(table, 'predcls', half(0))
    const baseline = new PerObjectPredictor(sizes)
    baseline.initialize(stream(2))
    for (const network of [sceneGraphPredictor(sizes, stream(2)), baseline]) {
      const { history } = trainPredictor(network, {
        train: { length: 30, scene: (i, source) => labeled(scenes[i], source) },
        valid: { length: 10, scene: (i, source) => labeled(scenes[30 + i], source) },
        source: stream(3),
        batch: 10,
        steps: 150,
        every: 50,
        loss: { objects: 0, none: 1 },
        rate: 0.02,
      }).checkpoint
      expect(history).toHaveLength(3)
      const predictor = networkPredictor(network, table, 'predcls')
      for (const left of [true, false]) {
        const { classes, scores, predicates } = predictor.predict(scene(99, left))
        expect(classes).toEqual([1, 2])
        expect(scores).toBeUndefined()
        // the counts say 1/2; the diagonal stays empty
        expect(predicates.data[3 + (left ? 1 : 2)]).toBeGreaterThan(0.8)
        expect(Array.from(predicates.data.subarray(0, 3))).toEqual([0, 0, 0])
        expect(predicates.data.subarray(3, 6).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
      }
    }
  })

  it.each(['network', 'per-object'] as const)(
    'as %s begins its training at the counts',
    (model) => {
      const options = { ...networkDefaults, model, hidden: 8 }
      const given = { options, task: 'predcls', table, scenes, source: stream(5) } as const
      const { network } = networkTraining(given)
      const mixed: AnnotatedScene = {
        ...scene(7, true),
        boxes: [...scene(7, true).boxes, [5, 5, 9, 9]],
        classes: [1, 2, 1],
      }
      const begun = networkPredictor(network, table, 'predcls').predict(mixed).predicates
      // scores are the counts' logarithms, of which gates let σ(4) through in each round
      const passed = (1 / (1 + Math.exp(-4))) ** (model === 'network' ? options.steps : 1)
      const { data } = networkScenes(table, 'predcls').input(mixed).relations
      for (let pair = 0; pair < 9; pair++) {
        if (pair % 4 === 0) continue
        const weights = data.subarray(3 * pair, 3 * pair + 3).map((x) => Math.exp(passed * x))
        const sum = weights.reduce((total, x) => total + x, 0)
        weights.forEach((weight, p) => {
          expect(begun.data[3 * pair + p]).toBeCloseTo(weight / sum, 6)
        })
      }
    },
  )

  it('in sgcls starts from the detector, and answers with its own best classes', () => {
    const given: AnnotatedScene = {
      ...scene(5, true),
      objectLogits: [
        [0, 2, 1],
        [9, 0, 1],
      ],
      relationLogits: [[1, 0, [0, 1, 2]]],
    }
    const { input, labeled } = networkScenes(table, 'sgcls')
    const { objects, relations, nodeFeatures } = input(given)
    expect(Array.from(objects.data)).toEqual([0, 2, 1, 9, 0, 1])
    expect(Array.from(relations.data.subarray(6, 9))).toEqual([0, 1, 2])
    // a pair that is not listed has no relation
    expect(Array.from(relations.data.subarray(3, 6))).toEqual([Math.log(1000), 0, 0])
    // the second box is less sure to be what it looks like most
    expect(Array.from(nodeFeatures?.data.subarray(11, 13) ?? [])).toEqual([1, 0])
    expect(Array.from(labeled(given, stream(1)).classes)).toEqual([1, 2])
    const network = sceneGraphPredictor(sizes, stream(2))
    const found = networkPredictor(network, table, 'sgcls').predict(given)
    const { objects: logs } = network.predict([input(given)])
    found.classes.forEach((label, i) => {
      expect(label).toBeGreaterThan(0)
      expect(found.scores?.[i]).toBe(Math.exp(logs[3 * i + label]))
    })
  })

  it('is asked for each of several predicates of a pair in turn', () => {
    const both: AnnotatedScene = {
      ...scene(6, true),
      relations: [
        [0, 1, 1],
        [0, 1, 2],
      ],
    }
    const { labeled } = networkScenes(table, 'predcls')
    const source = stream(4)
    const asked = Array.from({ length: 20 }, () => labeled(both, source).predicates[1])
    expect(new Set(asked)).toEqual(new Set([1, 2]))
  })

  it('is refused where it does not fit the names, or images lack what they need', () => {
    const other = sceneGraphPredictor({ ...sizes, classes: 4 })
    expect(() => networkPredictor(other, table, 'predcls')).toThrow(
      'networkPredictor: expected a network of 3 classes and 3 predicates, got 4 and 3',
    )
    const sgcls = networkPredictor(sceneGraphPredictor(sizes), table, 'sgcls')
    expect(() => sgcls.predict(scenes[0])).toThrow(/image 0: objectLogits: expected/)
    const predcls = networkPredictor(sceneGraphPredictor(sizes), table, 'predcls')
    const { id, width, height, boxes } = scenes[0]
    expect(() => predcls.predict({ id, width, height, boxes })).toThrow(
      /image 0: classes: expected/,
    )
    const empty = { id, width, height, boxes: [], classes: [] }
    expect(predcls.predict(empty).predicates.rows).toBe(0)
  })
})

describe('images with more boxes than there is room for', () => {
  const crowd = (n: number): AnnotatedScene => ({
    id: 'crowd',
    width: 100,
    height: 100,
    classes: new Array<number>(n).fill(1),
    boxes: Array.from({ length: n }, () => [0, 0, 1, 1] as const),
  })

  it('are refused before anything is made of them', () => {
    expect(() => networkScenes(table, 'predcls').input(crowd(7000))).toThrow(
      'image "crowd": boxes: 7000 are too many for this network, which uses all 48993000 pairs (their scores alone take 1.10 GiB); drop boxes or the image',
    )
  })

  it('are named where the network has no room', () => {
    const network = sceneGraphPredictor(sizes, stream(1))
    network.predict = () => {
      throw new RoomError(2 ** 30, 'must fit in 4 GiB')
    }
    expect(() => networkPredictor(network, table, 'predcls').predict(crowd(3))).toThrow(
      /^image "crowd": boxes: 3 are too many .* \(structured: layers, .* must fit in 4 GiB, got 4.00 GiB\)/,
    )
  })
})
