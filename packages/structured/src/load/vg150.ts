import type { Box } from '../recall/boxes.js'
import type { Relation } from '../recall/scene.js'
import {
  dropCounter,
  type AnnotatedScene,
  type ScenePart,
  type SceneSource,
} from './annotated-scene.js'
import { checkAnnotated } from './check-annotated.js'
import type { Hdf5Source } from './hdf5.js'
import { readImageSizes, type ImageSize } from './image-sizes.js'
import { SceneDataError } from './scene-data-error.js'
import type { Pieces } from './text-pieces.js'
import { readVg150Names } from './vg150-names.js'
import { openVg150Sets } from './vg150-sets.js'

/** The three files of VG150: `VG-SGG.h5`, `VG-SGG-dicts.json`, `image_data.json`. */
export interface Vg150Files {
  readonly h5: Hdf5Source
  readonly dicts: Pieces
  readonly images: Pieces
}

export type Vg150Split = ScenePart

export interface Vg150Options {
  /** default all */
  readonly split?: Vg150Split
  /** size of the validation set, the first images of the training set; default 5000 */
  readonly validation?: number
  /**
   * whether images without relations are kept; default no, as in the published split; always for
   * `all`
   */
  readonly withoutRelations?: boolean
  /** truncate corners to integers, as the published readers do; default no */
  readonly integerBoxes?: boolean
}

/** Images that `image_data.json` has and the h5 file has not: they cannot be read. */
const UNREADABLE: ReadonlySet<number | string> = new Set([1592, 1722, 4616, 4617])

/**
 * Reads VG150, the split of Visual Genome with 150 classes and 50 predicates (or the numbers in the
 * files). Boxes become pixels of the image; relations of a box with itself are dropped.
 *
 * @throws SceneDataError if a data set is missing or has another length, the list of images does
 *   not match, or an image has unknown classes, predicates or ranges, with the image's id
 * Memory: the sizes of all images, and 65 536 rows of each data set.
 * Source: the readers of scene-graph-TF-release and neural-motifs.
 */
export async function readVg150(
  files: Vg150Files,
  options: Vg150Options = {},
): Promise<SceneSource> {
  const {
    split = 'all',
    validation = 5000,
    withoutRelations = false,
    integerBoxes = false,
  } = options
  const { dropped, drop } = dropCounter()
  const names = await readVg150Names(files.dicts)
  const sets = openVg150Sets(files.h5)
  const images = imagesOf(await readImageSizes(files.images), sets.images)

  function sceneOf(row: number): AnnotatedScene {
    const { id, width, height } = images[row]
    const place = { part: 'VG-SGG.h5', image: id }
    const range = sets.boxRange(row, place)
    const scale = Math.max(width, height) / sets.longSide
    const rows = Array.from({ length: range.count }, (_, i) => range.first + i)
    const boxes = rows.map((at): Box => {
      const [xc, yc, w, h] = sets.box(at)
      const start = (center: number, size: number): number =>
        integerBoxes ? Math.trunc(center - size / 2) : center - size / 2
      const [x1, y1] = [start(xc, w), start(yc, h)]
      return [x1 * scale, y1 * scale, (x1 + w) * scale, (y1 + h) * scale]
    })
    const inRange = (box: number): number => {
      const at = box - range.first
      if (at >= 0 && at < range.count) return at
      throw new SceneDataError(
        place,
        `relationships: expected a box of the image, from ${range.first} to ${range.first + range.count - 1}, got ${box}`,
      )
    }
    const related = sets.relationRange(row, place)
    const relations = Array.from({ length: related.count }, (_, i) => related.first + i).flatMap(
      (at): Relation[] => {
        const [subject, object] = sets.relationship(at)
        const [s, o] = [inRange(subject), inRange(object)]
        if (s !== o) return [[s, o, sets.predicate(at)]]
        drop('relations of an object with itself')
        return []
      },
    )
    const classes = rows.map(sets.label)
    return checkAnnotated({ id, width, height, boxes, classes, relations }, names, place)
  }

  async function* scenes(): AsyncGenerator<AnnotatedScene> {
    let trained = 0
    const partOf = (image: AnnotatedScene['id'], code: number): Vg150Split => {
      if (code === 2) return 'test'
      // published files have no validation part of their own: it is cut from the training part
      if (code === 1) return 'val'
      if (code === 0) return trained++ < validation ? 'val' : 'train'
      throw new SceneDataError(
        { image },
        `split: expected 0 (train), 1 (validation) or 2 (test), got ${code}`,
      )
    }
    for (let row = 0; row < sets.images; row++) {
      const scene = sceneOf(row)
      const related = (scene.relations ?? []).length > 0
      const whole = scene.boxes.length > 0 && (withoutRelations || related)
      if (split !== 'all' && !whole) continue
      const part = partOf(scene.id, sets.split(row))
      if (split === 'all' || part === split) yield await Promise.resolve(scene)
    }
  }
  return {
    header: { dataset: 'VG150', split: split === 'all' ? '' : split, ...names },
    scenes: scenes(),
    dropped,
  }
}

function imagesOf(listed: readonly ImageSize[], count: number): readonly ImageSize[] {
  const readable = listed.filter(({ id }) => !UNREADABLE.has(id))
  const images = [readable, listed].find(({ length }) => length === count)
  if (images !== undefined) return images
  const less =
    readable.length === listed.length
      ? ''
      : `, ${readable.length} without those that cannot be read`
  throw new SceneDataError(
    { part: 'image_data.json' },
    `expected ${count} images, as VG-SGG.h5 has, got ${listed.length}${less}; take files of one release`,
  )
}
