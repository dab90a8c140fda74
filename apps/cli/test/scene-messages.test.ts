import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { cli, coded, scratch } from './harness.js'
import { names, testScenes, trainScenes, writeScenes, writeVg150 } from './scene-files.js'

interface Place {
  readonly at: (name: string) => string
  readonly put: (name: string, content: unknown) => string
}

/** A folder with scenes, and a model that was made from them. */
async function setting(): Promise<Place> {
  const folder = scratch()
  const at = (name: string) => join(folder, name)
  writeScenes(at('train.ndjson'), trainScenes)
  writeScenes(at('test.ndjson'), testScenes)
  const { status, err } = await cli(['fit', 'scenes', at('train.ndjson'), '--out', at('model')])
  expect(status, err).toBe(0)
  const put = (name: string, content: unknown) => {
    writeFileSync(at(name), typeof content === 'string' ? content : JSON.stringify(content))
    return at(name)
  }
  return { at, put }
}

const vrd = (name: string, number: number) => ({
  subject: { category: 0, bbox: [0, 9, 0, 9] },
  object: { category: 1, bbox: [0, 9, 20, 29] },
  predicate: 0,
  [name]: number,
})
const gqa = {
  5: {
    width: 30,
    height: 20,
    objects: {
      a: { name: 'dog', x: 1, y: 1, w: 9, h: 9, relations: [{ name: 'near', object: 'b' }] },
      b: { name: 'cat', x: 15, y: 1, w: 9, h: 9 },
    },
  },
}
const graph = {
  image_id: 1,
  objects: [{ object_id: 1, names: ['dog'], x: 1, y: 1, w: 9, h: 9 }],
  relationships: [],
}

