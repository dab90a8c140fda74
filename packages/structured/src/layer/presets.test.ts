import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import {
  complete,
  graphOfModel,
  grid,
  randomModel,
  type Model,
  neighborsOf,
  scoreOf,
} from '../../test/pairwise-models.ts'
import { checkGPI } from '../invariance/check-gpi.js'
import { mixedSampler } from '../invariance/mixed-sampler.js'
import { graphOf, pairExists } from '../graph/graph.js'
import { deepSets } from './deep-sets.js'
import { messagePassing } from './message-passing.js'
import { parallelMeanField } from './parallel-mean-field.js'

const graphs = Array.from({ length: 48 }, (_, t) =>
  mixedSampler(2, 1)(stream(4).child('g', t), t % 6, t),
)

describe('DeepSets', () => {
  const alpha = { width: 2, map: ([x, y]: Float64Array) => [Math.tanh(x + y), x * y] }
  const rho = { width: 1, map: ([x]: Float64Array, [g, h]: Float64Array) => [Math.sin(x + g) - h] }

  it.each(['sum', 'mean'] as const)('equals direct loops (%s)', (pool) => {
    const F = deepSets({ alpha, rho, pool })
    for (const graph of graphs) {
      const n = graph.nodes.rows
      const x = Array.from({ length: n }, (_, i) => graph.nodes.data.slice(2 * i, 2 * i + 2))
      let [g, h] = [0, 0]
      for (const xi of x) {
        g += Math.tanh(xi[0] + xi[1]) / (pool === 'mean' ? n : 1)
        h += (xi[0] * xi[1]) / (pool === 'mean' ? n : 1)
      }
      const { nodes } = F(graph)
      x.forEach((xi, i) => expect(nodes.data[i]).toBeCloseTo(Math.sin(xi[0] + g) - h, 12))
    }
  })

  it('passes the checker, and does not see pairs', () => {
    const beta = ([x]: Float64Array): number => x
    const F = deepSets({ alpha, rho, pool: { attention: 'neighbor', beta } })
    expect(checkGPI(F, { shape: { d: 2, e: 1 } })).toMatchObject({ ok: true })
    const pairs = [
      [[0], [5]],
      [[6], [0]],
    ]
    const nodes = [
      [1, 2],
      [3, 4],
    ]
    expect(F(graphOf(nodes, pairs))).toEqual(F(graphOf(nodes)))
  })

  it('of no element has the zero vector as its sum', () => {
    expect([...deepSets({ alpha, rho })(graphOf([])).graph]).toEqual([0, 0])
  })
})

describe('message passing', () => {
  const message = {
    width: 2,
    map: ([x]: Float64Array, [y]: Float64Array, [e]: Float64Array) => [Math.tanh(x * e - y), e * y],
  }
  // a gate, as in a recurrent unit
  const update = {
    width: 2,
    map: ([x, y]: Float64Array, [s, t]: Float64Array) => {
      const gate = 1 / (1 + Math.exp(-s))
      return [gate * x + (1 - gate) * Math.tanh(t), y]
    },
  }

  it('equals direct loops after three rounds', () => {
    for (const graph of graphs) {
      const n = graph.nodes.rows
      let h = Array.from({ length: n }, (_, i) => graph.nodes.data.slice(2 * i, 2 * i + 2))
      for (let round = 0; round < 3; round++)
        h = h.map((hi, i) => {
          const s = new Float64Array(2)
          for (let j = 0; j < n; j++) {
            if (!pairExists(graph, i, j)) continue
            const e = graph.edges.data[i * n + j]
            s[0] += Math.tanh(hi[0] * e - h[j][0])
            s[1] += e * h[j][0]
          }
          return Float64Array.from(update.map(hi, s))
        })
      const { nodes } = messagePassing({ message, update, steps: 3 })(graph)
      h.forEach((hi, i) => expect(nodes.data[2 * i]).toBeCloseTo(hi[0], 12))
    }
  })

  it('passes the checker', () => {
    const F = messagePassing({ message, update, steps: 3, pool: 'mean' })
    expect(checkGPI(F, { shape: { d: 2, e: 1 } })).toMatchObject({ ok: true })
  })
})

