import { demoVocabulary, type DemoScene } from '@nonconvex/structured'
import { expect, test } from 'vitest'
import {
  changedCount,
  featuresInWords,
  listed,
  rightCount,
  sharesOf,
  shownScene,
} from './listed.js'
import type { Answer, Answers } from './messages.js'

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
const asMade = listed(scene, [0, 1, 2])

const answer = (classes: readonly number[], relations?: Answer['relations']): Answer => ({
  classes,
  sure: [1, 1, 1],
  moved: 0,
  was: [man, bike, dog],
  ...(relations && { relations }),
})
const answersOf = (joint: Answer): Answers => ({
  alone: answer([man, bike, dog]),
  joint,
  ordered: answer([man, bike, bike]),
})

test('in another order every object keeps its box, its class and its relations', () => {
  const turned = listed(scene, [2, 0, 1])
  expect(turned.boxes[0]).toBe(scene.boxes[2])
  expect(turned.classes).toEqual([dog, man, bike])
  expect(turned.relations).toEqual([[1, 2, riding]])
  expect(turned.actual).toEqual([
    [1, 2, riding],
    [0, 1, near],
  ])
})

test('without answers, and where the true labels are asked for, the picture shows the truth', () => {
  const answers = answersOf(answer([man, motorcycle, dog], []))
  const truth = shownScene(asMade, 'joint', undefined)
  expect(shownScene(asMade, 'true', answers)).toEqual(truth)
  expect(truth.objects.map(({ name }) => name)).toEqual(['man', 'bike', 'dog'])
  expect(truth.relations).toEqual([{ subject: 0, object: 1, name: 'riding', is: 'right' }])
})

test('a wrong label has the true one beside it', () => {
  const { objects } = shownScene(asMade, 'joint', answersOf(answer([man, motorcycle, dog])))
  expect(objects.map(({ name, instead }) => [name, instead])).toEqual([
    ['man', undefined],
    ['motorcycle', 'bike'],
    ['dog', undefined],
  ])
  expect(rightCount(answer([man, motorcycle, dog]), asMade)).toBe(2)
})

test('relations are right, true but left out by annotators, or wrong', () => {
  const said = answer(
    [man, bike, dog],
    [
      [0, 1, riding],
      [2, 0, near],
      [2, 1, on],
    ],
  )
  const kinds = (of: Answer) =>
    shownScene(asMade, 'joint', answersOf(of)).relations.map(({ is }) => is)
  expect(kinds(said)).toEqual(['right', 'left out', 'wrong'])
  // with a wrong class at one end nothing is right
  expect(kinds({ ...said, classes: [man, motorcycle, dog] })).toEqual([
    'wrong',
    'left out',
    'wrong',
  ])
})

test('a model that says nothing of pairs shows no relations', () => {
  const answers = answersOf(answer([man, bike, dog]))
  expect(shownScene(asMade, 'ordered', answers).relations).toEqual([])
})

test('labels that are others than in the order as made are counted', () => {
  expect(changedCount(answer([man, bike, dog]))).toBe(0)
  expect(changedCount(answer([man, dog, bike]))).toBe(2)
})

test('shares of attention come without the object itself, the largest first', () => {
  expect(sharesOf([0.3, 0, 0.7], 1)).toEqual([
    { to: 2, share: 0.7 },
    { to: 0, share: 0.3 },
  ])
})

test('features of a counterexample are named', () => {
  const node = demoVocabulary.classes.map((name) =>
    name === 'sand' ? -1 : name === 'kite' ? 2.5 : 0,
  )
  expect(featuresInWords(node)).toBe('kite 2.5, sand −1')
  expect(featuresInWords(node.map(() => 0))).toBe('all scores 0')
})
