import { matrix, ShapeError, stream, type Matrix } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { checkGPI } from '../invariance/check-gpi.js'
import { mixedSampler } from '../invariance/mixed-sampler.js'
import { graphOf, pairExists, type Graph } from '../graph/graph.js'
import { structure2vec } from './structure2vec.js'

const [H, d, K, e] = [3, 2, 4, 2]
const draw = (name: string, rows: number, cols: number): Matrix =>
  matrix(
    rows,
    cols,
    stream(3)
      .child(name)
      .normalInto(new Float64Array(rows * cols)),
  )
const weights = {
  w1: draw('w1', H, d),
  w2: draw('w2', H, H),
  w3: draw('w3', H, K),
  w4: draw('w4', K, e),
}

/** The recurrence once more, entry by entry. */
function direct(graph: Graph, steps: number): number[][] {
  const { w1, w2, w3, w4 } = weights
  const n = graph.nodes.rows
  const at = (a: Matrix, i: number, j: number): number => a.data[i * a.cols + j]
  let mu = Array.from({ length: n }, () => Array.from({ length: H }, () => 0))
  for (let t = 0; t < steps; t++) {
    const before = mu
    mu = before.map((_, i) =>
      Array.from({ length: H }, (_, f) => {
        let x = 0
        for (let a = 0; a < d; a++) x += at(w1, f, a) * at(graph.nodes, i, a)
        for (let j = 0; j < n; j++) {
          if (!pairExists(graph, i, j)) continue
          for (let h = 0; h < H; h++) x += at(w2, f, h) * before[j][h]
          for (let q = 0; q < K; q++) {
            let u = 0
            for (let a = 0; a < e; a++) u += at(w4, q, a) * at(graph.edges, i * n + j, a)
            x += at(w3, f, q) * Math.max(0, u)
          }
        }
        return Math.max(0, x)
      }),
    )
  }
  return mu
}

describe('structure2vec', () => {
  it('equals direct loops on graphs with ties, masks and isolated nodes', () => {
    for (let t = 0; t < 48; t++) {
      const graph = mixedSampler(d, e)(stream(5).child('g', t), t % 6, t)
      const steps = 1 + (t % 3)
      const { nodes } = structure2vec({ ...weights, steps })(graph)
      const expected = direct(graph, steps).flat()
      const scale = 1 + Math.max(0, ...expected)
      expected.forEach((x, at) => expect(Math.abs(nodes.data[at] - x) / scale).toBeLessThan(1e-13))
    }
  })

  it('passes the checker', () => {
    const F = structure2vec({ ...weights, steps: 3 })
    const report = checkGPI(F, { shape: { d, e }, sizes: [0, 1, 2, 3, 5, 8] })
    expect(report).toMatchObject({ ok: true, trials: 300 })
  })

  it('refuses weights and graphs of other sizes', () => {
    expect(() => structure2vec({ ...weights, w2: weights.w1, steps: 1 })).toThrow(
      'structure2vec: w2 must be 3 × 3, got 3 × 2',
    )
    expect(() => structure2vec({ ...weights, w3: weights.w1, steps: 1 })).toThrow(
      /w3 must be 3 × 4/,
    )
    expect(() => structure2vec({ ...weights, steps: 0 })).toThrow(
      /expected steps to be an integer ≥ 1/,
    )
    const F = structure2vec({ ...weights, steps: 1 })
    expect(() => F(graphOf([[1]]))).toThrow(ShapeError)
    expect(() =>
      F(
        graphOf([
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toThrow(/pairs must have 2 features, got 0/)
  })
})
