import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { all, cut, refusal } from '../../test/pieces.ts'
import type { Vocabulary } from './annotated-scene.js'
import { exchangeHeader, exchangeLine, readExchange } from './exchange.js'
import { gqaScenes, readGqa } from './gqa.js'
import { countNames, vocabularyOf } from './named-scene.js'
import { readVisualGenome, visualGenomeScenes, type VisualGenomeFiles } from './visual-genome.js'
import { readVrd } from './vrd.js'

const vocabulary: Vocabulary = {
  classes: ['none', 'dog', 'tshirt', 'tree'],
  predicates: ['none', 'behind', 'on'],
}
const object = (object_id: number, name: string, x: number, y: number, w: number, h: number) => ({
  object_id,
  x,
  y,
  w,
  h,
  names: [name],
  synsets: [],
})
const dog = object(1, 'Dog', 11, 21, 30, 40)
const shirt = object(2, 'T-shirt', 1, 1, 10, 10)
const tree = object(3, ' tree ', 0, 0, 50, 5)
const sky = object(4, 'sky', 1, 1, 99, 9)
const again = object(5, 'dog', 12, 21, 30, 40)

const images = JSON.stringify([
  { image_id: 1, width: 100, height: 80 },
  { image_id: 2, width: 10, height: 10 },
])
const objects = [
  { image_id: 1, objects: [dog, shirt, tree, sky, again] },
  { image_id: 2, objects: [] },
  { image_id: 9, objects: [] },
]
const relation = (predicate: string, subject: object, other: object) => ({
  relationship_id: 1,
  predicate,
  subject,
  object: other,
})
const relationships = [
  {
    image_id: 1,
    relationships: [
      relation('ON', shirt, dog),
      relation('behind', again, shirt),
      relation('on', dog, again),
      relation('on', dog, sky),
      relation('wears', dog, shirt),
    ],
  },
  { image_id: 2, relationships: [] },
  { image_id: 9, relationships: [] },
]
const scene = {
  id: 1,
  width: 100,
  height: 80,
  boxes: [
    [10, 20, 40, 60],
    [0, 0, 10, 10],
    [0, 0, 49, 4],
  ],
  classes: [1, 2, 3],
  relations: [
    [1, 0, 2],
    [0, 1, 1],
  ],
}
const empty = { id: 2, width: 10, height: 10, boxes: [], classes: [], relations: [] }

const genome = async (
  files: Omit<VisualGenomeFiles, 'images'>,
  lengths: readonly number[] = [],
) => {
  const source = readVisualGenome({ ...files, images: cut(images, lengths) }, vocabulary)
  return { scenes: await all(source.scenes), dropped: Object.fromEntries(source.dropped) }
}

