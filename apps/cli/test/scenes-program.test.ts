import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { File as H5File } from 'h5wasm/node'
import { describe, expect, it } from 'vitest'
import { cli, scratch } from './harness.js'
import { program } from './program.js'
import { testScenes, writeScenes, writeVg150 } from './scene-files.js'

describe('scene graphs, commands in processes of their own', () => {
  it('go from a file of VG150 to a model, to predictions, to their recall', async () => {
    const folder = scratch()
    const at = (name: string) => join(folder, name)
    const vg = await writeVg150(at('vg'))

    // the first 5000 images of the training part are for validation: this file has no others
    const none = await cli(['fit', 'scenes', vg, '--out', at('model')])
    expect(none).toMatchObject({ status: 2, out: '' })
    expect(none.err).toMatch(/vg: .*--split all or val/)

    const fit = await program([
      'fit',
      'scenes',
      vg,
      '--split',
      'val',
      '--out',
      at('model'),
      '--json',
    ])
    expect(fit.status, fit.err).toBe(0)
    const model = JSON.parse(fit.out) as { [name: string]: unknown }
    expect(model).toMatchObject({
      schema: 'nonconvex/model@3',
      kind: 'scenes',
      parameters: { model: 'frequency' },
      classes: ['__background__', 'dog', 'cat', 'tree'],
      training: {
        data: { format: 'vg150', images: 2, boxes: 5, relations: 4, unrelated: 4, odd: 0 },
      },
    })
    expect(readdirSync(at('model')).sort()).toEqual([
      '.nonconvex',
      'index.html',
      'model.json',
      'weights.safetensors',
    ])
    expect(JSON.parse(readFileSync(at('model/model.json'), 'utf8'))).toEqual(model)

    const predict = await program([
      'predict',
      at('model'),
      join(vg, 'VG-SGG.h5'),
      '--out',
      at('p.ndjson'),
      '--pictures',
      at('pictures'),
    ])
    expect(predict.status, predict.err).toBe(0)
    const [header, ...lines] = readFileSync(at('p.ndjson'), 'utf8').trimEnd().split('\n')
    expect(JSON.parse(header)).toMatchObject({ dataset: 'VG150', split: 'test' })
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        id: 21,
        width: 512,
        height: 1024,
        boxes: testScenes[0].boxes,
        classes: [1, 2, 3],
        relationScores: [
          [0, 1, 1, 1],
          [0, 2, 2, 1],
          [1, 0, 1, 0.5],
        ],
      },
    ])
    const pictures = readdirSync(at('pictures')).sort()
    expect(pictures).toEqual(['001-21-annotated.svg', '001-21-predicted.svg'])
    expect(readFileSync(at('pictures/001-21-predicted.svg'), 'utf8')).toMatch(/>under<\/text>/)

    const byModel = await program(['evaluate', at('model'), vg, '--json'])
    const byFile = await program([
      'evaluate',
      '--predictions',
      at('p.ndjson'),
      vg,
      '--train',
      vg,
      '--json',
    ])
    expect(byModel.status, byModel.err).toBe(0)
    expect(byFile.status, byFile.err).toBe(0)
    const found = JSON.parse(byModel.out) as { scores: { [name: string]: unknown } }
    expect(found).toMatchObject({
      kind: 'scenes',
      task: 'predcls',
      images: 1,
      inclusive: true,
      trainedOn: false,
    })
    // all pairs fit into 20, and the constrained choice for tree, dog is by number
    expect(found.scores['constrained']).toEqual({
      at: [20, 50, 100].map((k) => ({ k, recall: 1, meanRecall: 1, zeroShot: 1 })),
      ceiling: 1,
      images: 1,
    })
    // the part called train is empty here: all triplets are new
    expect((JSON.parse(byFile.out) as typeof found).scores).toEqual(found.scores)
  })

  it('go the same way with a network', async () => {
    const folder = scratch()
    const at = (name: string) => join(folder, name)
    const vg = await writeVg150(at('vg'))
    const fit = await program([
      'fit',
      'scenes',
      vg,
      '--split',
      'val',
      '--model',
      'network',
      '--hidden',
      '8',
      '--epochs',
      '60',
      '--test',
      vg,
      '--out',
      at('model'),
    ])
    expect(fit.status, fit.err).toBe(0)
    expect(fit.out).toMatch(/training images +1\n/)
    expect(fit.out).toMatch(/recall, no graph constraint: network +100 +100 +100 +100/)
    const predict = await program(['predict', at('model'), vg, '--out', at('p.ndjson')])
    expect(predict.status, predict.err).toBe(0)
    const [, line] = readFileSync(at('p.ndjson'), 'utf8').split('\n')
    const { relationScores, classes } = JSON.parse(line) as {
      readonly relationScores: readonly (readonly number[])[]
      readonly classes: readonly number[]
    }
    expect(classes).toEqual([1, 2, 3])
    // every predicate of every pair, and the true ones of dog, cat and dog, tree are likelier than
    // the others
    expect(relationScores).toHaveLength(6 * 2)
    const scoreOf = (s: number, o: number, p: number): number =>
      relationScores.find((row) => row[0] === s && row[1] === o && row[2] === p)?.[3] ?? NaN
    expect(scoreOf(0, 1, 1)).toBeGreaterThan(scoreOf(0, 1, 2))
    const scores = async (argv: readonly string[]) => {
      const done = await cli([...argv, '--json'])
      expect(done.status, done.err).toBe(0)
      return (JSON.parse(done.out) as { scores: unknown }).scores
    }
    expect(await scores(['evaluate', '--predictions', at('p.ndjson'), vg, '--train', vg])).toEqual(
      await scores(['evaluate', at('model'), vg]),
    )
  })

  it('are refused where the HDF5 file was cut short or lacks data sets', async () => {
    const folder = scratch()
    const path = join(await writeVg150(join(folder, 'vg')), 'VG-SGG.h5')
    const bytes = readFileSync(path)
    for (const length of [96, bytes.length >> 1, bytes.length - 8]) {
      writeFileSync(path, bytes.subarray(0, length))
      const { status, out, err } = await cli(['fit', 'scenes', path])
      expect({ status, out }).toEqual({ status: 2, out: '' })
      expect(err).toMatch(/VG-SGG\.h5: .* \d+ bytes/)
    }
    const other = new H5File(path, 'w')
    other.create_dataset({ name: 'labels', data: Int32Array.of(1), shape: [1, 1] })
    other.close()
    const { status, err } = await cli(['fit', 'scenes', path])
    expect(status).toBe(2)
    expect(err).toMatch(/VG-SGG\.h5: .*split, img_to/)
  })

  it('are evaluated from the exchange format alone', async () => {
    const folder = scratch()
    const data = writeScenes(join(folder, 'test.ndjson'), testScenes)
    const { id, width, height, boxes, classes = [] } = testScenes[0]
    const file = writeScenes(join(folder, 'theirs.ndjson'), [
      {
        id,
        width,
        height,
        boxes,
        classes,
        relationScores: [
          [0, 1, 1, 0.9],
          [0, 2, 1, 0.5],
          [0, 2, 2, 0.4],
        ],
      },
    ])
    const done = await cli(['evaluate', '--predictions', file, data])
    expect(done.status, done.err).toBe(0)
    expect(done.out).toMatch(/recall, graph constraint +66\.67 +66\.67 +66\.67 +100/)
    expect(done.out).toMatch(/recall, no graph constraint +100 +100 +100 +100/)
    expect(done.err).toMatch(/1 image without a prediction/)
  })
})
