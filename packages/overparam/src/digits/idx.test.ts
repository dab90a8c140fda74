import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idxImages, idxLabels } from '../../test/idx-files.js'
import { DigitsError } from './digits-error.js'
import { gunzip } from './gunzip.js'
import { parseIdxImages, parseIdxLabels } from './idx.js'
import { loadIdx } from './load-idx.js'

const images = idxImages(3, 28, 28)
const labels = idxLabels([7, 0, 9])
/** The bytes with some of them replaced. */
const edited = (bytes: Uint8Array, at: number, ...values: number[]): Uint8Array => {
  const copy = bytes.slice()
  copy.set(values, at)
  return copy
}

describe('IDX files', () => {
  it('are read, wherever they lie in a buffer', () => {
    const shifted = new Uint8Array([1, 2, 3, ...idxImages(2, 3, 5)]).subarray(3)
    const { pixels, ...sizes } = parseIdxImages(shifted)
    expect(sizes).toEqual({ count: 2, rows: 3, cols: 5 })
    expect(Array.from(pixels.subarray(0, 4))).toEqual([0, 1, 2, 3])
    expect(pixels).toHaveLength(30)
    expect(Array.from(parseIdxLabels(labels))).toEqual([7, 0, 9])
  })

  it.each([0, 3, 15])('want a whole header of images, not %i bytes', (length) => {
    expect(() => parseIdxImages(images.subarray(0, length))).toThrow(
      new DigitsError(
        `parseIdxImages: expected a header of 16 bytes, got ${length}; fetch the file again`,
      ),
    )
  })

  it('want a whole header of labels', () => {
    expect(() => parseIdxLabels(labels.subarray(0, 7))).toThrow(
      new DigitsError('parseIdxLabels: expected a header of 8 bytes, got 7; fetch the file again'),
    )
  })

  it('want the magic number of their kind, and say what the file is instead', () => {
    const magic = (bytes: Uint8Array) => () => parseIdxImages(bytes)
    expect(magic(edited(images, 0, 9, 9, 9, 9))).toThrow(
      'parseIdxImages: expected magic number 0x00000803, got 0x09090909; give a file of the MNIST kind',
    )
    expect(magic(edited(images, 3, 1))).toThrow(
      'expected magic number 0x00000803, got 0x00000801; the file of images and that of labels are swapped',
    )
    expect(() => parseIdxLabels(images)).toThrow(
      'the file of images and that of labels are swapped',
    )
    expect(magic(gzipSync(images))).toThrow('the file is compressed: pass it through gunzip first')
  })

  it.each([1, 784, 2351])('want all their images: %i bytes too few', (less) => {
    expect(() => parseIdxImages(images.subarray(0, images.length - less))).toThrow(
      `parseIdxImages: expected 2352 bytes after the header, got ${2352 - less}; the file is truncated: fetch it again`,
    )
  })

  it('want nothing after them', () => {
    expect(() => parseIdxLabels(new Uint8Array([...labels, 1]))).toThrow(
      'parseIdxLabels: expected 3 bytes after the header, got 4; the file has trailing bytes',
    )
  })

  it('that claim to be huge are truncated, and take no memory', () => {
    expect(() => parseIdxImages(edited(images, 4, ...new Array<number>(12).fill(255)))).toThrow(
      'got 2352; the file is truncated',
    )
  })

  it('are read or refused by name, whatever the bytes', () => {
    const header = fc.constantFrom([], [0, 0, 8, 3], [0, 0, 8, 1], [31, 139])
    const size = fc.integer({ min: 0, max: 3 }).map((n) => [0, 0, 0, n])
    const sizes = fc.array(size, { maxLength: 3 }).map((words) => words.flat())
    const bytes = fc
      .tuple(header, sizes, fc.uint8Array({ maxLength: 40 }))
      .map(([head, words, rest]) => new Uint8Array([...head, ...words, ...rest]))
    let read = 0
    fc.assert(
      fc.property(bytes, (file) => {
        for (const parse of [parseIdxImages, parseIdxLabels])
          try {
            parse(file)
            read++
          } catch (error) {
            expect(error).toBeInstanceOf(DigitsError)
          }
      }),
      { numRuns: 2000 },
    )
    expect(read).toBeGreaterThan(10)
  })
})

describe('gunzip', () => {
  it('undoes gzip, and leaves other bytes alone', async () => {
    expect(await gunzip(gzipSync(images))).toEqual(images)
    expect(await gunzip(images)).toBe(images)
    expect(await gunzip(new Uint8Array(0))).toHaveLength(0)
  })

  it('refuses a file that is cut off or has a wrong byte', async () => {
    const file = new Uint8Array(gzipSync(images))
    await expect(gunzip(file.subarray(0, file.length - 9))).rejects.toThrow(DigitsError)
    const wrong = edited(file, file.length - 6, file[file.length - 6] ^ 1)
    await expect(gunzip(wrong)).rejects.toThrow(
      `gunzip: expected a whole gzip file, got ${file.length} bytes that do not decompress; fetch the file again`,
    )
  })
})

describe('loadIdx', () => {
  it('reads both files, compressed or not, in their order', async () => {
    const plain = await loadIdx(images, labels)
    expect(Array.from(plain.labels)).toEqual([7, 0, 9])
    expect(plain.counts).toEqual([1, 0, 0, 0, 0, 0, 0, 1, 0, 1])
    expect(plain.images).toHaveLength(2352)
    expect(await loadIdx(gzipSync(images), gzipSync(labels))).toEqual(plain)
  })

  it.each([
    [idxImages(3, 27, 28), labels, 'expected images of 28 × 28, got 27 × 28; scale them first'],
    // as many pixels, but another picture
    [idxImages(3, 14, 56), labels, 'expected images of 28 × 28, got 14 × 56; scale them first'],
    [
      images,
      idxLabels([1, 2]),
      'expected 3 labels, one for each image, got 2; take both files from one set',
    ],
    [
      images,
      idxLabels([1, 10, 2]),
      'expected labels from 0 to 9, got 10 at 1; take the digits, not the letters',
    ],
  ])('wants images of digits with their labels (%#)', async (first, second, message) => {
    await expect(loadIdx(first, second)).rejects.toThrow(new DigitsError(`loadIdx: ${message}`))
  })
})
