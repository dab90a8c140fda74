import { crc32 as reference } from 'node:zlib'
import { ShapeError, stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { idxImages, idxLabels } from '../../test/idx-files.js'
import { trainSgd } from '../sgd/train-sgd.js'
import { loadIdx } from './load-idx.js'
import { radius } from '../data/dataset.js'
import { crc32 } from './crc32.js'
import { DigitsError } from './digits-error.js'
import { digitsTask } from './digits-task.js'
import { loadDigits } from './load-digits.js'
import { parseDigits } from './parse-digits.js'
import { readAsset } from './read-asset.node.js'

const digits = await loadDigits()

/** The packed form, from images and counts. */
function packed(images: Uint8Array, counts: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(56 + images.length)
  bytes.set(new TextEncoder().encode('NCDIGIT1'))
  const view = new DataView(bytes.buffer)
  view.setUint32(8, 784, true)
  counts.forEach((count, digit) => view.setUint32(12 + 4 * digit, count, true))
  view.setUint32(52, reference(images), true)
  bytes.set(images, 56)
  return bytes
}

const two = packed(new Uint8Array(2 * 784).fill(3), [0, 0, 1, 0, 0, 0, 0, 1, 0, 0])
const edited = (at: number, value: number): Uint8Array => {
  const copy = two.slice()
  copy[at] = value
  return copy
}

describe('the digits of the package', () => {
  it('are the 10,000 of the npm package, class after class', () => {
    const counts = [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]
    expect(digits.counts).toEqual(counts)
    expect(digits.labels).toHaveLength(10_000)
    expect(digits.images).toHaveLength(7_840_000)
    counts.forEach((count, digit) => {
      expect(digits.labels.filter((label) => label === digit)).toHaveLength(count)
    })
    expect(digits.labels.every((label, i) => i === 0 || label >= digits.labels[i - 1])).toBe(true)
    const ink = digits.images.filter((byte) => byte > 0).length / digits.images.length
    expect(ink).toBeCloseTo(0.192, 3)
  })

  it('have no two images alike', () => {
    const seen = new Set<string>()
    for (let i = 0; i < 10_000; i++)
      seen.add(Buffer.from(digits.images.subarray(784 * i, 784 * (i + 1))).toString('latin1'))
    expect(seen.size).toBe(10_000)
  })

  it('are read once', async () => {
    expect(await loadDigits()).toBe(digits)
  })
})

describe('a packed file', () => {
  it('gives images, labels and counts', () => {
    const { images, labels, counts } = parseDigits(two)
    expect(images).toEqual(new Uint8Array(2 * 784).fill(3))
    expect(Array.from(labels)).toEqual([2, 7])
    expect(counts).toEqual([0, 0, 1, 0, 0, 0, 0, 1, 0, 0])
  })

  it.each([
    ['without header', two.subarray(0, 55), 'expected a header of 56 bytes, got 55'],
    [
      'of another format',
      edited(7, 50),
      'expected a file that starts with NCDIGIT1, got "NCDIGIT2"',
    ],
    ['of other images', edited(8, 9), 'expected 784 pixels per image, got 777'],
    [
      'cut off',
      two.subarray(0, two.length - 1),
      'expected 1568 bytes of images, got 1567; the file is truncated',
    ],
    ['with other counts', edited(12, 1), 'expected 2352 bytes of images, got 1568'],
    ['with a wrong pixel', edited(100, 4), /expected checksum \d+, got \d+; the file is corrupt/],
    ['with a wrong checksum', edited(52, two[52] ^ 1), 'the file is corrupt'],
  ])('%s is refused, with the remedy', (_, bytes, message) => {
    expect(() => parseDigits(bytes)).toThrow(DigitsError)
    expect(() => parseDigits(bytes)).toThrow(message)
    expect(() => parseDigits(bytes)).toThrow(
      /^parseDigits: expected .*[;:] install @nonconvex\/overparam again, or run its build in a clone$/,
    )
  })

  it('that is missing is named, with the remedy', async () => {
    const missing = new URL('no-such-file.gz', import.meta.url)
    await expect(readAsset(missing)).rejects.toThrow(DigitsError)
    await expect(readAsset(missing)).rejects.toThrow(
      /^loadDigits: cannot read .*no-such-file.gz \(ENOENT.*; in a clone run the build/,
    )
  })

  it('has the checksum of zlib', () => {
    for (const length of [0, 1, 2, 255, 1000])
      expect(crc32(digits.images.subarray(150, 150 + length))).toBe(
        reference(digits.images.subarray(150, 150 + length)),
      )
  })
})

/** The same bytes; a matcher would take seconds for a million numbers. */
const same = (a: Float64Array, b: Float64Array): boolean =>
  Buffer.from(a.buffer).equals(new Uint8Array(b.buffer))

describe('digitsTask', () => {
  const options = { digits, positive: [3], negative: [5], train: 1200 }

  it('splits two groups of classes, with the longest training row at norm 1', () => {
    const task = digitsTask({ ...options, stream: stream(1) })
    const { train, test, scale } = task
    expect([train.x.rows, test.x.rows]).toEqual([1200, 695])
    expect(radius(train)).toBeCloseTo(1, 14)
    const count = (label: number): number =>
      [...train.y, ...test.y].filter((value) => value === label).length
    expect([count(1), count(-1)]).toEqual([1032, 863])
    expect(train.x.data.every((value) => value >= 0 && value <= scale)).toBe(true)
    expect(task.description).toBe('digits 3 against 5, 1200 to train, 695 to test')
  })

  it('is a function of its stream, which alone chooses the examples', () => {
    const of = (seed: number) => digitsTask({ ...options, stream: stream(seed) })
    const once = of(1)
    expect(same(of(1).train.x.data, once.train.x.data)).toBe(true)
    expect(once.train.y).not.toEqual(of(2).train.y)
    const swapped = digitsTask({
      ...options,
      positive: [5],
      negative: [3],
      stream: stream(1),
    })
    expect(same(swapped.train.x.data, once.train.x.data)).toBe(true)
    expect(swapped.train.y).toEqual(once.train.y.map((label) => -label))
  })

  it('uses every example once: training and test together are the two classes', () => {
    const { train, test, scale } = digitsTask({ ...options, stream: stream(1) })
    const sums = (x: { rows: number; data: Float64Array }): number[] =>
      Array.from({ length: x.rows }, (_, i) =>
        Math.round(
          (x.data.subarray(784 * i, 784 * i + 784).reduce((a, b) => a + b, 0) * 255) / scale,
        ),
      )
    const found = [...sums(train.x), ...sums(test.x)].sort((a, b) => a - b)
    const expected: number[] = []
    digits.labels.forEach((label, i) => {
      if (label === 3 || label === 5)
        expected.push(digits.images.subarray(784 * i, 784 * i + 784).reduce((a, b) => a + b, 0))
    })
    expect(found).toEqual(expected.sort((a, b) => a - b))
  })

  it('may train on all there are', () => {
    const { test } = digitsTask({ ...options, train: 1895, stream: stream(1) })
    expect([test.x.rows, test.y.length]).toEqual([0, 0])
  })

  it.each([
    [{ negative: [] }, 'expected at least one negative class, got none'],
    [{ positive: [] }, 'expected at least one positive class, got none'],
    [{ positive: [10] }, 'expected positive classes from 0 to 9, got 10'],
    [{ negative: [0.5] }, 'expected negative classes from 0 to 9, got 0.5'],
    [{ positive: [3, 5] }, 'expected each class on one side only, got 5 on both sides'],
    [{ train: 0 }, 'expected train to be in [1, 1895], got 0'],
    [{ train: 1896 }, 'expected train to be in [1, 1895], got 1896'],
    [{ train: 2.5 }, 'expected train to be in [1, 1895], got 2.5'],
  ])('refuses %j', (change, message) => {
    expect(() => digitsTask({ ...options, stream: stream(1), ...change })).toThrow(
      `digitsTask: ${message}`,
    )
  })

  it('may find one class only: then every label is the same', async () => {
    const threes = await loadIdx(idxImages(4, 28, 28), idxLabels([3, 3, 3, 3]))
    const { train } = digitsTask({ ...options, digits: threes, train: 3, stream: stream(1) })
    expect(Array.from(train.y)).toEqual([1, 1, 1])
    const start = new Float64Array(2 * 784)
    const run = trainSgd(train, { k: 1, start, order: { kind: 'cyclic' } })
    expect(run.status).toBe('converged')
  })

  it('refuses images that do not belong to the labels', () => {
    const cut = { ...digits, images: digits.images.subarray(1) }
    expect(() => digitsTask({ ...options, digits: cut, stream: stream(1) })).toThrow(
      new ShapeError('digitsTask: expected 7840000 bytes of images for 10000 labels, got 7839999'),
    )
  })
})
