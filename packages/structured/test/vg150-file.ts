import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as h5wasm from 'h5wasm/node'

/** An image as VG150 keeps it: boxes by center and size, the image's longer side being 1024. */
export interface StoredImage {
  readonly id: number
  readonly width: number
  readonly height: number
  /** 0 train, 2 test */
  readonly split: number
  readonly boxes: readonly (readonly [xc: number, yc: number, w: number, h: number])[]
  readonly classes: readonly number[]
  /** subject and object as places in `boxes`, predicate from 1 */
  readonly relations: readonly (readonly [number, number, number])[]
}

export const stored: readonly StoredImage[] = [
  {
    id: 1,
    width: 1024,
    height: 512,
    split: 0,
    boxes: [
      [100, 100, 50, 20],
      [201, 300, 101, 33],
    ],
    classes: [1, 3],
    relations: [
      [0, 1, 2],
      [0, 1, 2],
      [1, 0, 1],
    ],
  },
  { id: 3, width: 256, height: 512, split: 2, boxes: [], classes: [], relations: [] },
  {
    id: 4,
    width: 256,
    height: 512,
    split: 2,
    boxes: [
      [10, 10, 4, 4],
      [30, 10, 4, 4],
      [50, 10, 4, 40],
    ],
    classes: [2, 2, 1],
    relations: [
      [2, 0, 1],
      [1, 1, 2],
    ],
  },
  { id: 5, width: 512, height: 512, split: 0, boxes: [[9, 9, 4, 4]], classes: [3], relations: [] },
  {
    id: 6,
    width: 512,
    height: 512,
    split: 0,
    boxes: [
      [9, 9, 4, 4],
      [19, 19, 4, 4],
    ],
    classes: [3, 1],
    relations: [[0, 1, 1]],
  },
]

/** The data sets of `VG-SGG.h5`, in the types that it has. */
export function setsOf(images: readonly StoredImage[]) {
  const ranges = (counts: readonly number[]) => {
    const first: number[] = []
    const last: number[] = []
    let at = 0
    for (const count of counts) {
      first.push(count === 0 ? -1 : at)
      at += count
      last.push(count === 0 ? -1 : at - 1)
    }
    return [Int32Array.from(first), Int32Array.from(last)]
  }
  const [firstBox, lastBox] = ranges(images.map(({ boxes }) => boxes.length))
  const [firstRel, lastRel] = ranges(images.map(({ relations }) => relations.length))
  const long = (x: readonly number[]) => BigInt64Array.from(x.map(BigInt))
  const labels = images.flatMap(({ classes }) => classes)
  const boxes = images.flatMap((image) => image.boxes)
  const predicates = images.flatMap(({ relations }) => relations.map(([, , p]) => p))
  const relationships = images.flatMap(({ relations }, i) =>
    relations.map(([s, o]) => [firstBox[i] + s, firstBox[i] + o]),
  )
  return {
    split: { data: Int32Array.from(images.map(({ split }) => split)), shape: [images.length] },
    labels: { data: long(labels), shape: [labels.length, 1] },
    boxes_1024: { data: Int32Array.from(boxes.flat()), shape: [boxes.length, 4] },
    img_to_first_box: { data: firstBox, shape: [images.length] },
    img_to_last_box: { data: lastBox, shape: [images.length] },
    predicates: { data: long(predicates), shape: [predicates.length, 1] },
    relationships: { data: Int32Array.from(relationships.flat()), shape: [predicates.length, 2] },
    img_to_first_rel: { data: firstRel, shape: [images.length] },
    img_to_last_rel: { data: lastRel, shape: [images.length] },
  }
}

/** An HDF5 file of these data sets, 64-bit ones packed. */
export async function writeH5(
  path: string,
  sets: {
    readonly [name: string]: { readonly data: Int32Array | BigInt64Array; readonly shape: number[] }
  },
): Promise<void> {
  await h5wasm.ready
  const file = new h5wasm.File(path, 'w')
  for (const [name, { data, shape }] of Object.entries(sets))
    file.create_dataset({
      name,
      data,
      shape,
      ...(data instanceof BigInt64Array && { chunks: shape, compression: 'gzip' }),
    })
  file.close()
}

/** The same as bytes. */
export async function h5Bytes(sets: Parameters<typeof writeH5>[1]): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'nonconvex-h5-'))
  try {
    await writeH5(join(folder, 'a.h5'), sets)
    return readFileSync(join(folder, 'a.h5'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export const dicts: string = JSON.stringify({
  idx_to_label: { 1: 'dog', 2: 'cat', 3: 'tree' },
  label_to_idx: { dog: 1, cat: 2, tree: 3 },
  idx_to_predicate: { 1: 'near', 2: 'under' },
})

/** `image_data.json`, with an image in it that the h5 file does not have. */
export const imageData = (images: readonly StoredImage[]): string => {
  const rows = images.map(({ id, width, height }) => ({ image_id: id, width, height, url: '' }))
  return JSON.stringify([...rows, { image_id: 1592, width: 9, height: 9, url: '' }])
}
