import { ShapeError, stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { checkGraph, graphOf, pairExists } from './graph.js'
import { checkPermutation, permuteGraph, permuteLabels } from './permute.js'

const three = graphOf(
  [[1], [2], [3]],
  [
    [[0], [12], [13]],
    [[21], [0], [23]],
    [[31], [32], [0]],
  ],
  [
    [0, 1, 0],
    [1, 0, 1],
    [0, 1, 0],
  ],
)

describe('a graph', () => {
  it('of no nodes is allowed', () => {
    expect(graphOf([]).edges.rows).toBe(0)
    expect(checkGraph('f', graphOf([]))).toBe(0)
  })

  it('has no pair of a node with itself, nor one that the mask leaves out', () => {
    expect(pairExists(three, 1, 1)).toBe(false)
    expect(pairExists(three, 0, 2)).toBe(false)
    expect(pairExists(three, 0, 1)).toBe(true)
    expect(pairExists(graphOf([[1], [2]]), 0, 1)).toBe(true)
  })

  it('refuses NaN in a node and in a pair that exists, and passes over it elsewhere', () => {
    expect(() => graphOf([[NaN]])).toThrow(/nodes\[0, 0\] to be finite, got NaN/)
    const pairs = (x: number, y: number): number[][][] => [
      [[NaN], [x]],
      [[y], [NaN]],
    ]
    expect(() => graphOf([[1], [2]], pairs(0, NaN))).toThrow('edges[1, 0, 0] must be finite')
    const masked = graphOf([[1], [2]], pairs(0, NaN), [
      [0, 1],
      [0, 0],
    ])
    expect(masked.mask).toEqual(Uint8Array.of(0, 1, 0, 0))
  })

  it('refuses sizes that do not fit', () => {
    expect(() => graphOf([[1], [2, 3]])).toThrow(ShapeError)
    expect(() => graphOf([[1], [2]], [[[1], [2]]])).toThrow(/edges must have 2 rows/)
    expect(() => graphOf([[1]], [[[1]]], [[1, 0]])).toThrow(/mask must have 1 rows/)
    expect(() => graphOf([[1]], [[[1]]], [[2]])).toThrow(/mask\[0, 0\] must be 0 or 1, got 2/)
    expect(() => checkGraph('f', { ...graphOf([[1]]), mask: Uint8Array.of(2) })).toThrow(
      /mask\[0\] must be 0 or 1, got 2/,
    )
    const edges = { rows: 3, cols: 1, data: new Float64Array(3) }
    expect(() => checkGraph('f', { ...three, edges })).toThrow(/f: edges must have n² = 9 rows/)
    expect(() => checkGraph('f', { ...three, mask: new Uint8Array(2) })).toThrow(/length n² = 9/)
  })
})

describe('a permutation', () => {
  it('looks up nodes, pairs and mask at their old places', () => {
    const turned = permuteGraph(three, [2, 0, 1])
    expect([...turned.nodes.data]).toEqual([3, 1, 2])
    expect([...turned.edges.data]).toEqual([0, 31, 32, 13, 0, 12, 23, 21, 0])
    expect([...(turned.mask ?? [])]).toEqual([0, 0, 1, 0, 0, 1, 1, 1, 0])
  })

  it('acts on labels as on the graph, and leaves those of the whole graph', () => {
    const labels = { nodes: three.nodes, edges: three.edges, graph: [7] }
    const turned = permuteGraph(three, [1, 2, 0])
    expect(permuteLabels(labels, [1, 2, 0])).toEqual({
      nodes: turned.nodes,
      edges: turned.edges,
      graph: [7],
    })
  })

  it('applied after another is the two looked up in turn', () => {
    const source = stream(3)
    for (let trial = 0; trial < 20; trial++) {
      const [first, second] = [source.permutation(3), source.permutation(3)]
      const both = second.map((i) => first[i])
      const twice = permuteGraph(permuteGraph(three, first), second)
      expect(twice).toEqual(permuteGraph(three, both))
    }
  })

  it('holds every place once', () => {
    expect(() => checkPermutation('f', [0, 0], 2)).toThrow(/each of 0 … 1 once, got 0 at 1/)
    expect(() => checkPermutation('f', [0, 2], 2)).toThrow(RangeError)
    expect(() => checkPermutation('f', [0], 2)).toThrow(ShapeError)
    expect(() => permuteLabels({ nodes: [1] }, [1, 0])).toThrow(/nodes must have 2 rows, got 1/)
  })
})

it.each([0.5, 256, 257, -1, NaN])(
  'a mask from numbers that are not 0 or 1 is refused: %f',
  (bit) => {
    const mask = [
      [0, 1],
      [bit, 0],
    ]
    expect(() => graphOf([[1], [2]], undefined, mask)).toThrow(
      `graphOf: mask[1, 0] must be 0 or 1, got ${bit}`,
    )
  },
)
