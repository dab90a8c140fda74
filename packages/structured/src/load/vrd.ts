import type { Box } from '../recall/boxes.js'
import type { Relation } from '../recall/scene.js'
import {
  dropCounter,
  NO_CLASS,
  NO_PREDICATE,
  type AnnotatedScene,
  type SceneSource,
} from './annotated-scene.js'
import { checkAnnotated } from './check-annotated.js'
import { fieldsOf, namesFrom, smallJson, type Fields } from './fields.js'
import { inPart } from './in-part.js'
import { jsonItems } from './json-items.js'
import { SceneDataError, shown } from './scene-data-error.js'
import { textPieces, type Pieces } from './text-pieces.js'

/**
 * The published files of VRD (Lu et al., 2016), and a file of image sizes: {name: {width, height}}.
 */
export interface VrdFiles {
  readonly annotations: Pieces
  readonly objects: Pieces
  readonly predicates: Pieces
  readonly sizes: Pieces
}

/**
 * Reads VRD. VRD does not list entities: equal class and box mean one entity. Categories start at
 * 0, and a box is [ymin, ymax, xmin, xmax]. Relations of an entity with itself and images without a
 * recorded size are dropped, duplicate relations kept.
 *
 * @throws SceneDataError with file, line and image
 * Memory: an image, and the sizes of all.
 */
export async function readVrd(files: VrdFiles, split = ''): Promise<SceneSource> {
  const { dropped, drop } = dropCounter()
  const classes = await namesFrom(textPieces(files.objects), 'objects.json', NO_CLASS)
  const predicates = await namesFrom(textPieces(files.predicates), 'predicates.json', NO_PREDICATE)
  const part = 'the image sizes'
  const sizes = fieldsOf(await smallJson(textPieces(files.sizes), part), { part })
  async function* scenes(): AsyncGenerator<AnnotatedScene> {
    for await (const { key, value, line } of inPart('annotations', jsonItems(files.annotations))) {
      if (key === undefined)
        throw new SceneDataError({ line }, 'expected an object of images by name, got a list')
      const place = { part: 'annotations', line, image: key }
      if (!sizes.has(key)) {
        drop('images without a size')
        continue
      }
      const size = sizes.object(key)
      const boxes: Box[] = []
      const labels: number[] = []
      const placeOf = new Map<string, number>()
      const entity = (fields: Fields): number => {
        const label = numbered(fields, 'category', classes)
        const [y1, y2, x1, x2] = cornersOf(fields)
        const name = [label, y1, y2, x1, x2].join()
        const known = placeOf.get(name)
        if (known !== undefined) return known
        placeOf.set(name, boxes.length)
        labels.push(label)
        return boxes.push([x1, y1, x2, y2]) - 1
      }
      const relations = fieldsOf({ relations: value }, place)
        .objects('relations')
        .flatMap((row): Relation[] => {
          const [s, o] = [entity(row.object('subject')), entity(row.object('object'))]
          if (s !== o) return [[s, o, numbered(row, 'predicate', predicates)]]
          drop('relations of an object with itself')
          return []
        })
      yield checkAnnotated(
        {
          id: key,
          width: size.number('width'),
          height: size.number('height'),
          boxes,
          classes: labels,
          relations,
        },
        { classes, predicates },
        place,
      )
    }
  }
  return { header: { dataset: 'VRD', split, classes, predicates }, scenes: scenes(), dropped }
}

/**
 * The place of a name in our lists, which have one more; an error message has the numbers of the
 * file, from 0.
 */
function numbered(fields: Fields, name: string, list: readonly string[]): number {
  const number = fields.number(name)
  if (Number.isInteger(number) && number >= 0 && number < list.length - 1) return number + 1
  throw new SceneDataError(
    fields.place,
    `${fields.path(name)}: expected an integer from 0 to ${list.length - 2}, got ${number}`,
  )
}

function cornersOf(fields: Fields): readonly number[] {
  const box = fields.value('bbox')
  const fail = (expected: string): never => {
    throw new SceneDataError(
      fields.place,
      `${fields.path('bbox')}: expected ${expected}, got ${shown(box)}`,
    )
  }
  if (!Array.isArray(box) || box.length !== 4 || !box.every((x) => typeof x === 'number'))
    return fail('[ymin, ymax, xmin, xmax]')
  const [y1, y2, x1, x2] = box
  return y2 < y1 || x2 < x1 ? fail('[ymin, ymax, xmin, xmax] with min ≤ max') : box
}