describe('what cannot be done with scenes is said with place and remedy', () => {
  const cases: [string, (place: Place) => readonly string[], RegExp][] = [
    [
      'a part of what has none',
      ({ at }) => ['fit', 'scenes', at('train.ndjson'), '--split', 'val'],
      /flag-unused.*--split.*vg150/,
    ],
    [
      'a part of what has none, to predict',
      ({ at }) => ['predict', at('model'), at('test.ndjson'), '--split', 'val'],
      /flag-unused.*--split.*vg150/,
    ],
    [
      'a part of what has none, to evaluate',
      ({ at }) => ['evaluate', at('model'), at('test.ndjson'), '--integer-boxes'],
      /flag-unused.*--integer-boxes.*vg150/,
    ],
    [
      'fewer names of fixed lists',
      ({ at }) => ['fit', 'scenes', at('train.ndjson'), '--classes', '3'],
      /flag-unused.*--classes.*visual-genome.*gqa/,
    ],
    [
      'a predicate to leave out that is not there',
      ({ put }) => ['fit', 'scenes', put('a_sceneGraphs.json', gqa), '--without', 'nera'],
      /predicate-unknown.*--without "nera".*near\?/,
    ],
    [
      'every predicate to leave out',
      ({ put }) => ['fit', 'scenes', put('a_sceneGraphs.json', gqa), '--without', 'Near'],
      /names-missing.*got 2 .*0 /,
    ],
    [
      'a file in the place of the model',
      ({ at }) => ['predict', at('test.ndjson'), at('model')],
      /model-missing.*test\.ndjson.*nonconvex fit/,
    ],
    [
      'a file in the place of a folder of pictures',
      ({ at }) => ['predict', at('model'), at('test.ndjson'), '--pictures', at('test.ndjson')],
      /folder-expected.*test\.ndjson/,
    ],
    [
      'the same for synthetic scenes',
      ({ at }) => ['scenes', '--count', '1', '--pictures', at('test.ndjson')],
      /folder-expected.*test\.ndjson/,
    ],
    [
      'a folder in the place of a file',
      ({ at }) => ['predict', at('model'), at('test.ndjson'), '--out', at('model'), '--force'],
      /file-expected.*model.*--out/,
    ],
    [
      'a folder that is not there',
      ({ at }) => ['predict', at('model'), at('test.ndjson'), '--out', at('none/p.ndjson')],
      /folder-missing.*p\.ndjson.*none/,
    ],
    [
      'predictions alone',
      ({ at }) => ['evaluate', '--predictions', at('test.ndjson')],
      /argument-missing.*--predictions .*test\.ndjson.*DATA/,
    ],
    ['nothing to evaluate', () => ['evaluate'], /argument-missing.*DATA.*--predictions FILE/],
    [
      'a folder of files',
      ({ at, put }) => {
        mkdirSync(at('vrd'))
        put('vrd/annotations_train.json', {})
        return ['fit', 'scenes', at('vrd')]
      },
      /file-expected.*vrd.*annotations_train\.json/,
    ],
    [
      'relations that were all left out',
      ({ put }) => [
        'fit',
        'scenes',
        put('b_sceneGraphs.json', JSON.stringify(gqa).replace('"w":9', '"w":-9')),
      ],
      /relations-missing.* 1 image.*, 1.*, 1;/,
    ],
    [
      'images without sizes',
      ({ at, put }) => {
        mkdirSync(at('vg'))
        put('vg/scene_graphs.json', [graph])
        put('vg/image_data.json', [{ image_id: 2, width: 9, height: 9 }])
        return ['fit', 'scenes', at('vg')]
      },
      /names-missing.*vg: .* 0 .* 0 .*, 1/,
    ],
    [
      'a number of VRD that is none of its names',
      ({ at, put }) => {
        mkdirSync(at('vrd'))
        put('vrd/objects.json', ['dog', 'cat'])
        put('vrd/predicates.json', ['near'])
        put('vrd/train_image_metadata.json', { 'a.jpg': { width: 30, height: 20 } })
        return [
          'fit',
          'scenes',
          put('vrd/annotations_train.json', { 'a.jpg': [vrd('predicate', 1)] }),
        ]
      },
      /data-invalid.*annotations_train\.json, line 1, image "a\.jpg": relations\[0\]\.predicate: .*got 1/,
    ],
    [
      'an image that was predicted twice',
      ({ at, put }) => {
        const { id, width, height, boxes, classes } = testScenes[0]
        const line = JSON.stringify({ id, width, height, boxes, classes, relationScores: [] })
        const header = JSON.stringify({ format: 'nonconvex-scene-graphs', version: 1, ...names })
        return [
          'evaluate',
          '--predictions',
          put('p.ndjson', [header, line, line].join('\n')),
          at('test.ndjson'),
        ]
      },
      /image-unexpected.*p\.ndjson.*test\.ndjson.* 21 /,
    ],
  ]
  it.each(cases)('%s', async (_, make, message) => {
    const place = await setting()
    const outcome = await cli(make(place))
    const { status, out, err } = outcome
    expect(coded(outcome)).toMatch(message)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).not.toMatch(/\n\s+at /)
  })

  it('a packed HDF5 file', async () => {
    const vg = await writeVg150(join(scratch(), 'vg'))
    writeFileSync(join(vg, 'VG-SGG.h5'), gzipSync('whatever'))
    const outcome = await cli(['fit', 'scenes', vg])
    expect(coded(outcome)).toMatch(/hdf5-invalid.*VG-SGG\.h5.*gunzip/)
    expect(outcome.status).toBe(2)
  })
})