describe('Visual Genome', () => {
  const dropped = {
    'objects of other classes': 1,
    'relations of an object with itself': 1,
    'relations of dropped boxes': 1,
    'relations of other predicates': 1,
    'images without a size': 1,
  }

  it('is joined from its files, however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 40 }),
        async (lengths) => {
          const found = await genome(
            {
              objects: cut(JSON.stringify(objects), lengths),
              relationships: cut(JSON.stringify(relationships), lengths),
            },
            lengths,
          )
          expect(found).toEqual({ scenes: [scene, empty], dropped })
        },
      ),
      { numRuns: 30 },
    )
  })

  it('is joined by id where the files differ in order and in images', async () => {
    const { scenes } = await genome({
      objects: [JSON.stringify([...objects].reverse())],
      relationships: [JSON.stringify(relationships)],
    })
    expect(scenes).toEqual([empty, scene])
    const alone = await genome({
      objects: [JSON.stringify(objects)],
      relationships: [JSON.stringify(relationships.slice(1))],
    })
    expect(alone.scenes.map(({ id, relations = [] }) => [id, relations.length])).toEqual([
      [2, 0],
      [1, 0],
    ])
  })

  it('is read from scene graphs, and from relationships alone', async () => {
    const graphs = objects.map((image, i) => ({
      ...image,
      relationships: relationships[i].relationships.map(
        ({ predicate, subject, object: other }) => ({
          predicate,
          subject_id: (subject as typeof dog).object_id,
          object_id: (other as typeof dog).object_id,
        }),
      ),
    }))
    expect((await genome({ sceneGraphs: [JSON.stringify(graphs)] })).scenes).toEqual([scene, empty])
    const { scenes } = await genome({ relationships: [JSON.stringify(relationships)] })
    expect(scenes[0].boxes).toEqual([scene.boxes[1], scene.boxes[0]])
    expect(scenes[0].relations).toEqual([
      [0, 1, 2],
      [1, 0, 1],
    ])
  })

  it('has its names counted first; boxes of one object become one', async () => {
    const files = () => ({
      images: [images],
      objects: [JSON.stringify(objects)],
      relationships: [JSON.stringify(relationships)],
    })
    const counts = await countNames(visualGenomeScenes(files()))
    expect(Object.fromEntries(counts.classes)).toEqual({ dog: 1, tshirt: 1, tree: 1, sky: 1 })
    expect(Object.fromEntries(counts.predicates)).toEqual({ on: 3, behind: 1, wears: 1 })
    expect(vocabularyOf(counts, { classes: 2, predicates: 2 })).toEqual({
      classes: ['__background__', 'dog', 'sky'],
      predicates: ['__none__', 'behind', 'on'],
    })
    const apart = await countNames(visualGenomeScenes(files(), { merge: false }))
    expect(apart.classes.get('dog')).toBe(2)
    const aliased = await countNames(
      visualGenomeScenes(files(), { aliases: new Map([['tshirt', 'shirt']]) }),
    )
    expect(aliased.classes.get('shirt')).toBe(1)
    expect(() => vocabularyOf({ classes: new Map(), predicates: new Map() })).toThrow(
      /expected named objects and relations, got 0 names/,
    )
  })

  it('says in which file, on which line and in which image something is wrong', async () => {
    const bad = JSON.stringify(objects)
      .replace('"w":30', '"w":"30"')
      .replace(/},{"image/g, '},\n{"image')
    const good = JSON.stringify(relationships)
    expect(await refusal(genome({ objects: [bad], relationships: [good] }))).toBe(
      'SceneDataError: objects.json, line 1, image 1: objects[0].w: expected a finite number, got "30"',
    )
    expect(await refusal(genome({ objects: [good], relationships: [good] }))).toBe(
      'SceneDataError: objects.json, line 1, image 1: objects: expected a list, got nothing',
    )
    expect(
      await refusal(
        genome({ objects: [JSON.stringify(objects).slice(0, -30)], relationships: [good] }),
      ),
    ).toMatch(/objects\.json, line 1: expected \] at the end, got the end of the file/)
    const dangling =
      '[{"image_id":1,"objects":[],"relationships":[{"predicate":"on","subject_id":7,"object_id":8}]}]'
    expect(await refusal(genome({ sceneGraphs: [dangling] }))).toMatch(
      /scene_graphs\.json, line 1, image 1: subject_id: expected an object of the image, got 7/,
    )
    expect(await refusal(genome({}))).toMatch(/expected scene_graphs.json or relationships.json/)
    expect(await refusal(genome({ sceneGraphs: ['[3]'] }))).toMatch(/expected an object, got 3/)
  })

  it('leaves out a box of negative size and its relations', async () => {
    const turned = JSON.stringify(objects).replace('"w":10,"h":10', '"w":-10,"h":10')
    const found = await genome({
      objects: [turned],
      relationships: [JSON.stringify(relationships)],
    })
    expect(found.scenes[0]).toEqual({
      ...scene,
      boxes: [scene.boxes[0], scene.boxes[2]],
      classes: [1, 3],
      relations: [],
    })
    expect(found.dropped['boxes of negative size']).toBe(1)
  })
})

describe('GQA', () => {
  const file = JSON.stringify({
    2370799: {
      width: 100,
      height: 80,
      location: 'park',
      objects: {
        7: {
          name: 'dog',
          x: 1,
          y: 2,
          w: 3,
          h: 4,
          attributes: [],
          relations: [
            { name: 'on', object: '9' },
            { name: 'to the left of', object: '9' },
          ],
        },
        9: { name: 'tree', x: 5, y: 6, w: 0, h: 8, relations: [{ name: 'behind', object: '7' }] },
        8: { name: 'sky', x: 5, y: 6, w: 7, h: 8 },
      },
    },
  })

  it('is read with given names', async () => {
    const source = readGqa(cut(file, [10, 20]), vocabulary)
    expect(await all(source.scenes)).toEqual([
      {
        id: '2370799',
        width: 100,
        height: 80,
        boxes: [
          [1, 2, 4, 6],
          [5, 6, 5, 14],
        ],
        classes: [1, 3],
        relations: [
          [0, 1, 2],
          [1, 0, 1],
        ],
      },
    ])
    expect(source.header.classes).toEqual(vocabulary.classes)
  })

  it('has its names counted, without relations that are not wanted', async () => {
    const counts = await countNames(gqaScenes([file], { without: ['to the left of'] }))
    expect([...counts.predicates.keys()].sort()).toEqual(['behind', 'on'])
    expect([...(await countNames(gqaScenes([file]))).predicates.keys()]).toContain('to the left of')
  })

  it('says where something is wrong', async () => {
    const said = (text: string) => refusal(all(readGqa([text], vocabulary).scenes))
    expect(await said('[]x')).toMatch(/expected the end of the file/)
    expect(await said('[{}]')).toMatch(/expected an object of images by their ids, got a list/)
    expect(await said(file.replace('"object":"7"', '"object":"77"'))).toBe(
      'SceneDataError: line 1, image "2370799": objects.9.relations: expected an object of the image, got 77',
    )
    expect(await said(file.replace('"x":5', '"x":null'))).toMatch(
      /image "2370799": objects\.\d\.x: expected a finite number, got null/,
    )
    expect(await said(file.slice(0, 90))).toMatch(/expected } at the end, got the end of the file/)
  })
})

