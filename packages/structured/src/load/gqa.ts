import type { Box } from '../recall/boxes.js'
import {
  dropCounter,
  type AnnotatedScene,
  type SceneSource,
  type Vocabulary,
} from './annotated-scene.js'
import { fieldsOf } from './fields.js'
import { jsonItems } from './json-items.js'
import { numbering, plainName, type NamedEntity, type NamedScene } from './named-scene.js'
import { SceneDataError } from './scene-data-error.js'
import type { Pieces } from './text-pieces.js'

export interface GqaOptions {
  /**
   * predicates to drop, such as "to the left of" and "to the right of", by far the most frequent
   * ones; default none
   */
  readonly without?: readonly string[]
}

/** The named scenes of a scene-graph file of GQA, as they are read. Memory: an image. */
export async function* gqaScenes(
  pieces: Pieces,
  { without = [] }: GqaOptions = {},
): AsyncGenerator<NamedScene> {
  const unwanted = new Set(without.map(plainName))
  for await (const { key, value, line } of jsonItems(pieces)) {
    if (key === undefined)
      throw new SceneDataError({ line }, 'expected an object of images by their ids, got a list')
    const fields = fieldsOf(value, { line, image: key })
    const objects = fields.object('objects')
    const placeOf = new Map(objects.names.map((id, place) => [id, place]))
    const entities = objects.names.map((id): NamedEntity => {
      const object = objects.object(id)
      const [x, y] = [object.number('x'), object.number('y')]
      const box: Box = [x, y, x + object.number('w'), y + object.number('h')]
      return { name: plainName(object.text('name')), box }
    })
    const relations = objects.names.flatMap((id, subject) => {
      const object = objects.object(id)
      if (!object.has('relations')) return []
      return object.objects('relations').flatMap((row) => {
        const predicate = plainName(row.text('name'))
        const other = placeOf.get(String(row.id('object')))
        if (other === undefined)
          throw new SceneDataError(
            row.place,
            `objects.${id}.relations: expected an object of the image, got ${row.id('object')}`,
          )
        return unwanted.has(predicate) ? [] : [{ subject, object: other, predicate }]
      })
    })
    yield {
      id: key,
      width: fields.number('width'),
      height: fields.number('height'),
      entities,
      relations,
    }
  }
}

/**
 * Reads a scene-graph file of GQA with given names, which `vocabularyOf(await
 * countNames(gqaScenes(file)))` finds in a first pass: other names are dropped.
 *
 * @throws SceneDataError with line and image
 */
export function readGqa(
  pieces: Pieces,
  vocabulary: Vocabulary,
  options: GqaOptions = {},
): SceneSource {
  const { dropped, drop } = dropCounter()
  const numbered = numbering(vocabulary, drop)
  async function* scenes(): AsyncGenerator<AnnotatedScene> {
    for await (const scene of gqaScenes(pieces, options)) yield numbered(scene)
  }
  return { header: { dataset: 'GQA', split: '', ...vocabulary }, scenes: scenes(), dropped }
}
