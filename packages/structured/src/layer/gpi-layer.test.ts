import { ShapeError, stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { graphOf, type Graph } from '../graph/graph.js'
import { gpiLayer, type PairArguments } from './gpi-layer.js'
import type { Pool } from './pool.js'
import { repeatGPI } from './repeat-gpi.js'

/** A graph without features of nodes, from its neighbors. */
function adjacency(neighbors: readonly (readonly number[])[], features = [0]): Graph {
  return graphOf(
    neighbors.map(() => features),
    neighbors.map((of) => neighbors.map((_, j) => [of.includes(j) ? 1 : 0])),
  )
}

const path = adjacency([[1], [0, 2], [1]])
const bit = { width: 1, map: (...[, zij]: PairArguments) => zij }

describe('the read-outs on the path of three nodes', () => {
  it('local: the degree', () => {
    const layer = gpiLayer({ phi: bit, rho: { width: 1, map: (_, sk) => sk } })
    expect([...layer(path).nodes.data]).toEqual([1, 2, 1])
  })

  it('literal: one value, for whatever phi, alpha and rho, as all features are equal', () => {
    const source = stream(1)
    for (let trial = 0; trial < 20; trial++) {
      const [a, b, c, d] = Array.from({ length: 4 }, () => source.normal())
      const layer = gpiLayer({
        readout: 'literal',
        phi: { width: 2, map: (zi, [x], [y]) => [Math.tanh(a * x + y), b * x ** 2 + zi[0]] },
        alpha: { width: 2, map: ([z], [s, t]) => [Math.tanh(c * s + t) + z, s * t] },
        rho: { width: 1, map: ([z], [g, h]) => [Math.sin(d * g + h) + z] },
      })
      const [first, ...others] = layer(path).nodes.data
      expect(others).toEqual([first, first])
    }
  })

  it('cannot tell a hexagon from two triangles, however often it is repeated', () => {
    const ring = adjacency(
      [0, 1, 2, 3, 4, 5].map((i) => [(i + 1) % 6, (i + 5) % 6]),
      [1],
    )
    const pair = adjacency(
      [
        [1, 2],
        [0, 2],
        [0, 1],
        [4, 5],
        [3, 5],
        [3, 4],
      ],
      [1],
    )
    // whole numbers, so that sums are exact in every order
    const layer = gpiLayer({
      phi: { width: 2, map: ([x], [e], [y]) => [e * y ** 2, e * x * y + y] },
      alpha: { width: 1, map: ([z], [s, t]) => [(z + s * t) % 97] },
      rho: { width: 1, map: ([z], [s, t], [g]) => [(3 * z + s + 5 * t + g) % 1009] },
    })
    const deep = repeatGPI(layer, { steps: 5 })
    expect(deep(ring).nodes.data).toEqual(deep(pair).nodes.data)
    expect(deep(ring).nodes.data[0]).not.toBe(layer(ring).nodes.data[0])
  })
})

describe('the pools', () => {
  const triangle = graphOf(
    [[1], [2], [4]],
    [
      [[0], [3], [5]],
      [[3], [0], [7]],
      [[5], [7], [0]],
    ],
  )
  const pooled = (pool: Pool<PairArguments>, graph = triangle, includeSelf = false): number[] => {
    const layer = gpiLayer({
      phi: { width: 2, map: (_, [x], [y]) => [x, y] },
      pool,
      includeSelf,
      rho: { width: 2, map: (_, sk) => sk },
    })
    return [...layer(graph).nodes.data]
  }

  it('sum and mean', () => {
    expect(pooled('sum')).toEqual([8, 6, 10, 5, 12, 3])
    expect(pooled('mean')).toEqual([4, 3, 5, 2.5, 6, 1.5])
    expect(pooled('sum', triangle, true)).toEqual([8, 7, 10, 7, 12, 7])
  })

  it('neighbor attention weighs terms by e^β, the same for each feature', () => {
    const beta = (...[, [x]]: PairArguments): number => Math.log(x)
    const expected = [(9 + 25) / 8, (6 + 20) / 8, 58 / 10, 31 / 10, 74 / 12, 19 / 12]
    pooled({ attention: 'neighbor', beta }).forEach((x, i) =>
      expect(x).toBeCloseTo(expected[i], 14),
    )
    // the earlier spelling
    expect(pooled({ attention: 'neighbour', beta })).toEqual(
      pooled({ attention: 'neighbor', beta }),
    )
  })

  it('is the sum of (e^β v, e^β), divided: the form of the theorem', () => {
    const beta = (...[[u], [x], [y]]: PairArguments): number => Math.sin(u + 2 * x - y)
    const layer = gpiLayer({
      phi: {
        width: 3,
        map: (u, x, y) => [x[0], y[0], 1].map((v) => v * Math.exp(beta(u, x, y))),
      },
      rho: { width: 2, map: (_, [v, w, total]) => [v / total, w / total] },
    })
    const divided = layer(triangle).nodes.data
    pooled({ attention: 'neighbor', beta }).forEach((x, i) => expect(x).toBeCloseTo(divided[i], 13))
  })

  it('feature attention has one weight for each feature, and no overflow', () => {
    const beta = (...[, [x], [y]]: PairArguments): number[] => [Math.log(x), 1000 * y]
    const expected = [34 / 8, 4, 58 / 10, 4, 74 / 12, 2]
    pooled({ attention: 'feature', beta }).forEach((x, i) => expect(x).toBeCloseTo(expected[i], 12))
  })

  it('of nodes: the same four', () => {
    const over = (globalPool: Pool<readonly [Float64Array, Float64Array]>): number =>
      gpiLayer({
        alpha: { width: 1, map: (z) => z },
        globalPool,
        rho: { width: 0, map: () => [] },
      })(triangle).graph[0]
    expect(over('sum')).toBe(7)
    expect(over('mean')).toBeCloseTo(7 / 3, 15)
    expect(over({ attention: 'neighbor', beta: ([z]) => Math.log(z) })).toBeCloseTo(3, 14)
    expect(over({ attention: 'feature', beta: ([z]) => [2 * Math.log(z)] })).toBeCloseTo(
      73 / 21,
      14,
    )
  })

  it('no neighbor gives zero, never NaN: one node, an isolated node, all pairs masked', () => {
    const isolated = graphOf([[1], [2], [3]], undefined, [
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 0],
    ])
    const edgesOf = (graph: Graph): Graph => ({
      ...graph,
      edges: {
        rows: graph.nodes.rows ** 2,
        cols: 1,
        data: new Float64Array(graph.nodes.rows ** 2).fill(2),
      },
    })
    const kinds: Pool<PairArguments>[] = [
      'sum',
      'mean',
      { attention: 'neighbor', beta: () => 1 },
      { attention: 'feature', beta: () => [1, 2] },
    ]
    for (const pool of kinds) {
      expect(pooled(pool, edgesOf(graphOf([[1]])))).toEqual([0, 0])
      expect(pooled(pool, edgesOf(isolated)).map((x) => x + 0)).toEqual([2, 2, 2, 1, 0, 0])
      expect(pooled(pool, { ...triangle, mask: new Uint8Array(9) })).toEqual([0, 0, 0, 0, 0, 0])
      expect(pooled(pool, edgesOf(graphOf([])))).toEqual([])
    }
  })
})

