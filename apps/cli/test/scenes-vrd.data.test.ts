import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { experiments, parseResult } from '@nonconvex/experiments'
import { verdictOn } from '@nonconvex/optim/claims'
import { frequencyPredictor } from '@nonconvex/structured/baselines'
import { networkAboveCounts } from '@nonconvex/structured/scenes'
import {
  evaluateScenes,
  type EvaluateOptions,
  type Scene,
  type ScenePredictor,
} from '@nonconvex/structured/recall'
import type { AnnotatedScene } from '@nonconvex/structured/load'
import { describeWithData } from '@tooling/vitest/requires'
import { expect, it } from 'vitest'
import { readModel } from '../src/models/model-folder.js'
import { openNetwork } from '../src/scenes/network-model.js'
import { readScenes } from '../src/scenes/read-scenes.js'
import { countsOf } from '../src/scenes/scene-models.js'
import { cli, scratch } from './harness.js'

// One round of the layer, with sums, at twice the rate: five passes over the images, each a third
// of the time of the default network's, and enough to be above the counts.
const small = '--steps 1 --attention none --rate 0.002 --epochs 5'.split(' ')

interface Recalls {
  readonly at: readonly { readonly recall: number }[]
}
interface Scores {
  readonly constrained: Recalls
  readonly unconstrained: Recalls
}
const percents = ({ at }: Recalls): readonly number[] => at.map(({ recall }) => 100 * recall)

async function predicted(
  predictor: ScenePredictor,
  scenes: readonly AnnotatedScene[],
): Promise<Scene[]> {
  const all: Scene[] = []
  for (const scene of scenes) {
    const { boxes, classes = [], relations = [] } = scene
    const prediction = await predictor.predict(scene, 'predcls')
    all.push({ truth: { boxes, classes, relations }, prediction })
  }
  return all
}

/**
 * Recall at 50 of one minus that of the other, image by image: the mean, its standard error, and
 * how many images.
 */
function gainOf(learned: readonly Scene[], counts: readonly Scene[], options: EvaluateOptions) {
  const each = (scene: Scene) => evaluateScenes([scene], { ...options, at: [50] }).at[0].recall
  const gains = learned.flatMap((scene, i) => {
    const [above, below] = [each(scene), each(counts[i])]
    return above === null || below === null ? [] : [above - below]
  })
  const images = gains.length
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / images
  const spread = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0)
  return { mean, error: Math.sqrt(spread / (images - 1) / images), images }
}

describeWithData('scenes of VRD', 'scene-graphs', (folder) => {
  const data = join(folder, 'vrd-train.ndjson')

  it(
    'have the counts to the digits of the reference, and a network above them',
    { timeout: 3_600_000 },
    async () => {
      const out = join(scratch(), 'model')
      const test = join(folder, 'vrd-test.ndjson')
      const fit = ['fit', 'scenes', data, '--test', test, '--model', 'network', ...small]
      const done = await cli([...fit, '--out', out, '--json'])
      expect(done.status, done.err).toBe(0)
      const { training } = JSON.parse(done.out) as {
        readonly training: { readonly baseline: Scores; readonly test: Scores }
      }
      for (const [rule, digits] of [
        ['constrained', ['43.80', '50.34', '51.86']],
        ['unconstrained', ['51.90', '68.08', '77.66']],
      ] as const) {
        const counts = percents(training.baseline[rule])
        expect(counts.map((r) => r.toFixed(2))).toEqual(digits)
        const network = percents(training.test[rule])
        console.log(`VRD, ${rule}: network ${network.map((r) => r.toFixed(2)).join(' / ')}`)
        network.forEach((r, i) => expect(r).toBeGreaterThan(counts[i]))
      }

      // the claim of structured/scenes, decided by the differences of all test images
      const files = await readScenes(data, test, new AbortController().signal)
      const model = readModel(out)
      const table = countsOf(model, files.train)
      const scenes = files.test?.scenes ?? []
      const learned = await predicted(openNetwork(table, model), scenes)
      const counts = await predicted(frequencyPredictor(table), scenes)
      const predicates = table.predicates.length - 1
      const gains = [true, false].map((constrained) =>
        gainOf(learned, counts, { predicates, constrained }),
      )
      expect(gains.map(({ images }) => images)).toEqual([954, 954])
      const verdict = verdictOn(networkAboveCounts, {
        gains,
        images: gains[0].images,
        passes: 5,
      })
      console.log(verdict.statement)
      expect(verdict.status).toBe('holds')
    },
  )

  it(
    'have the same digits in structured/scenes, which claims nothing of a network after one pass',
    { timeout: 3_600_000 },
    async () => {
      const out = join(scratch(), 'out')
      const little = { train: 100, test: 20, steps: 10, hidden: 2, seeds: 1, data }
      const set = Object.entries(little).flatMap(([name, x]) => ['--set', `${name}=${x}`])
      const line = ['run', 'structured/scenes', ...set, '--out', out]
      const done = await cli(line, { experiments })
      expect(done.status, done.err).toBeLessThan(2)
      const result = parseResult(readFileSync(join(out, 'result.json'), 'utf8'), out)
      const table = result.tables.find(({ id }) => id === 'data-recall')
      const column = (name: string): number =>
        table?.columns.findIndex((each) => each.name === name) ?? -1
      const counts = table?.rows
        .filter((row) => row[column('from')] === 'frequency')
        .map((row) => ['r20', 'r50', 'r100'].map((k) => Number(row[column(k)]).toFixed(2)))
      expect(counts).toEqual([
        ['43.80', '50.34', '51.86'],
        ['51.90', '68.08', '77.66'],
      ])
      const verdict = result.verdicts.find(({ claim }) => claim === networkAboveCounts.id)
      expect(verdict?.status).toBe('inapplicable')
      expect(verdict?.hypotheses.map(({ status }) => status)).toEqual(['holds', 'fails'])
    },
  )
})
