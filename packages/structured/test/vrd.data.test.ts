import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { describeWithData } from '@tooling/vitest/requires'
import { expect, it } from 'vitest'
import { frequencyCounter, frequencyPredictor, seenIn } from '../src/baselines/index.js'
import { sceneMeter, type EvaluateOptions, type SceneEvaluation } from '../src/recall/index.js'
import {
  boxOddity,
  exchangeLine,
  readExchange,
  readVrd,
  type AnnotatedScene,
} from '../src/load/index.js'

const percent = (x: number | null): string => (100 * (x ?? NaN)).toFixed(2)
const row = (
  { at }: SceneEvaluation,
  which: 'recall' | 'meanRecall' | 'zeroShot',
): readonly string[] => at.map((each) => percent(each[which]))

describeWithData('VRD', 'scene-graphs', (folder) => {
  const file = (name: string) => createReadStream(join(folder, name))

  it(
    'has the frequency baseline of the reference, to its digits',
    { timeout: 300_000 },
    async () => {
      const train = await readExchange(file('vrd-train.ndjson'))
      const counter = frequencyCounter(train.header)
      const found = { images: 0, boxes: 0, relations: 0, odd: 0 }
      for await (const scene of train.scenes) {
        counter.add(scene)
        found.images++
        found.boxes += scene.boxes.length
        found.relations += scene.relations?.length ?? 0
        found.odd += scene.boxes.filter((box) => boxOddity(box, scene) !== undefined).length
      }
      expect(found).toEqual({ images: 4000, boxes: 26_430, relations: 30_272, odd: 5 })
      const predictor = frequencyPredictor(counter.table())
      const seen = seenIn(counter.table())
      const meters = [
        { constrained: true, absent: 'zero' },
        { constrained: false, absent: 'zero' },
        { constrained: true, absent: 'skip' },
        { constrained: false, absent: 'skip' },
      ].map((options) => sceneMeter({ ...(options as EvaluateOptions), predicates: 70, seen }))
      const test = await readExchange(file('vrd-test.ndjson'))
      for await (const scene of test.scenes) {
        const { boxes, classes = [], relations = [] } = scene
        const prediction = predictor.predict(scene, 'predcls')
        for (const meter of meters) meter.add({ truth: { boxes, classes, relations }, prediction })
      }
      const [constrained, free, constrainedSkip, freeSkip] = meters.map((meter) => meter.result())
      expect(constrained.images).toBe(954)
      expect(row(constrained, 'recall')).toEqual(['43.80', '50.34', '51.86'])
      expect(row(free, 'recall')).toEqual(['51.90', '68.08', '77.66'])
      expect(row(constrained, 'meanRecall')).toEqual(['7.80', '9.76', '10.22'])
      expect(row(free, 'meanRecall')).toEqual(['13.18', '27.44', '37.31'])
      expect(row(constrainedSkip, 'meanRecall')).toEqual(['8.67', '10.84', '11.35'])
      expect(row(freeSkip, 'meanRecall')).toEqual(['14.65', '30.49', '41.45'])
      expect(row(constrained, 'zeroShot')).toEqual(['1.43', '2.88', '3.96'])
      expect(row(free, 'zeroShot')).toEqual(['2.18', '6.29', '9.73'])
      expect(constrained.ceiling).toBeCloseTo(0.927, 3)
      expect(free.ceiling).toBe(1)
    },
  )

  it('is read from the published files as it lies in the exchange format', async () => {
    const original = await readVrd(
      {
        annotations: file('vrd-original/annotations_test.json'),
        objects: file('vrd-original/objects.json'),
        predicates: file('vrd-original/predicates.json'),
        sizes: file('vrd-original/test_image_metadata.json'),
      },
      'test',
    )
    const exchange = await readExchange(file('vrd-test.ndjson'))
    expect(original.header).toEqual(exchange.header)
    const all = async (scenes: AsyncIterable<AnnotatedScene>): Promise<string[]> => {
      const lines: string[] = []
      for await (const scene of scenes) lines.push(exchangeLine(scene, exchange.header))
      return lines
    }
    const [read, kept] = [await all(original.scenes), await all(exchange.scenes)]
    expect(read).toHaveLength(999)
    expect(read).toEqual(kept)
    expect([...original.dropped]).toEqual([
      ['relations of an object with itself', 26],
      ['images without a size', 1],
    ])
  })
})