describe('labels of pairs', () => {
  it('are given both directions, both summaries and g; missing pairs stay zero', () => {
    const graph = graphOf(
      [[1], [2]],
      [
        [[NaN], [10]],
        [[20], [NaN]],
      ],
      [
        [0, 1],
        [0, 0],
      ],
    )
    const layer = gpiLayer({
      phi: bit,
      alpha: { width: 1, map: (z) => z },
      rho: { width: 1, map: (zk) => zk },
      rhoEdge: { width: 7, map: (...all) => all.map(([x]) => x) },
    })
    const { edges } = layer(graph)
    expect([...(edges?.data.subarray(7, 14) ?? [])]).toEqual([1, 2, 10, 0, 10, 0, 3])
    expect([...(edges?.data ?? [])].filter((x) => x !== 0)).toHaveLength(5)
  })
})

describe('what does not fit', () => {
  const constant = { width: 1, map: (): number[] => [1, 2] }
  it.each([
    ['phi', gpiLayer({ phi: constant, rho: bitOf(1) }), /phi\(0, 1\) must have 1 entries, got 2/],
    ['alpha', gpiLayer({ alpha: constant, rho: bitOf(1) }), /alpha\(0\) must have 1/],
    ['rho', gpiLayer({ rho: constant }), /rho\(0\) must have 1/],
    ['rhoEdge', gpiLayer({ rho: bitOf(1), rhoEdge: constant }), /rhoEdge\(0, 1\) must have 1/],
  ])('%s of another width', (_, layer, message) => {
    expect(() => layer(path)).toThrow(ShapeError)
    expect(() => layer(path)).toThrow(message)
  })

  it('a value or a score that is not finite is named', () => {
    expect(() => gpiLayer({ rho: { width: 1, map: () => [NaN] } })(path)).toThrow(
      'gpiLayer: rho(0)[0] must be finite, got NaN',
    )
    const pool = { attention: 'neighbor', beta: () => Infinity } as const
    expect(() => gpiLayer({ phi: bit, pool, rho: bitOf(1) })(path)).toThrow(/beta\(0, 1\)\[0\]/)
    const nodes = { rows: 1, cols: 1, data: Float64Array.of(NaN) }
    const edges = { rows: 1, cols: 0, data: new Float64Array(0) }
    expect(() => gpiLayer({ rho: bitOf(1) })({ nodes, edges })).toThrow(/nodes\[0, 0\]/)
    expect(() => repeatGPI(gpiLayer({ rho: bitOf(1) }), { steps: 0 })).toThrow(/integer ≥ 1, got 0/)
  })
})

function bitOf(width: number): { width: number; map: () => Float64Array } {
  return { width, map: () => new Float64Array(width) }
}

it.each([
  [{ pool: 'max' }, 'pool must be one of sum, mean, got max'],
  [{ globalPool: null }, 'globalPool must be one of sum, mean, got null'],
  [{ pool: { attention: 'all' } }, 'pool.attention must be one of neighbor, feature, got all'],
  [{ readout: 'foo' }, 'readout must be one of local, literal, got foo'],
])('a kind that there is not is refused when the layer is made: %j', (change, message) => {
  const options: Parameters<typeof gpiLayer>[0] = { rho: { width: 1, map: ([x]) => [x] } }
  expect(() => gpiLayer(Object.assign(options, change))).toThrow(`gpiLayer: ${message}`)
})
