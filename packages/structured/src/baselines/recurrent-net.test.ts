import { ShapeError, stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { checkGPI } from '../invariance/check-gpi.js'
import { mixedSampler, type GraphSampler } from '../invariance/mixed-sampler.js'
import type { Graph } from '../graph/graph.js'
import { recurrentNet } from './make-net.js'
import { readingOrder } from './reading-order.js'
import type { RecurrentNetOptions } from './recurrent-net.js'
import { quickSigmoid, quickTanh } from './squash.js'

const d = 2
const e = 1
const sizes = { nodeFeatures: d, edgeFeatures: e, state: 3, nodeOutputs: 5 }
const kinds: readonly [string, Partial<RecurrentNetOptions>][] = [
  ['on raw inputs', {}],
  ['after networks', { before: 6 }],
]

/** The mixed sampler without its masks. */
const unmasked: GraphSampler = (source, n, trial) => {
  const { nodes, edges } = mixedSampler(d, e)(source, n, trial)
  return { nodes, edges }
}
const graphsOf = (count: number, n: number): Graph[] =>
  Array.from({ length: count }, (_, b) => unmasked(stream(7).child('g', b), n, b))

const labelsOf = (count: number): Int32Array => new Int32Array(count).map((_, i) => (3 * i) % 5)

/** The network from its definition, with the weights of `net` row by row. */
function byHand(
  net: ReturnType<typeof recurrentNet>,
  before: boolean,
  { nodes, edges }: Graph,
  order: ReturnType<typeof readingOrder>,
): number[][] {
  const n = nodes.rows
  const w = (name: string): Float64Array => net.weights.read(name)
  const affine = (x: readonly number[], weight: Float64Array, bias?: Float64Array): number[] => {
    const cols = weight.length / x.length
    return Array.from({ length: cols }, (_, j) =>
      x.reduce((sum, value, i) => sum + value * weight[i * cols + j], bias?.[j] ?? 0),
    )
  }
  const stack = (name: string, layers: number, x: readonly number[]): number[] => {
    let out = [...x]
    for (let l = 0; l < layers; l++) {
      out = affine(out, w(`${name}.${l}.weight`), w(`${name}.${l}.bias`))
      if (l < layers - 1) out = out.map((t) => Math.max(0, t))
    }
    return out
  }
  const sigmoid = (t: number): number => 1 / (1 + Math.exp(-t))
  const lstm = (name: string, steps: readonly (readonly number[])[]): number[] => {
    const H = 3
    let [h, c] = [new Array<number>(H).fill(0), new Array<number>(H).fill(0)]
    for (const x of steps) {
      const own = affine(x, w(`${name}.input`), w(`${name}.bias`))
      const a = affine(h, w(`${name}.state`)).map((t, j) => t + own[j])
      c = c.map((old, f) => sigmoid(a[H + f]) * old + sigmoid(a[f]) * Math.tanh(a[2 * H + f]))
      h = c.map((cell, f) => sigmoid(a[3 * H + f]) * Math.tanh(cell))
    }
    return h
  }
  const z = Array.from({ length: n }, (_, i) => [...nodes.data.subarray(i * d, (i + 1) * d)])
  const s = z.map((zi, i) =>
    lstm(
      'neighbours',
      Array.from(order.neighbors.subarray(i * (n - 1), (i + 1) * (n - 1)), (j) => {
        const pair = [...zi, edges.data[i * n + j], ...z[j]]
        return before ? stack('phi', 2, pair) : pair
      }),
    ),
  )
  const g = lstm(
    'nodes',
    Array.from(order.nodes, (i) => {
      const node = [...z[i], ...s[i]]
      return before ? stack('alpha', 2, node) : node
    }),
  )
  return z.map((zk, k) => stack('rho', 3, [...zk, ...s[k], ...g]))
}

describe.each(kinds)('LSTMs %s', (_, more) => {
  const exact = { ...sizes, ...more, arithmetic: 'float64' } as const

  it('are the network of the definition', () => {
    const net = recurrentNet(exact, stream(1))
    for (const n of [1, 2, 5]) {
      const [graph] = graphsOf(1, n)
      const order = readingOrder(1, n, stream(n))
      const expected = byHand(net, 'before' in more, graph, order).flat()
      const scores = net.forward([graph], order)
      expect(scores).toHaveLength(expected.length)
      scores.forEach((x, at) => expect(Math.abs(x - expected[at])).toBeLessThan(1e-12))
    }
  })

  it('have the gradients of central differences, for every weight', () => {
    const net = recurrentNet(exact, stream(2))
    const graphs = graphsOf(3, 4)
    const order = readingOrder(3, 4, stream(3))
    const labels = labelsOf(12)
    // biases too away from zero
    for (const name of net.weights.names)
      if (name.endsWith('bias'))
        net.weights.write(
          name,
          net.weights.read(name).map((_, at) => 0.1 * Math.sin(at + 1)),
        )
    const loss = (): number => net.gradients(graphs, order, labels)
    loss()
    const gradients = new Map(
      net.weights.names.map((name) => [name, net.weights.read(name, 'gradients')] as const),
    )
    let [checked, nonzero] = [0, 0]
    for (const [name, gradient] of gradients) {
      const w = net.weights.read(name)
      gradient.forEach((g, at) => {
        const [up, down] = [1e-5, -1e-5].map((h) => {
          net.weights.write(name, w.with(at, w[at] + h))
          return loss()
        })
        net.weights.write(name, w)
        // second-order differences: error h² |f'''| / 6, and rounding 1e-16 / h
        expect(Math.abs(g - (up - down) / 2e-5), `${name}[${at}]`).toBeLessThan(1e-8)
        checked++
        nonzero += Number(Math.abs(g) > 1e-6)
      })
    }
    expect(checked).toBe(net.parameters)
    expect(nonzero).toBeGreaterThan(0.6 * checked)
  })

  it('learn, with the same bits in the kernel and its twin, close to float64', () => {
    const graphs = graphsOf(4, 5)
    const labels = labelsOf(20)
    const losses = (arithmetic: 'kernel' | 'plain' | 'float64'): number[] => {
      const net = recurrentNet({ ...sizes, ...more, arithmetic }, stream(4))
      return Array.from({ length: 60 }, (_, t) =>
        net.train(graphs, readingOrder(4, 5, stream(5).child('t', t)), labels, { rate: 0.02 }),
      )
    }
    const [kernel, twin, float64] = (['kernel', 'plain', 'float64'] as const).map(losses)
    expect(twin).toEqual(kernel)
    expect(kernel[59]).toBeLessThan(0.9 * kernel[0])
    expect(Math.abs(kernel[0] - float64[0])).toBeLessThan(1e-6)
  })

  it('can be put back to what they were', () => {
    const net = recurrentNet({ ...sizes, ...more }, stream(4))
    const [graphs, order] = [graphsOf(4, 5), readingOrder(4, 5)]
    const before = net.forward(graphs, order)
    const restore = net.weights.keep()
    net.train(graphs, order, labelsOf(20), { rate: 0.1 })
    expect(net.forward(graphs, order)).not.toEqual(before)
    restore()
    expect(net.forward(graphs, order)).toEqual(before)
  })

  it('depend on the order of reading, and the checker finds it', () => {
    const net = recurrentNet({ ...sizes, ...more }, stream(6))
    const report = checkGPI(
      (graph) => {
        const { rows, cols } = { rows: graph.nodes.rows, cols: 5 }
        return { nodes: { rows, cols, data: net.forward([graph], readingOrder(1, rows)) } }
      },
      { tol: 1e-4, sampler: unmasked },
    )
    expect(report).toMatchObject({ ok: false, reason: 'violation' })
  })

  it('do not depend on other graphs of the batch', () => {
    const net = recurrentNet({ ...sizes, ...more }, stream(6))
    const graphs = graphsOf(3, 4)
    const together = net.forward(graphs, readingOrder(3, 4))
    const apart = graphs.flatMap((graph) => [...net.forward([graph], readingOrder(1, 4))])
    expect([...together]).toEqual(apart)
    expect(net.forward([], readingOrder(0, 4))).toHaveLength(0)
  })
})

it('has the sizes of the published comparison, with one bias for each LSTM', () => {
  const of = (state: number, before?: number): number =>
    recurrentNet({
      nodeFeatures: 5,
      edgeFeatures: 1,
      state,
      nodeOutputs: 10,
      ...(before !== undefined && { before }),
    }).parameters
  expect(of(48)).toBe(39_226 - 2 * 4 * 48)
  expect(of(64, 64)).toBe(93_514 - 2 * 4 * 64)
})

it('squashes as the functions of the platform, within half a float32', () => {
  const x = Float64Array.from({ length: 50_001 }, (_, i) => (i - 25_000) / 1000)
  const worst = (f: (t: number) => number, g: (t: number) => number): number =>
    x.reduce((most, t) => Math.max(most, Math.abs(f(t) - g(t))), 0)
  expect(worst(quickTanh, Math.tanh)).toBeLessThan(2.1e-8)
  expect(worst(quickSigmoid, (t) => 1 / (1 + Math.exp(-t)))).toBeLessThan(1.1e-8)
  expect([quickTanh(0), quickTanh(Infinity), quickTanh(-Infinity)]).toEqual([0, 1, -1])
  expect(quickTanh(NaN)).toBeNaN()
})

it('reads every other node once, by place or by chance', () => {
  const { neighbors, nodes } = readingOrder(2, 3, stream(1))
  const sorted = (x: Int32Array): number[] => [...x].sort()
  for (let r = 0; r < 6; r++)
    expect(sorted(neighbors.subarray(2 * r, 2 * r + 2))).toEqual(
      [0, 1, 2].filter((j) => j !== r % 3),
    )
  for (const b of [0, 1]) expect(sorted(nodes.subarray(3 * b, 3 * b + 3))).toEqual([0, 1, 2])
  expect([...readingOrder(1, 3).nodes]).toEqual([0, 1, 2])
  expect(readingOrder(1, 8, stream(1)).nodes).not.toEqual(readingOrder(1, 8, stream(2)).nodes)
})

describe('refuses', () => {
  const net = recurrentNet(sizes, stream(1))
  const graphs = graphsOf(2, 3)
  const order = readingOrder(2, 3)
  it('graphs of several sizes, with a mask, of other features, without a node', () => {
    const scores = (list: readonly Graph[]) => () => net.forward(list, order)
    expect(scores([graphs[0], ...graphsOf(1, 4)])).toThrow(/one size ≥ 1, got 3 and 4/)
    expect(scores([{ ...graphs[0], mask: new Uint8Array(9) }])).toThrow(/got one with a mask/)
    expect(scores([mixedSampler(1, 1)(stream(1), 3, 0)])).toThrow(/2 and 1 features, got 1 and 1/)
    expect(scores(graphsOf(1, 0))).toThrow(ShapeError)
    const bad = { ...graphs[0], nodes: { rows: 3, cols: 2, data: new Float64Array(6).fill(NaN) } }
    expect(scores([bad, graphs[1]])).toThrow(/RecurrentNet.forward: expected nodes.* to be finite/)
  })

  it('orders that leave out or repeat a node', () => {
    const scores = (change: Partial<typeof order>) => () =>
      net.forward(graphs, { ...order, ...change })
    expect(scores({ nodes: new Int32Array(5) })).toThrow(/order\.nodes must have length 6, got 5/)
    expect(scores({ nodes: new Int32Array(6) })).toThrow(/hold each node once, got 0/)
    expect(scores({ neighbors: order.neighbors.with(0, 0) })).toThrow(
      /order\.neighbors must hold each other node once, got 0/,
    )
    expect(scores({ neighbors: order.neighbors.with(0, 3) })).toThrow(/once, got 3/)
  })

  it('labels of another number or out of range', () => {
    expect(() => net.train(graphs, order, new Int32Array(5))).toThrow(/length 6, got 5/)
    expect(() => net.train(graphs, order, new Int32Array(6).fill(5))).toThrow(/0 to 4, got 5/)
  })
})
