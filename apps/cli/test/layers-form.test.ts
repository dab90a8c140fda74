import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { labelOutputs, labelProbabilities, readSparseLines } from '@nonconvex/structured/multilabel'
import { startEngine } from '@nonconvex/tensor/engine'
import { describe, expect, it } from 'vitest'
import { readModel } from '../src/models/model-folder.js'
import { multilabelModelOf } from '../src/models/multilabel-document.js'
import { cli, scratch } from './harness.js'

const rows = Array.from(
  { length: 60 },
  (_, i) => `${i % 3} 1:${i % 2} 2:${100 + 7 * (i % 5)} 3:1\n`,
)

describe('the layers of a multilabel model', () => {
  it.each([[[]], [['--counted']], [['--hidden', '0']]])(
    'are loaded by tf.loadLayersModel and give the same outputs: %j',
    async (flags) => {
      const folder = scratch()
      const at = (name: string): string => join(folder, name)
      writeFileSync(at('a.svm'), rows.join(''))
      const done = await cli([
        ...['fit', 'multilabel', at('a.svm'), '--epochs', '3', '--hidden', '7', ...flags],
        ...['--out', at('model')],
      ])
      expect(done.status, done.err).toBe(0)
      const { tf } = await startEngine({ backend: 'cpu' })
      const { modelTopology, weightsManifest } = JSON.parse(
        readFileSync(at('model/layers.json'), 'utf8'),
      ) as {
        readonly modelTopology: object
        readonly weightsManifest: readonly [
          { readonly weights: Parameters<typeof tf.io.decodeWeights>[1] },
        ]
      }
      const weightData = new Uint8Array(readFileSync(at('model/layers.bin'))).buffer
      const layers = await tf.loadLayersModel(
        tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }),
      )
      const data = await readSparseLines(rows)
      const { network } = multilabelModelOf(readModel(at('model')))
      const x = new Float32Array(data.rows * data.features.length)
      for (let r = 0; r < data.rows; r++)
        for (let t = data.x.start[r]; t < data.x.start[r + 1]; t++)
          x[r * data.features.length + data.x.index[t]] = data.x.value[t]
      const found = layers.predict(tf.tensor2d(x, [data.rows, data.features.length]))
      if (Array.isArray(found)) throw new Error('one output is expected')
      const ours =
        network.counts === 0 ? labelProbabilities(network, data) : labelOutputs(network, data)
      const theirs = await found.data()
      expect(theirs.length).toBe(ours.length)
      ours.forEach((output, i) => expect(theirs[i]).toBeCloseTo(output, 4))

      expect((await cli(['verify', at('model')])).status).toBe(0)
      const bytes = readFileSync(at('model/layers.bin'))
      bytes[0] ^= 1
      writeFileSync(at('model/layers.bin'), bytes)
      const changed = await cli(['verify', at('model')])
      expect(changed.status).toBe(1)
      expect(changed.out + changed.err).toContain('layers.bin')
    },
  )
})
