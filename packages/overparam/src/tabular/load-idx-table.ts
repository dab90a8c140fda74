import { parseIdxImages, parseIdxLabels } from '../digits/idx.js'
import type { ClassChoice } from './classes.js'
import { DataError } from './data-error.js'
import { TableBuilder, type DenseTable } from './table.js'

/**
 * Loads a data set from two files in MNIST format; pixels from 0 to 255 stay unchanged, and labels
 * from 0 to 255 become texts. Choose the positive labels, or `classes: 'all'`: `{ positive: ['0']
 * }` is 0 against the rest, with `negative` against those only.
 *
 * @param images - bytes of …-images-idx3-ubyte, decompressed; images of any size
 * @param labels - bytes of …-labels-idx1-ubyte, decompressed
 * @returns features are named row,column of their pixel, from 1; lines are the numbers of the
 *   images, from 1
 * @throws DigitsError for another format; DataError if the files do not match, or one class is
 *   empty
 *
 * @example
 * import { loadIdxTable } from '@nonconvex/overparam/tabular'
 * const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 9, 8, 7, 6)
 * const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 3, 5)
 * const { features, y } = loadIdxTable(images, labels)
 * console.log(features, y) // → [ '1,1', '1,2' ] Float64Array(2) [ -1, 1 ]
 */
export function loadIdxTable(
  images: Uint8Array,
  labels: Uint8Array,
  options: ClassChoice = {},
): DenseTable {
  const { count, rows, cols, pixels } = parseIdxImages(images)
  const found = parseIdxLabels(labels)
  if (found.length !== count)
    throw new DataError(
      'format',
      {},
      `expected ${count} labels, one for each image, got ${found.length}; take both files from one set`,
    )
  const d = rows * cols
  if (d === 0)
    throw new DataError('empty', {}, `expected images with pixels, got ${rows} × ${cols}`)
  const builder = new TableBuilder(options)
  const values = new Float64Array(d)
  for (let i = 0; i < count; i++) {
    values.set(pixels.subarray(i * d, (i + 1) * d))
    builder.add(values, String(found[i]), i + 1)
  }
  const features = Array.from(
    { length: d },
    (_, p) => `${Math.floor(p / cols) + 1},${(p % cols) + 1}`,
  )
  return builder.finish(features, 3)
}
