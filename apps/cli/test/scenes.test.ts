import { mkdirSync, writeFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { cli, coded, scratch } from './harness.js'
import { names, testScenes, trainScenes, writeScenes } from './scene-files.js'

async function setting() {
  const folder = scratch()
  const at = (name: string) => join(folder, name)
  writeScenes(at('train.ndjson'), trainScenes)
  writeScenes(at('test.ndjson'), testScenes)
  const fit = await cli([
    'fit',
    'scenes',
    at('train.ndjson'),
    '--test',
    at('test.ndjson'),
    '--out',
    at('model'),
  ])
  expect(fit.status, fit.err).toBe(0)
  return { at, fit }
}

describe('scene graphs', () => {
  it('fit says what was read, and recall on test images; the same command writes the same bytes', async () => {
    const { at, fit } = await setting()
    expect(fit.out).toMatch(/2 images with 5 boxes of 3 classes and 4 relations of 2 predicates/)
    expect(fit.out).toMatch(/recall, graph constraint +100 /)
    expect(fit.out).toMatch(/zero-shot, graph constraint/)
    const bytes = (name: string) => readFileSync(at(`model/${name}`))
    const before = ['model.json', 'weights.safetensors'].map(bytes)
    await cli([
      'fit',
      'scenes',
      at('train.ndjson'),
      '--test',
      at('test.ndjson'),
      '--out',
      at('model'),
      '--force',
    ])
    expect(['model.json', 'weights.safetensors'].map(bytes)).toEqual(before)
  })

  it('fit says which test images are training images, by what is in them, and in the page', async () => {
    const { at, fit } = await setting()
    expect(fit.codes).not.toContain('examples-shared')
    // ids of two files may be the same; here the image is, under another id
    const again = { ...trainScenes[1], id: 99 }
    writeScenes(at('mixed.ndjson'), [{ ...testScenes[0], id: trainScenes[0].id }, again])
    const test = ['--test', at('mixed.ndjson')]
    const mixed = await cli(['fit', 'scenes', at('train.ndjson'), ...test, '--out', at('mixed')])
    expect(mixed).toMatchObject({ status: 0, codes: ['examples-shared'] })
    expect(mixed.err).toMatch(/mixed\.ndjson: 1 image of .*train\.ndjson is also in it, .*"99"/)
    const { training } = JSON.parse(readFileSync(at('mixed/model.json'), 'utf8')) as {
      training: { tested: { shared?: object } }
    }
    expect(training.tested.shared).toEqual({ count: 1, first: '99' })
    expect(readFileSync(at('mixed/index.html'), 'utf8')).toContain('is also in it')
    expect(await cli(['verify', at('mixed')])).toMatchObject({ status: 0 })
  })

  it('fit says for which task the recall is, and the flag of the other', async () => {
    const { at, fit } = await setting()
    expect(fit.out).toMatch(/task predcls: .*--task sgcls/)
    const logits = [...trainScenes, ...testScenes].map((scene) => ({
      ...scene,
      objectLogits: scene.boxes.map(() => [0, 5, 1, 0]),
    }))
    writeScenes(at('logits.ndjson'), logits)
    const own = ['fit', 'scenes', at('logits.ndjson'), '--model', 'network', '--epochs', '1']
    const [sgcls, predcls] = [await cli(own), await cli([...own, '--task', 'predcls'])]
    expect(sgcls.out, sgcls.err).toMatch(/task sgcls, by the fields of the data: .*--task predcls/)
    expect(predcls.out, predcls.err).toMatch(/task predcls: .*--task sgcls/)
    // it takes no --task itself
    expect(fit.out).toContain('--task sgcls (evaluate MODEL DATA)')
  })

  it('predict writes lines that evaluate --predictions measures as evaluate does; a packed file is read', async () => {
    const { at } = await setting()
    writeFileSync(at('test.ndjson.gz'), gzipSync(readFileSync(at('test.ndjson'))))
    const predicted = await cli(['predict', at('model'), at('test.ndjson.gz')])
    expect(predicted.status, predicted.err).toBe(0)
    writeFileSync(at('p.ndjson'), predicted.out)
    const scores = async (argv: readonly string[]) => {
      const { status, out, err } = await cli([...argv, '--json'])
      expect(status, err).toBe(0)
      return (JSON.parse(out) as { scores: unknown }).scores
    }
    expect(
      await scores([
        'evaluate',
        '--predictions',
        at('p.ndjson'),
        at('test.ndjson'),
        '--train',
        at('train.ndjson'),
      ]),
    ).toEqual(await scores(['evaluate', at('model'), at('test.ndjson')]))
    const json = await cli(['predict', at('model'), at('test.ndjson'), '--json'])
    const lines = predicted.out.trimEnd().split('\n')
    expect((JSON.parse(json.out) as { predictions: unknown[] }).predictions).toEqual(
      lines.slice(1).map((line) => JSON.parse(line) as unknown),
    )
  })

  it('take classes from a detector: sgcls', async () => {
    const { at } = await setting()
    const { id, width, height, boxes } = testScenes[0]
    writeScenes(at('logits.ndjson'), [
      {
        id,
        width,
        height,
        boxes,
        objectLogits: [
          [0, 5, 0, 0],
          [0, 0, 5, 0],
          [0, 5, 0, 0],
        ],
      },
    ])
    const { status, out } = await cli(['predict', at('model'), at('logits.ndjson')])
    expect(status).toBe(0)
    const line = JSON.parse(out.split('\n')[1]) as { classes: number[]; scores: number[] }
    expect(line.classes).toEqual([1, 2, 1])
    expect(line.scores[0]).toBeCloseTo(Math.exp(5) / (Math.exp(5) + 3), 12)
    const asked = await cli(['evaluate', at('model'), at('test.ndjson'), '--task', 'sgcls'])
    expect(asked).toMatchObject({ status: 2, out: '' })
    expect(asked.err).toMatch(/test\.ndjson, image 21: objectLogits: /)
  })

  it('count names first in Visual Genome and GQA', async () => {
    const { at } = await setting()
    mkdirSync(at('vg'))
    const thing = (object_id: number, name: string) => ({
      object_id,
      name,
      x: object_id * 20,
      y: 1,
      w: 9,
      h: 9,
    })
    writeFileSync(at('vg/image_data.json'), '[{"image_id":1,"width":100,"height":50}]')
    writeFileSync(
      at('vg/relationships.json'),
      JSON.stringify([
        {
          image_id: 1,
          relationships: [{ predicate: 'NEAR', subject: thing(1, 'Dog'), object: thing(2, 'cat') }],
        },
      ]),
    )
    const genome = await cli(['fit', 'scenes', at('vg'), '--json'])
    expect(genome.status, genome.err).toBe(0)
    expect(JSON.parse(genome.out)).toMatchObject({
      classes: ['__background__', 'cat', 'dog'],
      predicates: ['__none__', 'near'],
    })
    const graphs = {
      7: {
        width: 100,
        height: 50,
        objects: {
          1: {
            name: 'dog',
            x: 0,
            y: 0,
            w: 9,
            h: 9,
            relations: [
              { name: 'near', object: '2' },
              { name: 'to the left of', object: '2' },
            ],
          },
          2: { name: 'cat', x: 20, y: 0, w: 9, h: 9, relations: [] },
        },
      },
    }
    writeFileSync(at('train_sceneGraphs.json'), JSON.stringify(graphs))
    const gqa = await cli([
      'fit',
      'scenes',
      at('train_sceneGraphs.json'),
      '--without',
      'to the left of',
      '--json',
    ])
    expect(JSON.parse(gqa.out)).toMatchObject({ predicates: ['__none__', 'near'] })
    // with a model its names are used, the others left out
    const used = await cli(['evaluate', at('model'), at('train_sceneGraphs.json')])
    expect(used.status, used.err).toBe(0)
    expect(used.err).toMatch(/dropped: relations of other predicates, 1/)
  })
})

it('flags of scenes are refused where the model is for tables', async () => {
  const folder = scratch()
  const at = (name: string) => join(folder, name)
  writeFileSync(at('flowers.csv'), 'petal,sepal,kind\n1,5,a\n4,6,b\n2,5,a\n5,7,b\n')
  const fit = await cli([
    'fit',
    'separable',
    at('flowers.csv'),
    '--bias',
    '1',
    '--k',
    '1',
    '--out',
    at('model'),
  ])
  expect(fit.status, fit.err).toBe(0)
  for (const [flags, message] of [
    [['predict', '--pictures', at('p')], /flag-unused.*--pictures/],
    [['predict', '--integer-boxes'], /flag-unused.*--integer-boxes/],
    [['evaluate', '--no-inclusive'], /flag-unused.*--inclusive/],
    [['evaluate', '--format', 'vg150'], /format-unsupported.*--format vg150: .*csv, tsv/],
  ] as const) {
    const [command, ...more] = flags
    const outcome = await cli([command, at('model'), at('flowers.csv'), ...more])
    expect(outcome).toMatchObject({ status: 2, out: '' })
    expect(coded(outcome)).toMatch(message)
  }
})

describe('scenes that cannot be used: status 2, what and where', () => {
  const cases: readonly [string, (at: (name: string) => string) => readonly string[], RegExp][] = [
    [
      'a class that does not exist',
      (at) => {
        const text = readFileSync(at('train.ndjson'), 'utf8')
        writeFileSync(at('bad.ndjson'), text.replace('"classes":[1,2]', '"classes":[1,9]'))
        return ['fit', 'scenes', at('bad.ndjson')]
      },
      /bad\.ndjson, line 3, image 12: classes\[1\]: .*1 to 3, got 9/,
    ],
    [
      'a file cut short',
      (at) => {
        writeFileSync(at('bad.ndjson'), readFileSync(at('train.ndjson')).subarray(0, -30))
        return ['fit', 'scenes', at('bad.ndjson')]
      },
      /bad\.ndjson, line 3, image 12: /,
    ],
    [
      'other names than the model has',
      (at) => {
        writeScenes(at('other.ndjson'), testScenes, {
          ...names,
          classes: ['none', 'dog', 'bird', 'tree'],
        })
        return ['evaluate', at('model'), at('other.ndjson')]
      },
      /names-differ.*other\.ndjson: .*classes .*"bird" .* 2 .*"cat"/,
    ],
    [
      'fewer names',
      (at) => {
        writeScenes(at('other.ndjson'), [], { ...names, predicates: ['none', 'near'] })
        return ['predict', at('model'), at('other.ndjson')]
      },
      /names-differ.*predicates .* 2 .*got 1/,
    ],
    [
      'a prediction of an image that is not there',
      (at) => ['evaluate', '--predictions', at('train.ndjson'), at('test.ndjson')],
      /image-unexpected.*train\.ndjson: .*test\.ndjson.* 11/,
    ],
    [
      'predictions without scores',
      (at) => {
        const [{ id, width, height, boxes, classes = [] }] = testScenes
        writeScenes(at('p.ndjson'), [{ id, width, height, boxes, classes }])
        return ['evaluate', '--predictions', at('p.ndjson'), at('test.ndjson')]
      },
      /p\.ndjson, image 21: .*relationScores.*relationLogits/,
    ],
    [
      'annotations as predictions',
      (at) => ['evaluate', '--predictions', at('test.ndjson'), at('test.ndjson')],
      /test\.ndjson, image 21: .*annotation/,
    ],
    [
      'no scenes',
      (at) => ['fit', 'scenes', at('model')],
      /file-expected.*VG-SGG\.h5.*scene_graphs\.json/,
    ],
    [
      'an HDF5 file that is none',
      (at) => {
        for (const name of ['a.h5', 'VG-SGG-dicts.json', 'image_data.json'])
          writeFileSync(at(name), 'text')
        return ['fit', 'scenes', at('a.h5')]
      },
      /hdf5-invalid.*a\.h5/,
    ],
    [
      'an HDF5 file cut short',
      (at) => {
        for (const name of ['a.h5', 'VG-SGG-dicts.json', 'image_data.json'])
          writeFileSync(at(name), '\x89HDF\r\n\x1a\n', 'latin1')
        return ['fit', 'scenes', at('a.h5')]
      },
      /hdf5-invalid.*a\.h5: .* 8 bytes/,
    ],
    [
      'VG150 without its names',
      (at) => {
        writeFileSync(at('a.h5'), '\x89HDF\r\n\x1a\n', 'latin1')
        return ['fit', 'scenes', at('a.h5')]
      },
      /file-missing.*a\.h5: .*VG-SGG-dicts\.json/,
    ],
    [
      'a file of unknown kind',
      (at) => {
        writeFileSync(at('a.txt'), 'hello')
        return ['fit', 'scenes', at('a.txt')]
      },
      /format-unknown.*a\.txt: .*--format ndjson, vg150/,
    ],
    [
      'a format of tables',
      (at) => ['predict', at('model'), at('test.ndjson'), '--format', 'csv'],
      /format-unsupported.*--format csv: .*ndjson, vg150/,
    ],
    [
      'predictions and a model',
      (at) => ['evaluate', '--predictions', at('test.ndjson'), at('model'), at('test.ndjson')],
      /argument-unexpected/,
    ],
    [
      '--train for a model',
      (at) => ['evaluate', at('model'), at('test.ndjson'), '--train', at('train.ndjson')],
      /flag-needs.*--train.*--predictions/,
    ],
    [
      'a column of labels',
      (at) => ['evaluate', at('model'), at('test.ndjson'), '--label', 'kind'],
      /flag-unused.*--label/,
    ],
    [
      'a task of predictions for a model',
      (at) => ['evaluate', at('model'), at('test.ndjson'), '--task', 'preddet'],
      /task-unsupported.*--task preddet.*predcls, sgcls/,
    ],
    ['no data', (at) => ['evaluate', at('model')], /argument-missing.*model alone/],
  ]
  it.each(cases)('%s', async (_, make, message) => {
    const { at } = await setting()
    const outcome = await cli(make(at))
    const { status, out, err } = outcome
    expect(coded(outcome)).toMatch(message)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).not.toMatch(/\n\s+at /)
  })
})
