import { boxOverlap, type Box } from '../recall/boxes.js'
import {
  dropCounter,
  type AnnotatedScene,
  type SceneSource,
  type Vocabulary,
} from './annotated-scene.js'
import { fieldsOf, type Fields } from './fields.js'
import { readImageSizes } from './image-sizes.js'
import { joinById } from './join-by-id.js'
import { inPart } from './in-part.js'
import { jsonItems } from './json-items.js'
import { numbering, plainName, type NamedEntity, type NamedScene } from './named-scene.js'
import { SceneDataError } from './scene-data-error.js'
import type { Pieces } from './text-pieces.js'

/**
 * The published files of Visual Genome: `image_data.json`, and either `scene_graphs.json`, or
 * `relationships.json` with or without `objects.json`, which must list the images in about the same
 * order.
 */
export interface VisualGenomeFiles {
  readonly images: Pieces
  readonly sceneGraphs?: Pieces
  readonly objects?: Pieces
  readonly relationships?: Pieces
}

/** Options that merge names and boxes of annotators. */
export interface VisualGenomeOptions {
  /** one name for several, in normal form: 'lady' → 'woman' */
  readonly aliases?: ReadonlyMap<string, string>
  /**
   * merge boxes of one image: overlap above 0.9, or the same name and overlap above 0.6 or one
   * inside the other; the first is kept. Default true
   */
  readonly merge?: boolean
}

/** The named scenes of Visual Genome, as they are read. Memory: an image, and the sizes of all. */
export async function* visualGenomeScenes(
  files: VisualGenomeFiles,
  options: VisualGenomeOptions = {},
  drop: (what: string) => void = () => undefined,
): AsyncGenerator<NamedScene> {
  const sizes = new Map((await readImageSizes(files.images)).map((image) => [image.id, image]))
  for await (const raw of rawScenes(files)) {
    const size = sizes.get(raw.id)
    if (size === undefined) {
      drop('images without a size')
      continue
    }
    yield namedOf({ ...raw, ...size }, options)
  }
}

/**
 * Reads Visual Genome with given names, which `vocabularyOf(await
 * countNames(visualGenomeScenes(files)))` finds in a first pass: other names are dropped.
 *
 * @throws SceneDataError with file, line and image
 * Source: the fields used by the published converter to VG150.
 */
export function readVisualGenome(
  files: VisualGenomeFiles,
  vocabulary: Vocabulary,
  options: VisualGenomeOptions = {},
): SceneSource {
  const { dropped, drop } = dropCounter()
  const numbered = numbering(vocabulary, drop)
  async function* scenes(): AsyncGenerator<AnnotatedScene> {
    for await (const scene of visualGenomeScenes(files, options, drop)) yield numbered(scene)
  }
  return {
    header: { dataset: 'Visual Genome', split: '', ...vocabulary },
    scenes: scenes(),
    dropped,
  }
}

interface RawScene {
  readonly id: string | number
  readonly objects: readonly Fields[]
  readonly relationships: readonly Fields[]
}

async function* rawScenes({
  sceneGraphs,
  objects,
  relationships,
}: VisualGenomeFiles): AsyncGenerator<RawScene> {
  if (sceneGraphs !== undefined) {
    for await (const fields of imagesOf('scene_graphs.json', sceneGraphs))
      yield {
        id: fields.id('image_id'),
        objects: fields.objects('objects'),
        relationships: fields.objects('relationships'),
      }
    return
  }
  if (relationships === undefined)
    throw new SceneDataError({}, 'expected scene_graphs.json or relationships.json, got neither')
  const related = imagesOf('relationships.json', relationships)
  const listed = objects === undefined ? nothing() : imagesOf('objects.json', objects)
  for await (const [left, right] of joinById(listed, related, (fields) => fields.id('image_id')))
    yield {
      id: (left ?? right).id('image_id'),
      objects: left?.objects('objects') ?? [],
      relationships: right?.objects('relationships') ?? [],
    }
}

async function* nothing(): AsyncGenerator<Fields> {
  // relationships.json names its objects itself
}

async function* imagesOf(part: string, pieces: Pieces): AsyncGenerator<Fields> {
  for await (const { value, line } of inPart(part, jsonItems(pieces))) {
    const { image_id: image } = (value ?? {}) as { readonly image_id?: unknown }
    const known = typeof image === 'number' || typeof image === 'string'
    yield fieldsOf(value, { part, line, ...(known && { image }) })
  }
}

/**
 * Objects by their number; the entities of a relationship count as objects, too, where they are not
 * listed.
 */
function namedOf(
  {
    id,
    width,
    height,
    objects,
    relationships,
  }: RawScene & { readonly width: number; readonly height: number },
  { aliases, merge = true }: VisualGenomeOptions,
): NamedScene {
  const entities: NamedEntity[] = []
  const placeOf = new Map<string | number, number>()
  const named = (name: string): string => {
    const plain = plainName(name)
    return aliases?.get(plain) ?? plain
  }
  const add = (fields: Fields): number => {
    const number = fields.id('object_id')
    const known = placeOf.get(number)
    if (known !== undefined) return known
    const entity = { name: named(nameOf(fields)), box: boxOf(fields) }
    const same = merge ? entities.findIndex((other) => oneObject(other, entity)) : -1
    const place = same >= 0 ? same : entities.push(entity) - 1
    placeOf.set(number, place)
    return place
  }
  const end = (row: Fields, role: 'subject' | 'object'): number => {
    if (row.has(role)) return add(row.object(role))
    const number = row.id(`${role}_id`)
    const place = placeOf.get(number)
    if (place !== undefined) return place
    throw new SceneDataError(
      row.place,
      `${role}_id: expected an object of the image, got ${number}`,
    )
  }
  objects.forEach(add)
  const relations = relationships.map((row) => ({
    subject: end(row, 'subject'),
    object: end(row, 'object'),
    predicate: named(row.text('predicate')),
  }))
  return { id, width, height, entities, relations }
}

function nameOf(fields: Fields): string {
  const names = fields.value('names')
  if (!Array.isArray(names)) return fields.text('name')
  const first: unknown = names[0]
  return typeof first === 'string' ? first : ''
}

/** Corners count from pixel 1. */
function boxOf(fields: Fields): Box {
  const [x, y] = [fields.number('x') - 1, fields.number('y') - 1]
  return [Math.max(0, x), Math.max(0, y), x + fields.number('w'), y + fields.number('h')]
}

function oneObject(a: NamedEntity, b: NamedEntity): boolean {
  const overlap = boxOverlap(a.box, b.box, false)
  return (
    overlap > 0.9 ||
    (a.name === b.name && (overlap > 0.6 || inside(a.box, b.box) || inside(b.box, a.box)))
  )
}

const inside = (a: Box, b: Box): boolean =>
  a[0] >= b[0] && a[1] >= b[1] && a[2] <= b[2] && a[3] <= b[3]
