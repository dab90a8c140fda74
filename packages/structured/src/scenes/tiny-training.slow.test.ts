import { stream } from '@nonconvex/tensor'
import { expect, it } from 'vitest'
import { PerObjectPredictor } from './per-object.js'
import { sceneGraphPredictor } from './predictor.js'
import type { LabeledScene } from './scene.js'
import { tinyScene } from './tiny.js'
import { tinyAnswers } from './tiny-bayes.js'
import { trainPredictor } from './train.js'

const sizes = { classes: 7, predicates: 4, hidden: 32 }

const accuracy = (
  predict: (some: readonly LabeledScene[]) => { objects: Float64Array },
  some: readonly LabeledScene[],
): number => {
  const { objects } = predict(some)
  const truth = some.flatMap(({ classes }) => [...classes])
  const right = truth.filter((c, i) => {
    const row = objects.subarray(7 * i, 7 * i + 7)
    return row.indexOf(Math.max(...row)) === c
  })
  return right.length / truth.length
}

it('on tiny scenes beats the best rule for single objects, which a network without context does not', () => {
  const train = Array.from({ length: 2500 }, (_, t) => tinyScene(stream(7).child('train', t)))
  const test = Array.from({ length: 400 }, (_, t) => tinyScene(stream(7).child('test', t)))
  const predictor = sceneGraphPredictor({ ...sizes, attention: 'none', steps: 1 }, stream(2))
  const alone = new PerObjectPredictor({ ...sizes })
  alone.initialize(stream(2))
  for (const each of [predictor, alone])
    trainPredictor(each, {
      train,
      valid: train.slice(0, 100),
      source: stream(3),
      steps: 450,
      loss: { objects: 1, none: 1 },
    })
  const rules = test.map((scene) => tinyAnswers(scene))
  const rule = (name: 'own' | 'joint'): number =>
    test.reduce(
      (sum, { classes }, t) => sum + classes.filter((c, i) => rules[t][name][i] === c).length / 5,
      0,
    ) / test.length
  const joint = accuracy((some) => predictor.predict(some), test)
  const single = accuracy((some) => alone.predict(some), test)
  expect(joint).toBeGreaterThan(rule('own') + 0.06)
  expect(joint).toBeLessThan(rule('joint') + 0.02)
  expect(single).toBeLessThan(rule('own') + 0.02)
  expect(single).toBeGreaterThan(rule('own') - 0.05)
})
