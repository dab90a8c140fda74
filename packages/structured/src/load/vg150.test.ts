import * as h5wasm from 'h5wasm/node'
import { File as JsfiveFile } from 'jsfive'
import { describe, expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { all, cut, refusal } from '../../test/pieces.ts'
import { dicts, h5Bytes, imageData, setsOf, stored, writeH5 } from '../../test/vg150-file.ts'
import { exchangeHeader, exchangeLine, readExchange } from './exchange.js'
import { hdf5FromH5wasm, hdf5FromJsfive, type Hdf5Source } from './hdf5.js'
import { readVg150, type Vg150Options } from './vg150.js'

/** Reads data sets from memory, as a library would. */
const inMemory = (sets: Partial<ReturnType<typeof setsOf>>): Hdf5Source => ({
  rows: (name) => {
    const found = Object.entries(sets).find(([each]) => each === name)?.[1]
    if (found === undefined) return undefined
    const { data, shape } = found
    const width = shape[1] ?? 1
    return { shape, read: (from, to) => data.subarray(from * width, to * width) }
  },
})

const read = async (h5: Hdf5Source, options: Vg150Options = {}, images = imageData(stored)) => {
  const source = await readVg150({ h5, dicts: cut(dicts, [5]), images: cut(images, [9]) }, options)
  return { ...source, scenes: await all(source.scenes) }
}

const header = {
  dataset: 'VG150',
  split: '',
  classes: ['__background__', 'dog', 'cat', 'tree'],
  predicates: ['__none__', 'near', 'under'],
}

/** The fixture in pixels, by hand where scale and corners are not trivial. */
const expected = [
  {
    id: 1,
    width: 1024,
    height: 512,
    boxes: [
      [75, 90, 125, 110],
      [150.5, 283.5, 251.5, 316.5],
    ],
    classes: [1, 3],
    relations: [
      [0, 1, 2],
      [0, 1, 2],
      [1, 0, 1],
    ],
  },
  { id: 3, width: 256, height: 512, boxes: [], classes: [], relations: [] },
  {
    id: 4,
    width: 256,
    height: 512,
    boxes: [
      [4, 4, 6, 6],
      [14, 4, 16, 6],
      [24, -5, 26, 15],
    ],
    classes: [2, 2, 1],
    relations: [[2, 0, 1]],
  },
  { id: 5, width: 512, height: 512, boxes: [[3.5, 3.5, 5.5, 5.5]], classes: [3], relations: [] },
  {
    id: 6,
    width: 512,
    height: 512,
    boxes: [
      [3.5, 3.5, 5.5, 5.5],
      [8.5, 8.5, 10.5, 10.5],
    ],
    classes: [3, 1],
    relations: [[0, 1, 1]],
  },
]

describe('VG150', () => {
  it('written with h5wasm is read with h5wasm and jsfive, and goes through the exchange format', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nonconvex-vg-'))
    try {
      const path = join(folder, 'VG-SGG.h5')
      await writeH5(path, setsOf(stored))
      const file = new h5wasm.File(path, 'r')
      const found = await read(hdf5FromH5wasm(file))
      file.close()
      expect(found.header).toEqual(header)
      expect(found.scenes).toEqual(expected)
      expect([...found.dropped]).toEqual([['relations of an object with itself', 1]])
      const lines = [
        exchangeHeader(header),
        ...found.scenes.map((each) => exchangeLine(each, header)),
      ]
      const back = await readExchange([lines.join('\n')])
      expect(back.header).toEqual(header)
      expect(await all(back.scenes)).toEqual(expected)
    } finally {
      rmSync(folder, { recursive: true })
    }
    const bytes = await h5Bytes(setsOf(stored))
    const whole = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
    expect((await read(hdf5FromJsfive(new JsfiveFile(whole, 'a')))).scenes).toEqual(expected)
  })

  it('takes a part that the file calls validation, and refuses one that nobody knows', async () => {
    const coded = (code: number) =>
      stored.map((one) => (one.id === 6 ? { ...one, split: code } : one))
    const { scenes } = await read(inMemory(setsOf(coded(1))), { split: 'val', validation: 0 })
    expect(scenes.map(({ id }) => id)).toEqual([6])
    expect(await refusal(read(inMemory(setsOf(coded(7)))))).toBe(
      'SceneDataError: image 6: split: expected 0 (train), 1 (validation) or 2 (test), got 7',
    )
  })

  it('is split as the published readers do', async () => {
    const ids = async (options: Vg150Options) =>
      (await read(inMemory(setsOf(stored)), options)).scenes.map(({ id }) => id)
    expect(await ids({ split: 'train', validation: 1 })).toEqual([6])
    expect(await ids({ split: 'val', validation: 1 })).toEqual([1])
    expect(await ids({ split: 'test' })).toEqual([4])
    expect(await ids({ split: 'train', validation: 0, withoutRelations: true })).toEqual([1, 5, 6])
    expect((await read(inMemory(setsOf(stored)), { split: 'test' })).header.split).toBe('test')
  })

  it('has corners cut to integers on request', async () => {
    const { scenes } = await read(inMemory(setsOf(stored)), { integerBoxes: true })
    expect(scenes[0].boxes[1]).toEqual([150, 283, 251, 316])
    // toward zero: 10 − 20 is −10 in the file, −5 in the image
    expect(scenes[2].boxes[2]).toEqual([24, -5, 26, 15])
  })

  it('takes 512 for 1024 where there is nothing else', async () => {
    const { boxes_1024: boxes, ...rest } = setsOf(stored)
    const { scenes } = await read(inMemory({ ...rest, boxes_512: boxes } as never))
    expect(scenes[0].boxes[0]).toEqual([150, 180, 250, 220])
  })

  it('refuses files that do not fit, with what and where', async () => {
    const sets = setsOf(stored)
    const changed = (change: object, images?: string) =>
      refusal(read(inMemory({ ...sets, ...change }), {}, images))
    expect(await refusal(read(inMemory({ split: sets.split })))).toBe(
      'SceneDataError: VG-SGG.h5: expected the data sets of VG150, got a file without labels, img_to_first_box, img_to_last_box, predicates, relationships, img_to_first_rel, img_to_last_rel, boxes_1024',
    )
    const label = (value: bigint) => {
      const data = sets.labels.data.slice()
      data[1] = value
      return { labels: { ...sets.labels, data } }
    }
    expect(await changed(label(4n))).toBe(
      'SceneDataError: VG-SGG.h5, image 1: classes[1]: expected an integer from 1 to 3, got 4',
    )
    expect(await changed(label(0n))).toMatch(/image 1: classes\[1\]: expected an integer from 1/)
    expect(await changed(label(2n ** 60n))).toMatch(/data set labels, row 1: expected an integer/)
    expect(
      await changed({
        relationships: { ...sets.relationships, data: sets.relationships.data.map((x) => x + 1) },
      }),
    ).toMatch(/image 1: relationships: expected a box of the image, from 0 to 1, got 2/)
    expect(
      await changed({
        img_to_last_box: { ...sets.img_to_last_box, data: Int32Array.of(1, -1, 4, 5, 99) },
      }),
    ).toMatch(
      /image 6: img_to_first_box, img_to_last_box: expected a range of 0 to 7 or −1, got 6 to 99/,
    )
    expect(await changed({ labels: { data: sets.labels.data.slice(1), shape: [7, 1] } })).toMatch(
      /data set labels: expected 8 rows, as boxes has, got 7/,
    )
    expect(await changed({ relationships: { ...sets.relationships, shape: [3, 4] } })).toMatch(
      /data set relationships: expected 2 numbers a row, got 4/,
    )
    expect(await changed({}, imageData(stored.slice(2)))).toBe(
      'SceneDataError: image_data.json: expected 5 images, as VG-SGG.h5 has, got 4, 3 without those that cannot be read; take files of one release',
    )
    expect(await changed({}, imageData(stored).slice(0, -20))).toMatch(
      /image_data.json, line 1: expected \] at the end, got the end of the file/,
    )
    const width = imageData(stored).replace('"width":1024', '"width":null')
    expect(await changed({}, width)).toMatch(
      /image_data.json, line 1, image \d+: width: expected a finite/,
    )
    expect(await changed({}, imageData(stored).replace('"width":1024', '"width":0'))).toMatch(
      /image_data.json, line 1, image \d+: width: expected a size above 0, got 0/,
    )
    const noNames = readVg150({ h5: inMemory(sets), dicts: ['{}'], images: [imageData(stored)] })
    expect(await refusal(noNames)).toMatch(/VG-SGG-dicts.json: idx_to_label: expected an object/)
    const twice = {
      h5: inMemory(sets),
      dicts: [dicts.replace('"under"', '"near"')],
      images: [imageData(stored)],
    }
    expect(await refusal(readVg150(twice))).toMatch(
      /VG-SGG-dicts.json: idx_to_predicate.2: expected each name once, got "near" again/,
    )
  })

  it('refuses an HDF5 data set of texts', () => {
    const texts = { get: () => ({ shape: [2], slice: () => ['a', 'b'] }) }
    expect(() => hdf5FromH5wasm(texts).rows('split')?.read(0, 2)).toThrow(/split: expected numbers/)
    expect(hdf5FromH5wasm({ get: () => null }).rows('split')).toBeUndefined()
  })
})
