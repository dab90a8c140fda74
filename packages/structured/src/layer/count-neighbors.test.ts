import { power, stream, type Stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import type { Graph } from '../graph/graph.js'
import { gpiLayer } from './gpi-layer.js'

/** The counting task: ten nodes, five classes, each pair an edge with probability one half. */
const [n, K] = [10, 5]

function sample(source: Stream): { graph: Graph; classes: number[]; labels: number[] } {
  const classes = Array.from({ length: n }, () => source.integer(K))
  const nodes = new Float64Array(n * K)
  classes.forEach((c, i) => (nodes[i * K + c] = 1))
  const edges = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) edges[i * n + j] = edges[j * n + i] = source.integer(2)
  const labels = classes.map(
    (c, i) => classes.filter((other, j) => j !== i && other === c && edges[i * n + j] === 1).length,
  )
  const graph = {
    nodes: { rows: n, cols: K, data: nodes },
    edges: { rows: n * n, cols: 1, data: edges },
  }
  return { graph, classes, labels }
}

/** How many of the commonest label there are. */
const commonest = (labels: readonly number[]): number =>
  Math.max(0, ...labels.map((label) => labels.filter((other) => other === label).length))

const choose = (of: number, k: number): number => (k === 0 ? 1 : (choose(of - 1, k - 1) * of) / k)

describe('counting the neighbors of the own class', () => {
  it('is exact for the local read-out with a sum', () => {
    const layer = gpiLayer({
      phi: {
        width: 1,
        map: (zi, [edge], zj) => [edge * zi.reduce((sum, x, c) => sum + x * zj[c], 0)],
      },
      rho: { width: 1, map: (_, sk) => sk },
    })
    for (let t = 0; t < 50; t++) {
      const { graph, labels } = sample(stream(1).child('graph', t))
      expect([...layer(graph).nodes.data]).toEqual(labels)
    }
  })

  it('is bounded by .812 for the literal one, which answers alike within a class', () => {
    const graphs = 4000
    const shares = Array.from({ length: graphs }, (_, t) => {
      const { classes, labels } = sample(stream(2).child('graph', t))
      const answered = Array.from({ length: K }, (_, c) =>
        commonest(labels.filter((_, i) => classes[i] === c)),
      )
      return answered.reduce((sum, count) => sum + count, 0) / n
    })
    const mean = shares.reduce((sum, x) => sum + x, 0) / graphs
    const variance = shares.reduce((sum, x) => sum + (x - mean) ** 2, 0) / graphs
    // the reference is rounded to .0005 and comes from 20 000 graphs of its own
    const allowed = 4 * Math.sqrt(variance * (1 / graphs + 1 / 20_000)) + 5e-4
    expect(Math.abs(mean - 0.812)).toBeLessThan(allowed)
    expect(allowed).toBeLessThan(0.01)
  })

  it('is right with probability .533 for the best rule that ignores edges, .387 for always 0', () => {
    const others = Array.from(
      { length: n },
      (_, m) => choose(9, m) * power(0.2, m) * power(0.8, 9 - m),
    )
    const best = others.map((p, m) => (p * choose(m, Math.floor(m / 2))) / 2 ** m)
    expect(best.reduce((sum, p) => sum + p, 0).toFixed(3)).toBe('0.533')
    const zero = others.reduce((sum, p, m) => sum + p / 2 ** m, 0)
    expect(zero).toBeCloseTo(power(0.9, 9), 14)
    expect(zero.toFixed(3)).toBe('0.387')
  })
})
