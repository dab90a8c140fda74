import { ShapeError, stream } from '@nonconvex/tensor'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Box } from '../recall/boxes.js'
import { boxFeatureCounts, boxFeatures } from './box-features.js'

const image = (...boxes: readonly Box[]) => ({ width: 200, height: 100, boxes })
const row = ({ data, cols }: { data: ArrayLike<number>; cols: number }, at: number): number[] =>
  Array.from(data).slice(at * cols, (at + 1) * cols)

describe('features of boxes', () => {
  it('are those worked out by hand', () => {
    // the second overlaps the first by its left half
    const given = image([0, 0, 20, 10], [10, 0, 30, 10], [0, 50, 100, 100])
    const { nodeFeatures, pairFeatures } = boxFeatures(given, [0.5, 0.9, 0.5])
    expect(row(nodeFeatures, 0)).toEqual([0, 0, 0.1, 0.1, 0.01, 0, 0.5, 0, 0.5, 0, 0.5, 0, 0.5])
    expect(row(nodeFeatures, 1)).toEqual([0.05, 0, 0.15, 0.1, 0.01, 1, 0, 0, 0.5, 0, 0.5, 1, 0])
    expect(row(nodeFeatures, 2)).toEqual([0, 0.5, 0.5, 1, 0.25, 0, 0.5, 1, 0, 1, 0, 0, 0.5])
    const diagonal = Math.sqrt(30 * 30 + 10 * 10)
    expect(row(pairFeatures, 1)).toEqual([10 / diagonal, 0, 0, 0, 100 / 300, 0.5])
    expect(row(pairFeatures, 3)).toEqual([-10 / diagonal, 0, 0, 0, 100 / 300, 0.5])
    expect(row(pairFeatures, 2).slice(2)).toEqual([Math.log(1 / 5), Math.log(1 / 5), 0, 0])
    expect(row(pairFeatures, 4)).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('move with the boxes, to the last bit, ties and all', () => {
    const corner = fc.integer({ min: -20, max: 220 })
    const boxes = fc.array(fc.tuple(corner, corner, corner, corner), { maxLength: 6 })
    fc.assert(
      fc.property(boxes, fc.nat(), (some, seed) => {
        const n = some.length
        const sigma = stream(seed).sample(n, n)
        const confidence = some.map((_, i) => i % 2)
        const here = boxFeatures(image(...some), confidence)
        const there = boxFeatures(
          image(...Array.from(sigma, (i) => some[i])),
          Array.from(sigma, (i) => confidence[i]),
        )
        for (let i = 0; i < n; i++) {
          expect(row(there.nodeFeatures, i)).toEqual(row(here.nodeFeatures, sigma[i]))
          for (let j = 0; j < n; j++)
            expect(row(there.pairFeatures, i * n + j)).toEqual(
              row(here.pairFeatures, sigma[i] * n + sigma[j]),
            )
        }
        // empty boxes, boxes outside, corners the wrong way round: all numbers
        for (const { data } of [here.nodeFeatures, here.pairFeatures])
          expect(Array.from(data).every(Number.isFinite)).toBe(true)
      }),
    )
  })

  it('are there for no box and for one', () => {
    for (const boxes of [[], [[5, 5, 5, 5] as const]]) {
      const { nodeFeatures, pairFeatures } = boxFeatures(image(...boxes))
      expect([nodeFeatures.rows, nodeFeatures.cols]).toEqual([boxes.length, boxFeatureCounts.node])
      expect([pairFeatures.rows, pairFeatures.cols]).toEqual([boxes.length, boxFeatureCounts.pair])
      expect(Array.from(nodeFeatures.data).slice(4)).toEqual(
        boxes.flatMap(() => Array<number>(9).fill(0)),
      )
    }
  })

  it('are refused where sizes or corners are no numbers', () => {
    expect(() => boxFeatures({ ...image(), width: 0 })).toThrow(
      'boxFeatures: expected width to be positive and finite, got 0',
    )
    expect(() => boxFeatures(image([0, 0, NaN, 1]))).toThrow(
      'boxFeatures: corners of box 0 must be finite, got NaN',
    )
    expect(() => boxFeatures(image([0, 0, 1, 1]), [])).toThrow(ShapeError)
    expect(() => boxFeatures(image([0, 0, 1, 1]), [Infinity])).toThrow(
      /expected confidence\[0\] to be finite, got Infinity/,
    )
  })
})
