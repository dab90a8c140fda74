import type { AnnotatedScene, SceneHeader, SceneSource, TrainedOn } from './annotated-scene.js'
import { checkAnnotated } from './check-annotated.js'
import { distinctNames } from './distinct-names.js'
import { fieldsOf } from './fields.js'
import { whyNoJson } from './why-no-json.js'
import { SceneDataError, shown } from './scene-data-error.js'
import { linesOf, LONGEST_IMAGE, type Pieces } from './text-pieces.js'

const FORMAT = 'nonconvex-scene-graphs'
const VERSION = 1

/**
 * Reads the exchange format: a header line with the names of classes and predicates, then one image
 * on each line, as JSON.
 *
 * @param pieces - the file in pieces
 * @returns after the header is read; scenes are read on demand
 * @throws SceneDataError with line and image, for the header here, for an image when it is read:
 *   invalid JSON, a duplicate name, a number that is not finite, an unknown class, predicate or
 *   box. Memory: a line and a piece.
 *
 * @example
 * import { readExchange } from '@nonconvex/structured/load'
 * const text = `{"format":"nonconvex-scene-graphs","version":1,"dataset":"tiny","split":"test","classes":["__background__","dog"],"predicates":["__none__","near"]}
 * {"id":1,"width":4,"height":4,"boxes":[[0,0,2,2],[2,2,4,4]],"classes":[1,1],"relations":[[0,1,1]]}`
 * const { header, scenes } = await readExchange([text])
 * for await (const { id, relations } of scenes) console.log(header.dataset, id, relations) // → tiny 1 [ [ 0, 1, 1 ] ]
 */
export async function readExchange(pieces: Pieces): Promise<SceneSource> {
  const lines = linesOf(pieces, LONGEST_IMAGE)
  const first = await lines.next()
  if (first.done) throw new SceneDataError({}, 'expected a header line, got an empty file')
  const header = headerOf(first.value.line, first.value.text)
  async function* scenes(): AsyncGenerator<AnnotatedScene> {
    for await (const { line, text } of lines)
      yield checkAnnotated(parsed(line, text), header, { line })
  }
  return { header, scenes: scenes(), dropped: new Map() }
}

function parsed(line: number, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new SceneDataError(
      { line, ...imageIn(text) },
      `expected one JSON object on each line, got invalid JSON (${whyNoJson(text, error)})`,
    )
  }
}

/** The id in a text that is no JSON: writers put it first. */
function imageIn(text: string): { readonly image?: string | number } {
  const [, name, number] = /^\s*\{\s*"id"\s*:\s*(?:"([^"\\]*)"|(-?\d+))\s*,/.exec(text) ?? []
  return name !== undefined
    ? { image: name }
    : number !== undefined
      ? { image: Number(number) }
      : {}
}

function headerOf(line: number, text: string): SceneHeader {
  const found = parsed(line, text)
  const fields = (typeof found === 'object' && found !== null ? found : {}) as {
    readonly [name: string]: unknown
  }
  if (fields['format'] !== FORMAT)
    throw new SceneDataError(
      { line },
      `expected a header with "format":"${FORMAT}", got ${shown(fields['format'])}; the first line also has version, dataset, classes and predicates`,
    )
  if (fields['version'] !== VERSION)
    throw new SceneDataError(
      { line },
      `expected version ${VERSION}, the supported one, got ${shown(fields['version'])}`,
    )
  const textOf = (name: string): string => {
    const value = fields[name] ?? ''
    if (typeof value === 'string') return value
    throw new SceneDataError({ line }, `${name}: expected a text, got ${shown(value)}`)
  }
  const names = (name: string): readonly string[] => {
    const value = fields[name]
    if (
      Array.isArray(value) &&
      value.length >= 2 &&
      value.every((each) => typeof each === 'string')
    )
      return distinctNames(value, { line }, (i) => `${name}[${i}]`)
    throw new SceneDataError(
      { line },
      `${name}: expected names, the first of them for the empty entry, got ${shown(value)}`,
    )
  }
  return {
    dataset: textOf('dataset'),
    split: textOf('split'),
    classes: names('classes'),
    predicates: names('predicates'),
    ...(fields['task'] !== undefined && { task: textOf('task') }),
    ...(fields['trained'] !== undefined && { trained: trainedOf(line, fields['trained']) }),
  }
}

const parts: readonly TrainedOn['part'][] = ['train', 'val', 'test', 'all']

function trainedOf(line: number, value: unknown): TrainedOn {
  const fields = fieldsOf(value, { line }, 'trained')
  const part = parts.find((each) => each === fields.value('part'))
  if (part !== undefined) return { sha256: fields.text('sha256'), part }
  throw new SceneDataError(
    { line },
    `trained.part: expected one of ${parts.join(', ')}, got ${shown(fields.value('part'))}`,
  )
}

/**
 * The header line of the exchange format, without line break.
 *
 * @throws SceneDataError for a duplicate name, which `readExchange` rejects
 */
export const exchangeHeader = ({
  dataset,
  split,
  task,
  trained,
  classes,
  predicates,
}: SceneHeader): string =>
  JSON.stringify({
    format: FORMAT,
    version: VERSION,
    dataset,
    split,
    ...(task !== undefined && { task }),
    ...(trained !== undefined && { trained }),
    classes: distinctNames(classes, {}, (i) => `classes[${i}]`),
    predicates: distinctNames(predicates, {}, (i) => `predicates[${i}]`),
  })

/**
 * An image as a line of the exchange format, without line break.
 *
 * @throws SceneDataError for a scene that `readExchange` would reject
 */
export const exchangeLine = (
  scene: AnnotatedScene,
  header: Pick<SceneHeader, 'classes' | 'predicates'>,
): string => JSON.stringify(checkAnnotated(scene, header, {}))
