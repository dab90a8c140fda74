import { describe, expect, it } from 'vitest'
import { loadIdxTable } from './index.js'

describe('loadIdxTable', () => {
  const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 9, 8, 7, 6, 255, 0)
  const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 3, 5, 0)

  it('takes one digit against the rest, or a pair', () => {
    expect(() => loadIdxTable(images, labels)).toThrow(
      'got a third: "3" on line 1, "5" on line 2, "0" on line 3',
    )
    expect(Array.from(loadIdxTable(images, labels, { positive: ['0'] }).y)).toEqual([-1, -1, 1])
    const pair = loadIdxTable(images, labels, { positive: ['0'], negative: ['3'] })
    expect([...pair.x.data, ...pair.lines]).toEqual([9, 8, 255, 0, 1, 3])
  })

  it('refuses files that do not fit, and a wrong magic number', () => {
    expect(() => loadIdxTable(images, Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 3))).toThrow(
      'expected 3 labels, one for each image, got 1; take both files from one set',
    )
    expect(() => loadIdxTable(images.with(3, 1), labels)).toThrow(
      'expected magic number 0x00000803, got 0x00000801; the file of images and that of labels are swapped',
    )
  })
})
