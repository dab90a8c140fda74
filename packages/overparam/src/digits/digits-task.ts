import { argumentError } from '@nonconvex/tensor/check'
import { ShapeError, matrix, type Stream } from '@nonconvex/tensor'
import type { Dataset } from '../data/dataset.js'
import { PIXELS, type Digits } from './parse-digits.js'

export interface DigitsTaskOptions {
  readonly digits: Digits
  /** classes with label +1 */
  readonly positive: readonly number[]
  /** classes with label −1; a class in neither list is dropped */
  readonly negative: readonly number[]
  /** number of training examples; the other digits of these classes are the test set */
  readonly train: number
  /** determines the training examples and their order */
  readonly stream: Stream
}

export interface DigitsTask {
  readonly train: Dataset
  readonly test: Dataset
  /**
   * factor of all pixels after division by 255, so that the longest training row has norm 1
   */
  readonly scale: number
  /** 'digits 0 against 1 2 3 4 5 6 7 8 9, 4000 to train, 6000 to test' */
  readonly description: string
}

function checkClasses(positive: readonly number[], negative: readonly number[]): void {
  for (const [name, classes] of [
    ['positive', positive],
    ['negative', negative],
  ] as const) {
    if (classes.length === 0)
      throw new RangeError(`digitsTask: expected at least one ${name} class, got none`)
    const wrong = classes.find((digit) => !Number.isInteger(digit) || digit < 0 || digit > 9)
    if (wrong !== undefined)
      throw new RangeError(`digitsTask: expected ${name} classes from 0 to 9, got ${wrong}`)
  }
  const both = positive.find((digit) => negative.includes(digit))
  if (both !== undefined)
    throw new RangeError(
      `digitsTask: expected each class on one side only, got ${both} on both sides`,
    )
}

/**
 * Makes a binary task from two groups of digits: the images of the chosen classes are shuffled by
 * the stream, and the first `train` are the training set. All rows are scaled by 1 / (longest
 * training row), so R = 1; since this factor depends on the training set, a compression bound
 * counts one more example.
 *
 * @returns training and test data, x with 784 columns in [0, 1], y in {−1, +1}
 * @throws ShapeError if there are not 784 bytes for each label
 * @throws RangeError if a class is not 0–9, is on both sides, or there are fewer than `train`
 *   examples
 *
 * @example
 * import { digitsTask, loadDigits } from '@nonconvex/overparam/digits'
 * import { stream } from '@nonconvex/tensor'
 * const digits = await loadDigits()
 * const options = { digits, positive: [3], negative: [5], train: 1200, stream: stream(1) }
 * console.log(digitsTask(options).test.y.length) // → 695
 */
export function digitsTask(options: DigitsTaskOptions): DigitsTask {
  const { digits, positive, negative, train, stream } = options
  checkClasses(positive, negative)
  const wanted = digits.labels.length * PIXELS
  if (digits.images.length !== wanted)
    throw new ShapeError(
      `digitsTask: expected ${wanted} bytes of images for ${digits.labels.length} labels, got ${digits.images.length}`,
    )
  const chosen: number[] = []
  digits.labels.forEach((label, i) => {
    if (positive.includes(label) || negative.includes(label)) chosen.push(i)
  })
  if (!Number.isInteger(train) || train < 1 || train > chosen.length)
    throw argumentError(
      'out-of-range',
      'digitsTask',
      'train',
      `to be in [1, ${chosen.length}]`,
      train,
    )
  const order = Array.from(stream.permutation(chosen.length), (at) => chosen[at])
  const longest = order
    .slice(0, train)
    .reduce((most, i) => Math.max(most, rowNorm(digits.images, i)), 0)
  const scale = longest > 0 ? 1 / longest : 1
  const part = (rows: readonly number[]): Dataset => ({
    x: matrix(rows.length, PIXELS, pixelsOf(digits.images, rows, scale)),
    y: Float64Array.from(rows, (i) => (positive.includes(digits.labels[i]) ? 1 : -1)),
  })
  return {
    train: part(order.slice(0, train)),
    test: part(order.slice(train)),
    scale,
    description: `digits ${positive.join(' ')} against ${negative.join(' ')}, ${train} to train, ${order.length - train} to test`,
  }
}

/** The norm of an image with values in [0, 1], exact up to the final division and square root. */
function rowNorm(images: Uint8Array, i: number): number {
  let sum = 0
  for (let p = i * PIXELS; p < (i + 1) * PIXELS; p++) sum += images[p] * images[p]
  return Math.sqrt(sum) / 255
}

function pixelsOf(images: Uint8Array, rows: readonly number[], scale: number): Float64Array {
  const data = new Float64Array(rows.length * PIXELS)
  rows.forEach((i, r) => {
    for (let p = 0; p < PIXELS; p++) data[r * PIXELS + p] = (images[i * PIXELS + p] / 255) * scale
  })
  return data
}