describe('what is odd about scenes that can be used is said', () => {
  it('ids that stand twice, one box that is odd, and where the report is', async () => {
    const { at } = await setting()
    const [scene] = trainScenes
    writeScenes(at('twice.ndjson'), [
      scene,
      { ...scene, boxes: [[-1, 0, 9, 9], ...scene.boxes.slice(1)] },
    ])
    const fitted = await cli(['fit', 'scenes', at('twice.ndjson'), '--out', at('m')])
    expect(fitted.codes).toEqual(['image-ids-repeated', 'boxes-odd'])
    expect(fitted.err).toContain(`${at('m')}/index.html`)
    for (const command of ['evaluate', 'predict'])
      expect((await cli([command, at('m'), at('twice.ndjson')])).codes).toEqual([
        'image-ids-repeated',
      ])
    expect((await cli(['evaluate', at('m'), at('test.ndjson')])).codes).toEqual([])
  })

  it('a file without a known ending is told by how it begins', async () => {
    const { at } = await setting()
    writeScenes(at('scenes'), trainScenes)
    expect(await cli(['fit', 'scenes', at('scenes')])).toMatchObject({ status: 0 })
  })

  it('no zero-shot recall, no word of it', async () => {
    const { at } = await setting()
    const said = async (data: string) => (await cli(['evaluate', at('model'), at(data)])).out
    expect(await said('test.ndjson')).toContain('zero-shot')
    expect(await said('train.ndjson')).not.toContain('zero-shot')
  })

  it('relations of a box without area are missed, unless the last pixel counts', async () => {
    const { at } = await setting()
    const flat = {
      ...trainScenes[1],
      boxes: [
        [5, 5, 5, 9],
        [20, 0, 30, 9],
      ] as const,
    }
    writeScenes(at('flat.ndjson'), [flat])
    await cli(['predict', at('model'), at('flat.ndjson'), '--out', at('p.ndjson')])
    for (const line of [
      ['evaluate', at('model'), at('flat.ndjson')],
      ['evaluate', '--predictions', at('p.ndjson'), at('flat.ndjson')],
    ]) {
      const { codes, err, out } = await cli([...line, '--json'])
      expect(codes).toEqual(['boxes-flat'])
      expect(err).toMatch(/^2 .*--inclusive/m)
      expect(JSON.parse(out)).toMatchObject({
        withoutArea: 2,
        scores: { unconstrained: { at: [{ recall: 0 }, {}, {}] } },
      })
      const inclusive = await cli([...line, '--json', '--inclusive'])
      expect(inclusive.codes).toEqual([])
      expect(JSON.parse(inclusive.out)).toMatchObject({
        scores: { unconstrained: { at: [{ recall: 1 }, {}, {}] } },
      })
      expect(inclusive.out).not.toContain('withoutArea')
    }
    const pairs = [
      'evaluate',
      '--predictions',
      at('p.ndjson'),
      at('flat.ndjson'),
      '--task',
      'preddet',
    ]
    expect((await cli(pairs)).codes).toEqual([])
  })
})

it('the page of a model of scenes says how its tables are to be read, what was odd, and from which seed', async () => {
  const folder = scratch()
  const at = (name: string) => join(folder, name)
  const [first, ...others] = trainScenes
  const odd = { ...first, boxes: first.boxes.map(() => [-5, 0, 9, 9] as const) }
  writeScenes(at('train.ndjson'), [odd, ...others])
  writeScenes(at('test.ndjson'), testScenes)
  const page = async (...more: readonly string[]) => {
    const { status, err } = await cli([
      'fit',
      'scenes',
      at('train.ndjson'),
      '--out',
      at('model'),
      '--force',
      ...more,
    ])
    expect(status, err).toBe(0)
    const text = readFileSync(at('model/index.html'), 'utf8')
    const main = text.slice(text.indexOf('<main>'))
    return {
      circles: main.split('<circle').length - 1,
      words: main.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '),
    }
  }
  const { words: plain } = await page()
  expect(plain).toContain('boxes outside the image')
  // without recalls there is nothing to explain
  expect(plain).not.toContain('Recall@K')
  const { words: tested } = await page('--test', at('test.ndjson'), '--inclusive')
  for (const text of ['Recall@K', 'Zero-shot: ', 'PredCls: ', 'include the last pixel'])
    expect(tested).toContain(text)
  expect((await page('--test', at('train.ndjson'))).words).not.toContain('Zero-shot')

  const network = await page('--model', 'network', '--hidden', '4', '--epochs', '1', '--seed', '7')
  expect(network.words).toContain('exclude the last pixel')
  expect(network.words).toContain('task predcls seed 7 training images 1')
  // one look: both losses are points, and there is one in the key; the figure is drawn wide and
  // narrow
  expect(network.circles).toBe(2 * 3)
})
