import { DigitsError } from './digits-error.js'
import { gunzip } from './gunzip.js'
import { parseIdxImages, parseIdxLabels } from './idx.js'
import { SIDE, type Digits } from './parse-digits.js'

/**
 * Loads digits from two files in MNIST format, compressed or not, in the order of the files, as
 * input of `digitsTask`; for example the 60,000 training digits of MNIST.
 *
 * @param images - bytes of train-images-idx3-ubyte(.gz), images of 28 × 28
 * @param labels - bytes of train-labels-idx1-ubyte(.gz), 0 to 9
 * @throws DigitsError naming the expected and the actual content
 *
 * @example
 * import { loadIdx } from '@nonconvex/overparam/digits'
 * const images = new Uint8Array(16 + 784)
 * images.set([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28])
 * const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 7)
 * console.log((await loadIdx(images, labels)).labels) // → Uint8Array(1) [ 7 ]
 */
export async function loadIdx(images: Uint8Array, labels: Uint8Array): Promise<Digits> {
  const { count, rows, cols, pixels } = parseIdxImages(await gunzip(images))
  const found = parseIdxLabels(await gunzip(labels))
  if (rows !== SIDE || cols !== SIDE)
    throw new DigitsError(
      `loadIdx: expected images of 28 × 28, got ${rows} × ${cols}; scale them first`,
    )
  if (found.length !== count)
    throw new DigitsError(
      `loadIdx: expected ${count} labels, one for each image, got ${found.length}; take both files from one set`,
    )
  const wrong = found.findIndex((label) => label > 9)
  if (wrong >= 0)
    throw new DigitsError(
      `loadIdx: expected labels from 0 to 9, got ${found[wrong]} at ${wrong}; take the digits, not the letters`,
    )
  const counts = new Array<number>(10).fill(0)
  for (const label of found) counts[label]++
  return { images: pixels, labels: found, counts }
}
