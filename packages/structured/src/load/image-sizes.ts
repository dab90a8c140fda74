import { fieldsOf, type Fields } from './fields.js'
import { jsonItems } from './json-items.js'
import { inPart } from './in-part.js'
import { SceneDataError } from './scene-data-error.js'
import type { Pieces } from './text-pieces.js'

/** An image of `image_data.json`. */
export interface ImageSize {
  readonly id: number | string
  readonly width: number
  readonly height: number
}

/**
 * The images of `image_data.json` of Visual Genome, in its order. Memory: three numbers for each
 * image.
 */
export async function readImageSizes(pieces: Pieces): Promise<ImageSize[]> {
  const images: ImageSize[] = []
  for await (const { value, line } of inPart('image_data.json', jsonItems(pieces))) {
    const place = { part: 'image_data.json', line }
    const listed = fieldsOf(value, place)
    // older releases call it so
    const id = listed.id(listed.has('image_id') ? 'image_id' : 'id')
    const fields = fieldsOf(value, { ...place, image: id })
    images.push({
      id,
      width: sizeOf(fields, 'width'),
      height: sizeOf(fields, 'height'),
    })
  }
  return images
}

function sizeOf(fields: Fields, name: 'width' | 'height'): number {
  const size = fields.number(name)
  if (size > 0) return size
  throw new SceneDataError(fields.place, `${name}: expected a size above 0, got ${size}`)
}
