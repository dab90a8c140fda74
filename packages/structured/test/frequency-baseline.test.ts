import { expect, it } from 'vitest'
import { frequencyCounter, frequencyPredictor } from '../src/baselines/index.js'
import { sceneMeter } from '../src/recall/index.js'
import { exchangeHeader, readExchange } from '../src/load/index.js'

const names = { classes: ['none', 'dog', 'cat'], predicates: ['none', 'near', 'on'] }

it('three images counted by hand have the baseline worked out by hand', async () => {
  const header = exchangeHeader({ dataset: 'VRD', split: '', ...names })
  const line = (id: number, relations: readonly (readonly [number, number, number])[]) =>
    JSON.stringify({
      id,
      width: 9,
      height: 9,
      boxes: [
        [0, 0, 4, 4],
        [5, 5, 9, 9],
      ],
      classes: [1, 2],
      relations,
    })
  const train = await readExchange([
    [header, line(1, [[0, 1, 2]]), line(2, []), line(3, [[0, 1, 1]])].join('\n'),
  ])
  const counter = frequencyCounter(train.header)
  for await (const scene of train.scenes) counter.add(scene)
  const meter = sceneMeter({ constrained: true, predicates: 2, at: [1, 2] })
  const test = await readExchange([
    [
      header,
      line(4, [[0, 1, 1]]),
      line(5, [
        [0, 1, 2],
        [1, 0, 1],
      ]),
    ].join('\n'),
  ])
  for await (const scene of test.scenes) {
    const { boxes, classes = [], relations = [] } = scene
    const prediction = frequencyPredictor(counter.table()).predict(scene, 'predcls')
    meter.add({ truth: { boxes, classes, relations }, prediction })
  }
  // both predicates have 1/3, so number 1 is named; then comes (cat, dog) with 0, by its first
  // predicate
  expect(meter.result().at.map(({ recall }) => recall)).toEqual([1 / 2, 3 / 4])
})