it('what was read goes through the exchange format', async () => {
  const objectsAndRelations = {
    objects: [JSON.stringify(objects)],
    relationships: [JSON.stringify(relationships)],
  }
  const graph = { width: 9, height: 8, objects: { 1: { name: 'dog', x: 1.5, y: 0, w: 3, h: 4 } } }
  for (const source of [
    () => readVisualGenome({ ...objectsAndRelations, images: [images] }, vocabulary),
    () => readGqa([JSON.stringify({ 'a b': graph })], vocabulary),
  ]) {
    const { header, scenes } = source()
    const lines = (await all(scenes)).map((each) => exchangeLine(each, header))
    const back = await readExchange([[exchangeHeader(header), ...lines].join('\n')])
    expect(back.header).toEqual(header)
    expect(await all(back.scenes)).toEqual(await all(source().scenes))
  }
})

describe('VRD', () => {
  const row = (p: number, s: [number, number[]], o: [number, number[]]) => ({
    predicate: p,
    subject: { category: s[0], bbox: s[1] },
    object: { category: o[0], bbox: o[1] },
  })
  const annotations = {
    'a.jpg': [
      row(1, [0, [1, 3, 2, 6]], [1, [0, 9, 0, 8]]),
      row(1, [0, [1, 3, 2, 6]], [1, [0, 9, 0, 8]]),
      row(0, [1, [1, 3, 2, 6]], [0, [1, 3, 2, 6]]),
      row(0, [0, [1, 3, 2, 6]], [0, [1, 3, 2, 6]]),
    ],
    'b.jpg': [],
    'c.jpg': [],
  }
  const read = async (text: string, objects = '["dog","cat"]') => {
    const source = await readVrd(
      {
        annotations: cut(text, [30]),
        objects: [objects],
        predicates: ['["on","near"]'],
        sizes: ['{"a.jpg":{"width":8,"height":9},"b.jpg":{"width":8,"height":9}}'],
      },
      'test',
    )
    return { ...source, scenes: await all(source.scenes) }
  }

  it('has boxes turned round, entities found again, repeated relations kept', async () => {
    const { header, scenes, dropped } = await read(JSON.stringify(annotations))
    expect(header).toEqual({
      dataset: 'VRD',
      split: 'test',
      classes: ['__background__', 'dog', 'cat'],
      predicates: ['__none__', 'on', 'near'],
    })
    expect(scenes).toEqual([
      {
        id: 'a.jpg',
        width: 8,
        height: 9,
        boxes: [
          [2, 1, 6, 3],
          [0, 0, 8, 9],
          [2, 1, 6, 3],
        ],
        classes: [1, 2, 2],
        relations: [
          [0, 1, 2],
          [0, 1, 2],
          [2, 0, 1],
        ],
      },
      { id: 'b.jpg', width: 8, height: 9, boxes: [], classes: [], relations: [] },
    ])
    expect(Object.fromEntries(dropped)).toEqual({
      'relations of an object with itself': 1,
      'images without a size': 1,
    })
  })

  it('says where something is wrong', async () => {
    const text = JSON.stringify(annotations)
    expect(await refusal(read(text.replace('"category":0', '"category":5')))).toBe(
      'SceneDataError: annotations, line 1, image "a.jpg": relations[0].subject.category: expected an integer from 0 to 1, got 5',
    )
    expect(await refusal(read(text.replace('[1,3,2,6]', '[1,3,2]')))).toMatch(
      /image "a.jpg": relations\[0\]\.\w+\.bbox: expected \[ymin, ymax, xmin, xmax\], got \[1,3,2\]/,
    )
    expect(await refusal(read(text.replace('[1,3,2,6]', '[3,1,2,6]')))).toMatch(
      /bbox: expected \[ymin, ymax, xmin, xmax\] with min ≤ max, got \[3,1,2,6\]/,
    )
    expect(await refusal(read(text.replace(/"predicate":\d/, '"predicate":-1')))).toMatch(
      /relations\[0\]\.predicate: expected an integer from 0 to \d, got -1/,
    )
    expect(await refusal(read(text.replace('"a.jpg":[', '"a.jpg":[7,')))).toMatch(
      /image "a.jpg": relations\[0\]: expected an object, got 7/,
    )
    expect(await refusal(read(text.slice(0, -1)))).toMatch(
      /annotations: expected } at the end|annotations, line 1: expected }/,
    )
    expect(await refusal(read('[]]'))).toMatch(/annotations, line 1: expected the end/)
    expect(await refusal(read(text, '["dog","cat","dog"]'))).toBe(
      'SceneDataError: objects.json: entry 2, counted from 0: expected each name once, got "dog" again; rename it, or merge the two',
    )
  })
})
