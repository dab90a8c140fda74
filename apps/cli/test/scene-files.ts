import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exchangeHeader, exchangeLine, type AnnotatedScene } from '@nonconvex/structured/load'
import { File as H5File, ready } from 'h5wasm/node'

export const names = {
  classes: ['__background__', 'dog', 'cat', 'tree'],
  predicates: ['__none__', 'near', 'under'],
}

/** Dogs are near cats, and under trees. */
export const trainScenes: readonly AnnotatedScene[] = [
  {
    id: 11,
    width: 1024,
    height: 512,
    boxes: [
      [0, 0, 100, 100],
      [200, 0, 300, 100],
      [400, 0, 600, 400],
    ],
    classes: [1, 2, 3],
    relations: [
      [0, 1, 1],
      [0, 2, 2],
    ],
  },
  {
    id: 12,
    width: 1024,
    height: 512,
    boxes: [
      [0, 0, 100, 100],
      [200, 0, 300, 100],
    ],
    classes: [1, 2],
    relations: [
      [0, 1, 1],
      [1, 0, 1],
    ],
  },
]

/** One triplet, tree near dog, is in no training scene. */
export const testScenes: readonly AnnotatedScene[] = [
  {
    id: 21,
    width: 512,
    height: 1024,
    boxes: [
      [0, 0, 50, 50],
      [100, 0, 150, 50],
      [200, 100, 300, 300],
    ],
    classes: [1, 2, 3],
    relations: [
      [0, 1, 1],
      [0, 2, 2],
      [2, 0, 1],
    ],
  },
  { id: 22, width: 512, height: 512, boxes: [[0, 0, 50, 50]], classes: [3], relations: [] },
]

export function writeScenes(
  path: string,
  scenes: readonly AnnotatedScene[],
  header = names,
): string {
  const lines = [
    exchangeHeader({ dataset: 'fixture', split: '', ...header }),
    ...scenes.map((scene) => exchangeLine(scene, header)),
  ]
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

/**
 * The three files of VG150 in a folder: training scenes, then those for tests. The longer side of
 * each is 1024 or 512.
 */
export async function writeVg150(
  folder: string,
  scenes: readonly AnnotatedScene[] = [...trainScenes, ...testScenes],
): Promise<string> {
  mkdirSync(folder)
  const long = (x: readonly number[]) => BigInt64Array.from(x.map(BigInt))
  const first: { readonly [name: string]: number[] } = {
    box: [],
    lastBox: [],
    rel: [],
    lastRel: [],
  }
  let [box, rel] = [0, 0]
  for (const { boxes, relations = [] } of scenes) {
    first['box'].push(boxes.length === 0 ? -1 : box)
    first['rel'].push(relations.length === 0 ? -1 : rel)
    box += boxes.length
    rel += relations.length
    first['lastBox'].push(boxes.length === 0 ? -1 : box - 1)
    first['lastRel'].push(relations.length === 0 ? -1 : rel - 1)
  }
  const stored = scenes.flatMap(({ boxes, width, height }) =>
    boxes.map((corners) => {
      const [x1, y1, x2, y2] = corners.map((x) => (x * 1024) / Math.max(width, height))
      return [(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1]
    }),
  )
  const pairs = scenes.flatMap(({ relations = [] }, i) =>
    relations.map(([s, o]) => [first['box'][i] + s, first['box'][i] + o]),
  )
  const labels = scenes.flatMap(({ classes = [] }) => classes)
  const predicates = scenes.flatMap(({ relations = [] }) => relations.map(([, , p]) => p))
  const sets: readonly (readonly [string, Int32Array | BigInt64Array, number[]])[] = [
    [
      'split',
      Int32Array.from(scenes.map((_, i) => (i < trainScenes.length ? 0 : 2))),
      [scenes.length],
    ],
    ['labels', long(labels), [labels.length, 1]],
    ['boxes_1024', Int32Array.from(stored.flat()), [stored.length, 4]],
    ['img_to_first_box', Int32Array.from(first['box']), [scenes.length]],
    ['img_to_last_box', Int32Array.from(first['lastBox']), [scenes.length]],
    ['predicates', long(predicates), [predicates.length, 1]],
    ['relationships', Int32Array.from(pairs.flat()), [pairs.length, 2]],
    ['img_to_first_rel', Int32Array.from(first['rel']), [scenes.length]],
    ['img_to_last_rel', Int32Array.from(first['lastRel']), [scenes.length]],
  ]
  await ready
  const file = new H5File(join(folder, 'VG-SGG.h5'), 'w')
  for (const [name, data, shape] of sets) file.create_dataset({ name, data, shape })
  file.close()
  const numbered = (list: readonly string[]) =>
    Object.fromEntries(list.slice(1).map((name, i) => [String(i + 1), name]))
  writeFileSync(
    join(folder, 'VG-SGG-dicts.json'),
    JSON.stringify({
      idx_to_label: numbered(names.classes),
      idx_to_predicate: numbered(names.predicates),
    }),
  )
  writeFileSync(
    join(folder, 'image_data.json'),
    JSON.stringify(scenes.map(({ id, width, height }) => ({ image_id: id, width, height }))),
  )
  return folder
}

export const chaseNames = {
  classes: ['__background__', 'dog', 'cat', 'tree'],
  predicates: ['__none__', 'sees', 'chases'],
}

/**
 * A dog sees a cat to its left and chases one to its right: what the classes do not tell, the boxes
 * do. With a detector's logits the cat looks like a tree as often as not.
 */
export const chaseScenes = (first: number, count: number, detected = false): AnnotatedScene[] =>
  Array.from({ length: count }, (_, t) => {
    const id = first + t
    const left = (id * 7) % 12 < 6
    const dog = 40 + ((id * 13) % 20)
    const cat = left ? dog - 30 : dog + 30
    const logits = [
      [0, 4, 1, 0],
      [0, 0, 1, (id * 5) % 3],
      [0, 0, 0, 4],
    ]
    return {
      id,
      width: 100,
      height: 50,
      classes: [1, 2, 3],
      boxes: [
        [dog, 20, dog + 10, 30],
        [cat, 20, cat + 8, 30],
        [5, 5, 10, 40],
      ],
      relations: [[0, 1, left ? 1 : 2]],
      ...(detected && { objectLogits: logits }),
    }
  })
