import { ShapeError, stream, type Vec, type Stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { checkGPI } from './check-gpi.js'
import { graphOf, pairExists, type Graph, type GraphLabeling } from '../graph/graph.js'
import { constructive, firstMismatch } from './constructive.js'
import { demoFunctions, demoGraph, demoLetters } from './finite-domain.js'

const shuffled = stream(7).permutation(12)
const sampler = (source: Stream, n: number): Graph => demoGraph(source, n)
const hash = ([id]: Vec): number => shuffled[id]
const degree = demoFunctions[0].F
const [invariant, others] = [true, false].map((kind) =>
  demoFunctions.filter((one) => one.invariant === kind),
)

describe('the construction', () => {
  it.each(invariant.map(({ name, F }) => [name, F] as const))(
    'equals %s on every random graph of 2 to 6 different ids, and is invariant',
    (_, F) => {
      const built = constructive(F, demoLetters, { hash })
      let seen = 0
      for (let n = 2; n <= 6; n++)
        for (let trial = 0; trial < 20; trial++) {
          const graph = demoGraph(stream(1).child(`n${n}`, trial), n)
          expect(firstMismatch(F, built, graph)).toBeUndefined()
          seen = Math.max(seen, ...built.apply(graph).nodes.data)
        }
      expect(seen).toBeGreaterThan(1)
      const report = checkGPI(built.apply, {
        sampler,
        sizes: [0, 1, 2, 4, 6],
        mode: 'exact',
        trials: 20,
      })
      expect(report).toMatchObject({ ok: true, trials: 100 })
    },
  )

  it('is invariant for a function that is not, and hence another function', () => {
    const [{ F }] = others
    const built = constructive(F, demoLetters, { hash })
    expect(checkGPI(F, { sampler }).ok).toBe(false)
    expect(checkGPI(built.apply, { sampler }).ok).toBe(true)
    const graphs = Array.from({ length: 50 }, (_, t) => demoGraph(stream(2).child('g', t), 5))
    const missed = graphs.filter((graph) => firstMismatch(F, built, graph) !== undefined)
    // in one of 120 orders the nodes stand in the order of their buckets
    expect(missed.length).toBeGreaterThan(40)
  })

  it('reproduces labels of pairs, several numbers of each, and masks', () => {
    const F: GraphLabeling = (graph) => {
      const n = graph.nodes.rows
      const total = graph.nodes.data.reduce((sum, x) => sum + x, 0)
      const nodes = Float64Array.from({ length: 2 * n }, (_, at) =>
        at % 2 === 0 ? total : graph.nodes.data[(at - 1) / 2],
      )
      const edges = Float64Array.from({ length: n * n }, (_, pair) => {
        const [i, j] = [Math.floor(pair / n), pair % n]
        const reverse = pairExists(graph, j, i) ? graph.edges.data[j * n + i] : -1
        return graph.nodes.data[i] - 2 * graph.nodes.data[j] + 100 * reverse
      })
      return {
        nodes: { rows: n, cols: 2, data: nodes },
        edges: { rows: n * n, cols: 1, data: edges },
      }
    }
    const built = constructive(F, demoLetters, { hash, nodeLabels: 2, edgeLabels: 1 })
    for (let trial = 0; trial < 40; trial++) {
      const source = stream(3).child('graph', trial)
      const graph = demoGraph(source, 4)
      const mask = graph.edges.data.map((_, pair) => (pair % 5 === 0 ? 0 : source.integer(2)))
      expect(firstMismatch(F, built, graph)).toBeUndefined()
      expect(firstMismatch(F, built, { ...graph, mask: Uint8Array.from(mask) })).toBeUndefined()
    }
    const reversed = constructive(F, demoLetters, { edgeLabels: 1, nodeLabels: 2 })
    const wrong: GraphLabeling = (graph) => {
      const { nodes = [] } = F(graph)
      return { nodes, edges: nodes }
    }
    expect(() => firstMismatch(wrong, reversed, demoGraph(stream(1), 3))).toThrow(
      /edges must have 9 rows, got 3/,
    )
  })

  it('needs no pair, and no node', () => {
    const built = constructive(degree, demoLetters, { hash })
    expect([...built.apply(graphOf([[3]], [[[1]]])).nodes.data]).toEqual([0])
    expect(built.apply(graphOf([])).nodes.rows).toBe(0)
  })

  it('fills the slot of each node, at its bucket, with its features, a 1, and its pairs', () => {
    const { phi, alpha } = constructive(degree, [[5], [9]])
    const [five, nine] = [Float64Array.of(5), Float64Array.of(9)]
    expect([...phi.map(five, Float64Array.of(7), nine)]).toEqual([0, 0, 7, 1])
    expect([...alpha.map(nine, Float64Array.of(7, 1, 0, 0))]).toEqual([
      0, 0, 0, 0, 0, 0, 9, 1, 7, 1, 0, 0,
    ])
  })
})

describe('the construction refuses', () => {
  const built = constructive(degree, demoLetters, { hash })
  const one = (n: number): number[][][] =>
    Array.from({ length: n }, () => Array.from({ length: n }, () => [1]))

  it('nodes with the same features, naming them', () => {
    expect(() => built.apply(graphOf([[4], [2], [9], [2]], one(4)))).toThrow(
      'constructive: features of nodes must be different, got the same at nodes 1 and 3',
    )
  })

  it('a node outside the alphabet, and features of other sizes', () => {
    expect(() => built.apply(graphOf([[4], [12]], one(2)))).toThrow(
      /letter of the alphabet, got \(12\)/,
    )
    expect(() => built.apply(graphOf([[4, 1]]))).toThrow(ShapeError)
    expect(() => built.apply(graphOf([[4], [5]]))).toThrow(/pairs must have 1 features, got 0/)
  })

  it('an alphabet or a hash that does not tell letters apart', () => {
    expect(() => constructive(degree, [[1], [1]])).toThrow(/letters must be distinct/)
    expect(() => constructive(degree, [[1], [2]], { hash: () => 0 })).toThrow(
      /got letter 1 in bucket 0/,
    )
    expect(() => constructive(degree, [[1], [2]], { hash: ([x]) => x })).toThrow(
      /from 0 to 1, got 2/,
    )
    expect(() => constructive(degree, [[1], [2, 3]])).toThrow(ShapeError)
  })

  it('labels that are no numbers', () => {
    const words = constructive(() => ({ nodes: ['cat', 'dog'] }), demoLetters)
    expect(() => words.apply(graphOf([[4], [2]], one(2)))).toThrow(
      /must label nodes with rows of numbers/,
    )
  })
})
