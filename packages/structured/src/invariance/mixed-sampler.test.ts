import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { checkGraph } from '../graph/graph.js'
import { mixedSampler } from './mixed-sampler.js'

const graphs = Array.from({ length: 72 }, (_, t) =>
  mixedSampler(2, 1)(stream(1).child('g', t), 5, t),
)
const rowsOf = ({ cols, data }: { cols: number; data: Float64Array }): string[] =>
  Array.from({ length: data.length / cols }, (_, i) =>
    data.subarray(i * cols, (i + 1) * cols).join(),
  )

describe('the mixed sampler', () => {
  it('draws well-formed graphs of every size, 0 and 1 too', () => {
    for (const n of [0, 1, 2, 7])
      for (let t = 0; t < 72; t++)
        expect(checkGraph('f', mixedSampler(2, 1)(stream(2).child('g', t), n, t))).toBe(n)
  })

  it('makes all nodes alike, pairs of twins, and nodes in general position, a quarter each', () => {
    const different = graphs.map(({ nodes }) => new Set(rowsOf(nodes)).size)
    expect(different.filter((size) => size === 1)).toHaveLength(18)
    expect(different.filter((size) => size === 3).length).toBeGreaterThanOrEqual(18)
    expect(different.filter((size) => size === 5).length).toBeGreaterThanOrEqual(18)
  })

  it('makes pairs zero, and 0 or 1', () => {
    const kinds = graphs.map(({ edges }) => [...new Set(edges.data)].sort((a, b) => a - b).join())
    expect(kinds.filter((kind) => kind === '0')).toHaveLength(24)
    expect(kinds.filter((kind) => kind === '0,1')).toHaveLength(24)
  })

  it('leaves out pairs in six ways, each twice in the first dozen and with all kinds of features', () => {
    const wayOf = (mask: Uint8Array | undefined): string => {
      if (mask === undefined) return 'none'
      const count = mask.reduce((sum, bit) => sum + bit, 0)
      const both = mask.every((bit, at) => bit === mask[(at % 5) * 5 + Math.floor(at / 5)])
      const alone = [0, 1, 2, 3, 4].filter((i) =>
        mask.subarray(5 * i, 5 * i + 5).every((b) => b === 0),
      )
      if (count === 0) return 'empty'
      if (count === 20) return 'all'
      if (both && count === 12 && alone.length === 1) return 'isolated'
      return both ? 'symmetric' : 'sparse'
    }
    const ways = graphs.map(({ mask }) => wayOf(mask))
    const names = ['all', 'empty', 'isolated', 'none', 'sparse', 'symmetric']
    expect(ways.slice(0, 12).sort()).toEqual(names.flatMap((name) => [name, name]))
    const combinations = graphs.map((_, t) => `${t % 12} ${ways[t]}`)
    expect(new Set(combinations).size).toBe(72)
  })
})