describe('parallel mean field', () => {
  const meanField = (model: Model, steps: number, damping = 0): Float64Array =>
    parallelMeanField({ labels: model.K, steps, damping })(graphOfModel(model)).nodes.data

  it('equals direct loops', () => {
    for (let trial = 0; trial < 12; trial++) {
      const model = randomModel(stream(2).child('model', trial), 1 + (trial % 5), 2 + (trial % 2))
      const { n, K } = model
      let q = new Float64Array(n * K).fill(1 / K)
      for (let round = 0; round < 7; round++)
        q = q.map((old, cell) => {
          const [i, a] = [Math.floor(cell / K), cell % K]
          const weight = (b: number): number =>
            neighborsOf(model)[i].reduce(
              (sum, j) =>
                sum +
                Array.from(
                  { length: K },
                  (_, c) => scoreOf(model, i, j, b, c) * q[j * K + c],
                ).reduce((x, y) => x + y),
              model.unary(i, b),
            )
          const all = Array.from({ length: K }, (_, b) => Math.exp(weight(b)))
          return 0.25 * old + 0.75 * (all[a] / all.reduce((x, y) => x + y))
        })
      meanField(model, 7, 0.25).forEach((x, cell) => expect(x).toBeCloseTo(q[cell], 12))
    }
  })

  it('goes in circles on two nodes that repel each other, as the reference does', () => {
    const two = complete(2, -4, (_, a) => 0.1 * a)
    const first = [0.524979187, 0.475062334, 0.574320608, 0.378818793, 0.744492241, 0.135177222]
    first.forEach((x, t) => {
      const q = meanField(two, t + 1)
      expect(Math.abs(q[1] - x)).toBeLessThan(1e-9)
      expect(q[3]).toBe(q[1])
    })
    const swing = [40, 41].map((steps) => meanField(two, steps)[1]).sort((a, b) => a - b)
    expect(swing.map((x) => x.toFixed(12))).toEqual(['0.023121515005', '0.980449837388'])
    expect(Math.abs(meanField(two, 100, 0.5)[1] - 0.508333076113)).toBeLessThan(1e-12)
  })

  it('has the reference values on the grid', () => {
    const reference = [
      0.796097750287, 0.870774393293, 0.271425529, 0.026374081088, 0.783196779153, 0.776131444738,
      0.601662416212, 0.376230833866, 0.489182939606,
    ]
    const q = meanField(grid, 40)
    reference.forEach((x, i) => expect(Math.abs(q[2 * i + 1] - x)).toBeLessThan(1e-12))
  })

  it('passes the checker, where an update in the order of the nodes does not', () => {
    const F = parallelMeanField({ labels: 2, steps: 5 })
    const sampler = (
      source: Parameters<typeof randomModel>[0],
      n: number,
    ): ReturnType<typeof graphOfModel> => graphOfModel(randomModel(source, n, 2))
    expect(checkGPI(F, { sampler, sizes: [0, 1, 2, 3, 6], trials: 20 })).toMatchObject({ ok: true })
    const sequential: typeof F = (graph) => {
      const { rows: n, data } = graph.nodes
      const q = new Float64Array(n).fill(0.5)
      for (let i = 0; i < n; i++) {
        const gain = (j: number): number => {
          const [at, bt, ct, dt] = graph.edges.data.subarray(4 * (i * n + j))
          return (ct - at) * (1 - q[j]) + (dt - bt) * q[j]
        }
        let x = data[2 * i + 1] - data[2 * i]
        for (let j = 0; j < n; j++) if (pairExists(graph, i, j)) x += gain(j)
        q[i] = 1 / (1 + Math.exp(-x))
      }
      return { nodes: { rows: n, cols: 1, data: q }, graph: new Float64Array(0) }
    }
    expect(checkGPI(sequential, { sampler, trials: 20 })).toMatchObject({
      ok: false,
      reason: 'violation',
    })
  })
})
