import { fieldsOf } from './fields.js'
import { jsonItems } from './json-items.js'
import { inPart } from './in-part.js'
import type { Pieces } from './text-pieces.js'

/** An image as `image_data.json` lists it. */
export interface ImageSize {
  readonly id: number | string
  readonly width: number
  readonly height: number
}

/** The images of `image_data.json` of Visual Genome, in its order. Memory: three numbers an image. */
export async function readImageSizes(pieces: Pieces): Promise<ImageSize[]> {
  const images: ImageSize[] = []
  for await (const { value, line } of inPart('image_data.json', jsonItems(pieces))) {
    const fields = fieldsOf(value, { part: 'image_data.json', line })
    images.push({
      // older releases call it so
      id: fields.id(fields.has('image_id') ? 'image_id' : 'id'),
      width: fields.number('width'),
      height: fields.number('height'),
    })
  }
  return images
}
