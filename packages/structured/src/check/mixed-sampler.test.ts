import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { checkGraph } from '../graph/graph.js'
import { mixedSampler } from './mixed-sampler.js'

const graphs = Array.from({ length: 48 }, (_, t) =>
  mixedSampler(2, 1)(stream(1).child('g', t), 5, t),
)
const rowsOf = ({ cols, data }: { cols: number; data: Float64Array }): string[] =>
  Array.from({ length: data.length / cols }, (_, i) =>
    data.subarray(i * cols, (i + 1) * cols).join(),
  )

describe('the mixed sampler', () => {
  it('draws well-formed graphs of every size, 0 and 1 too', () => {
    for (const n of [0, 1, 2, 7])
      for (let t = 0; t < 48; t++)
        expect(checkGraph('f', mixedSampler(2, 1)(stream(2).child('g', t), n, t))).toBe(n)
  })

  it('makes all nodes alike, pairs of twins, and nodes in general position, a quarter each', () => {
    const different = graphs.map(({ nodes }) => new Set(rowsOf(nodes)).size)
    expect(different.filter((size) => size === 1)).toHaveLength(12)
    expect(different.filter((size) => size === 3).length).toBeGreaterThanOrEqual(12)
    expect(different.filter((size) => size === 5).length).toBeGreaterThanOrEqual(12)
  })

  it('makes pairs zero, and 0 or 1', () => {
    const kinds = graphs.map(({ edges }) => [...new Set(edges.data)].sort((a, b) => a - b).join())
    expect(kinds.filter((kind) => kind === '0')).toHaveLength(16)
    expect(kinds.filter((kind) => kind === '0,1')).toHaveLength(16)
  })

  it('leaves out pairs, isolates a node, and masks all', () => {
    const counts = graphs.map(({ mask }) => mask?.reduce((sum, bit) => sum + bit, 0))
    expect(counts.filter((count) => count === undefined)).toHaveLength(12)
    expect(counts.filter((count) => count === 0)).toHaveLength(12)
    // one of five isolated: the 4 · 3 pairs of the others
    expect(counts.filter((count) => count === 12).length).toBeGreaterThanOrEqual(12)
    const sparse = graphs
      .slice(12, 24)
      .map(({ mask }) => mask?.filter((bit) => bit === 1).length ?? 0)
    for (const count of sparse) expect(count > 2 && count < 18).toBe(true)
  })
})
