import { demoVocabulary, type DemoScene } from '@nonconvex/structured/demo'
import { expect, test } from 'vitest'
import {
  changedCount,
  describeFeatures,
  permutedScene,
  correctCount,
  attentionWeights,
  shownScene,
} from './permuted-scene.js'
import type { Prediction, Predictions } from './messages.js'

const classOf = (name: string) => demoVocabulary.classes.indexOf(name)
const predicateOf = (name: string) => demoVocabulary.predicates.indexOf(name)
const [man, bike, motorcycle, dog] = ['man', 'bike', 'motorcycle', 'dog'].map(classOf)
const [riding, near, on] = ['riding', 'near', 'on'].map(predicateOf)

const scene: DemoScene = {
  id: 'park-1',
  kind: 'park',
  width: 640,
  height: 480,
  boxes: [
    [0, 0, 10, 10],
    [20, 20, 30, 30],
    [40, 40, 50, 50],
  ],
  classes: [man, bike, dog],
  relations: [[0, 1, riding]],
  actual: [
    [0, 1, riding],
    [2, 0, near],
  ],
  objectLogits: [],
  relationLogits: [],
}
const asMade = permutedScene(scene, [0, 1, 2])

const prediction = (
  classes: readonly number[],
  relations?: Prediction['relations'],
): Prediction => ({
  classes,
  probabilities: [1, 1, 1],
  difference: 0,
  was: [man, bike, dog],
  ...(relations && { relations }),
})
const predictionsOf = (joint: Prediction): Predictions => ({
  alone: prediction([man, bike, dog]),
  joint,
  ordered: prediction([man, bike, bike]),
})

test('in another order every object keeps its box, its class and its relations', () => {
  const turned = permutedScene(scene, [2, 0, 1])
  expect(turned.boxes[0]).toBe(scene.boxes[2])
  expect(turned.classes).toEqual([dog, man, bike])
  expect(turned.relations).toEqual([[1, 2, riding]])
  expect(turned.actual).toEqual([
    [1, 2, riding],
    [0, 1, near],
  ])
})

test('without predictions, or with the true labels selected, the picture shows the true labels', () => {
  const predictions = predictionsOf(prediction([man, motorcycle, dog], []))
  const truth = shownScene(asMade, 'joint', undefined)
  expect(shownScene(asMade, 'true', predictions)).toEqual(truth)
  expect(truth.objects.map(({ name }) => name)).toEqual(['man', 'bike', 'dog'])
  expect(truth.relations).toEqual([{ subject: 0, object: 1, name: 'riding', is: 'correct' }])
})

test('a wrong label has the true one beside it', () => {
  const { objects } = shownScene(asMade, 'joint', predictionsOf(prediction([man, motorcycle, dog])))
  expect(objects.map(({ name, trueName }) => [name, trueName])).toEqual([
    ['man', undefined],
    ['motorcycle', 'bike'],
    ['dog', undefined],
  ])
  expect(correctCount(prediction([man, motorcycle, dog]), asMade)).toBe(2)
})

test('relations are correct, true but not annotated, or wrong', () => {
  const predicted = prediction(
    [man, bike, dog],
    [
      [0, 1, riding],
      [2, 0, near],
      [2, 1, on],
    ],
  )
  const kinds = (of: Prediction) =>
    shownScene(asMade, 'joint', predictionsOf(of)).relations.map(({ is }) => is)
  expect(kinds(predicted)).toEqual(['correct', 'unannotated', 'wrong'])
  // with a wrong class at one end no relation is correct
  expect(kinds({ ...predicted, classes: [man, motorcycle, dog] })).toEqual([
    'wrong',
    'unannotated',
    'wrong',
  ])
})

test('a model that says nothing of pairs shows no relations', () => {
  const predictions = predictionsOf(prediction([man, bike, dog]))
  expect(shownScene(asMade, 'ordered', predictions).relations).toEqual([])
})

test('labels that are others than in the order as made are counted', () => {
  expect(changedCount(prediction([man, bike, dog]))).toBe(0)
  expect(changedCount(prediction([man, dog, bike]))).toBe(2)
})

test('attention weights exclude the object itself, largest first', () => {
  expect(attentionWeights([0.3, 0, 0.7], 1)).toEqual([
    { to: 2, weight: 0.7 },
    { to: 0, weight: 0.3 },
  ])
})

test('features of a counterexample are named', () => {
  const node = demoVocabulary.classes.map((name) =>
    name === 'sand' ? -1 : name === 'kite' ? 2.5 : 0,
  )
  expect(describeFeatures(node)).toBe('kite 2.5, sand −1')
  expect(describeFeatures(node.map(() => 0))).toBe('all scores 0')
})
