import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import {
  graphOf,
  pairExists,
  type Graph,
  type GraphLabeling,
  type GraphLabels,
} from '../graph/graph.js'
import { permuteGraph } from '../graph/permute.js'
import { gpiLayer } from '../layer/gpi-layer.js'
import { checkGPI, type CheckGPIOptions, type Counterexample } from './check-gpi.js'
import { graphInWords } from './describe.js'

/** Labels of nodes, one number each. */
const numbers =
  (label: (x: Float64Array, i: number, graph: Graph) => number): GraphLabeling =>
  (graph) => {
    const data = graph.nodes.data.map((_, i, x) => label(x, i, graph))
    return { nodes: { rows: data.length, cols: 1, data } }
  }

/** One label a node, always in the same memory. */
function reused(write: (x: Float64Array, out: Float64Array) => void): GraphLabeling {
  const memory = new Float64Array(8)
  return ({ nodes: { rows, data } }) => {
    const out = memory.subarray(0, rows)
    write(data, out)
    return { nodes: { rows, cols: 1, data: out } }
  }
}

const prefixSum = numbers((x, i) => x.subarray(0, i + 1).reduce((sum, y) => sum + y, 0))

const argsort = numbers((x, i) => [...x.keys()].sort((a, b) => x[a] - x[b])[i])

const index = numbers((x, i) => x[i] + i)

/** An LSTM with a state of one number that reads the neighbors in the order of their places. */
const lstm = numbers((x, i, graph) => {
  const sigmoid = (t: number): number => 1 / (1 + Math.exp(-t))
  let [c, h] = [0, 0]
  for (let j = 0; j < x.length; j++) {
    if (!pairExists(graph, i, j)) continue
    c = sigmoid(x[j] + h + 1) * c + sigmoid(x[j] - h) * Math.tanh(2 * x[j] + h)
    h = sigmoid(h - x[j]) * Math.tanh(c)
  }
  return h
})

const rank = numbers((x, i) => x.filter((y) => y < x[i]).length)

function counterexampleOf(F: GraphLabeling, options?: CheckGPIOptions): Counterexample {
  const report = checkGPI(F, options)
  if (report.ok || report.reason !== 'violation') throw new Error('no violation found')
  return report.counterexample
}

describe('checkGPI finds', () => {
  it.each([
    ['prefix sums', prefixSum, 2],
    ['argsort used as a feature', argsort, 2],
    ['the place appended as a feature', index, 2],
    ['an LSTM over the neighbors in their order', lstm, 3],
  ])('%s, on the smallest graph that shows it', (_, F, n) => {
    for (const seed of [1, 2, 3]) {
      const { nodes, sigma } = counterexampleOf(F, { seed })
      expect(nodes.rows).toBe(n)
      expect(sigma.filter((value, i) => value !== i)).toHaveLength(2)
    }
  })

  it('ties broken by the place', () => {
    const best = numbers((x, i) => Number(x.indexOf(Math.max(...x)) === i))
    const { nodes, edges, mask } = counterexampleOf(best)
    expect([...nodes.data, ...edges.data]).toEqual([0, 0, 0, 0, 0, 0])
    expect(mask).toBeUndefined()
  })

  it('labels of pairs that depend on places, and passes them over where only nodes are asked for', () => {
    const earlier: GraphLabeling = ({ nodes: { rows: n } }) => ({
      nodes: Array.from({ length: n }, () => 'node'),
      edges: Array.from({ length: n * n }, (_, pair) =>
        Math.floor(pair / n) < pair % n ? 'up' : 'down',
      ),
    })
    const found = counterexampleOf(earlier)
    expect(found).toMatchObject({ kind: 'edge', left: 'up', right: 'down', error: Infinity })
    expect(checkGPI(earlier, { outputs: 'nodes' }).ok).toBe(true)
    expect(counterexampleOf(earlier, { outputs: 'edges', mode: 'exact' }).kind).toBe('edge')
  })

  it('a label of the whole graph that changes', () => {
    const first: GraphLabeling = ({ nodes }) => ({ graph: nodes.data.slice(0, 1) })
    expect(counterexampleOf(first)).toMatchObject({ kind: 'graph', index: [] })
    expect(checkGPI(({ nodes }) => ({ graph: [Math.max(...nodes.data)] })).ok).toBe(true)
  })

  it('NaN on one side only', () => {
    const firstIsNaN = numbers((x, i) => (i === 0 && x.length > 1 ? NaN : 1))
    expect(counterexampleOf(firstIsNaN).error).toBe(Infinity)
    expect(checkGPI(numbers(() => NaN)).ok).toBe(true)
    expect(checkGPI(numbers(() => Infinity))).toMatchObject({ ok: true, maxError: 0 })
  })

  it('what is written where the last answer stood', () => {
    const first = reused((x, out) => out.fill(x[0]))
    expect(counterexampleOf(first).nodes.rows).toBe(2)
    expect(counterexampleOf(first, { mode: 'exact', seed: 4 }).nodes.rows).toBe(2)
    const rows: number[][] = Array.from({ length: 8 }, () => [0])
    const lists: GraphLabeling = ({ nodes: { data } }) => {
      rows.forEach((row) => (row[0] = data[0]))
      return { nodes: rows.slice(0, data.length) }
    }
    expect(counterexampleOf(lists).nodes.rows).toBe(2)
    const whole = new Float64Array(1)
    const graph: GraphLabeling = ({ nodes: { data } }) => {
      whole[0] = data[0]
      return { graph: whole }
    }
    expect(counterexampleOf(graph)).toMatchObject({ kind: 'graph' })
  })

  it('rounding only in exact mode', () => {
    const third = numbers((x, i) => x.reduce((sum, y) => sum + y / 3, 0) + x[i])
    const report = checkGPI(third)
    expect(report.ok && report.maxError > 0 && report.maxError < 1e-14).toBe(true)
    expect(checkGPI(third, { mode: 'exact' }).ok).toBe(false)
  })

  it('differences of one in the labels of a large range, by the tolerance', () => {
    const shifted = numbers((_, i) => 1e6 + Number(i === 0) * 1e-2)
    expect(checkGPI(shifted, { tol: 1e-9 }).ok).toBe(false)
    expect(checkGPI(shifted, { tol: 1e-7 }).ok).toBe(true)
  })

  it('a moved node label beside a huge label of the graph', () => {
    const index = numbers((_, i) => i)
    const F = (graph: Graph) => ({ ...index(graph), graph: [1e12] })
    expect(counterexampleOf(F)).toMatchObject({ kind: 'node', error: 1 })
  })

  it('a moved output beside a huge one of the same label', () => {
    const F = ({ nodes: { data } }: Graph) => ({ nodes: Array.from(data, (_, i) => [1e12, i]) })
    expect(counterexampleOf(F)).toMatchObject({ kind: 'node', left: [1e12, 0], error: 1 })
    const G = ({ nodes: { data } }: Graph) => ({ graph: [1e12, data[0] ?? 0] })
    expect(counterexampleOf(G)).toMatchObject({ kind: 'graph' })
  })
})

describe('checkGPI passes', () => {
  it('squares in memory that is used again', () => {
    const squares = reused((x, out) => x.forEach((y, i) => (out[i] = y * y)))
    expect(checkGPI(squares, { mode: 'exact' })).toMatchObject({ ok: true, maxError: 0 })
  })

  it('the count of strictly smaller ones, exactly', () => {
    const report = checkGPI(rank, { mode: 'exact' })
    expect(report).toMatchObject({ ok: true, trials: 250, maxError: 0 })
  })

  it.each(['local', 'literal'] as const)(
    'a layer with the %s read-out, attention and labels of pairs',
    (readout) => {
      const shared = {
        phi: {
          width: 2,
          map: ([a, b]: Float64Array, [x]: Float64Array, [c]: Float64Array) => [
            Math.tanh(a + x * c),
            b * c,
          ],
        },
        pool: {
          attention: 'feature',
          beta: ([a]: Float64Array, [x, y]: Float64Array) => [a * x, y],
        },
        alpha: {
          width: 1,
          map: ([a]: Float64Array, [s, t]: Float64Array) => [Math.sin(a + s - t)],
        },
        globalPool: { attention: 'neighbor', beta: ([a]: Float64Array) => a },
        rhoEdge: {
          width: 1,
          map: (...all: Float64Array[]) => [
            Math.tanh(all.reduce((sum, v, k) => sum + (k + 1) * v[0], 0)),
          ],
        },
      } as const
      const layer =
        readout === 'local'
          ? gpiLayer({ ...shared, rho: { width: 1, map: ([z], [s], [g]) => [z * s + g] } })
          : gpiLayer({ ...shared, readout, rho: { width: 1, map: ([z], [g]) => [z * g] } })
      for (const includeSelf of [false, true]) {
        const F = includeSelf
          ? gpiLayer({ ...shared, includeSelf, rho: { width: 1, map: (_, s) => [s[0]] } })
          : layer
        const report = checkGPI(F, { shape: { d: 2, e: 2 }, sizes: [0, 1, 2, 3, 5, 8] })
        expect(report).toMatchObject({ ok: true, trials: 300 })
      }
    },
  )
})

describe('the report', () => {
  it('says that a function is not deterministic, before anything else', () => {
    const noise = stream(1)
    const report = checkGPI(numbers((x, i) => x[i] * Math.round(noise.uniform())))
    expect(report).toMatchObject({ ok: false, reason: 'nondeterministic' })
    expect(report.statement).toMatch(
      /two calls on one input of (1 node|\d nodes) gave different labels/,
    )
  })

  it('says so too where both answers stand in the same memory', () => {
    const noise = stream(1)
    const F = reused((_, out) => out.forEach((__, i) => (out[i] = noise.uniform())))
    expect(checkGPI(F)).toMatchObject({ ok: false, reason: 'nondeterministic', trials: 1 })
  })

  it('says so where a function changes its mind after some calls, and calls no order of one node a violation', () => {
    for (const calls of [1, 2, 3, 4, 7]) {
      let c = 0
      const F: GraphLabeling = ({ nodes }) => {
        const late = c++ >= calls
        return { nodes: Array.from({ length: nodes.rows }, () => Number(late)) }
      }
      expect(checkGPI(F)).toMatchObject({ ok: false, reason: 'nondeterministic' })
    }
  })

  it('finds use of positions that shows only where all pairs are masked in, or both ways', () => {
    const places = ({ nodes }: Graph, use: boolean): GraphLabels => ({
      nodes: Array.from({ length: nodes.rows }, (_, i) => (use ? i : 0)),
    })
    const full: GraphLabeling = (graph) => {
      const { nodes, mask } = graph
      const n = nodes.rows
      return places(
        graph,
        mask !== undefined && mask.filter((bit) => bit === 1).length === n * n - n,
      )
    }
    const symmetric: GraphLabeling = (graph) => {
      const { nodes, mask } = graph
      const n = nodes.rows
      const count = mask?.filter((bit) => bit === 1).length ?? 0
      const both =
        mask?.every((bit, at) => bit === mask[(at % n) * n + Math.floor(at / n)]) ?? false
      return places(graph, both && n === 5 && ![0, 12, 20].includes(count))
    }
    for (const F of [full, symmetric])
      expect(checkGPI(F)).toMatchObject({ ok: false, reason: 'violation' })
  })

  it('says evidence, not proof', () => {
    expect(checkGPI(rank, { trials: 4 }).statement).toBe(
      'no violation in 20 trials, each under up to 5 orders of the nodes',
    )
  })

  it('gives the counterexample in words', () => {
    expect(checkGPI(prefixSum).statement).toBe(
      [
        '2 nodes, 0 and 1 swapped: node 0 had the label 0; it is node 1 afterwards and has 1 (off by 1)',
        'node 0: 0',
        'node 1: 1',
        'all other pairs: 0',
      ].join('\n'),
    )
  })

  it('can say a graph in words, with the pairs that there are', () => {
    const edges = [
      [[9], [0.5]],
      [[0], [9]],
    ]
    expect(graphInWords(graphOf([[1], [2]], edges))).toBe(
      'node 0: 1\nnode 1: 2\npair 0 → 1: 0.5\nall other pairs: 0',
    )
    const mask = [
      [0, 0],
      [1, 0],
    ]
    expect(graphInWords(graphOf([[1], [2]], edges, mask))).toBe(
      'node 0: 1\nnode 1: 2\npair 1 → 0: 0\nno other pair',
    )
    expect(() => graphInWords({ ...graphOf([[1]]), mask: new Uint8Array(3) })).toThrow(
      /graphInWords: mask must have length n² = 1, got 3/,
    )
  })

  it('is a counterexample indeed', () => {
    const { sigma, index: at, left, right, nodes, edges } = counterexampleOf(lstm)
    const graph = { nodes, edges }
    expect(lstm(permuteGraph(graph, sigma)).nodes).toMatchObject({ rows: 3 })
    const [i] = at
    const rowOf = (g: Graph, k: number): number[] => {
      const labels = lstm(g).nodes
      return labels !== undefined && 'data' in labels ? [labels.data[k]] : []
    }
    expect(rowOf(permuteGraph(graph, sigma), i)).toEqual(left)
    expect(rowOf(graph, sigma[i])).toEqual(right)
  })

  it('is the same for the same seed', () => {
    expect(checkGPI(lstm, { seed: 5 })).toEqual(checkGPI(lstm, { seed: 5 }))
  })

  it('is not led astray by a function that changes its input', () => {
    const writes: GraphLabeling = ({ nodes }) => {
      nodes.data.fill(1)
      return { nodes }
    }
    expect(checkGPI(writes).ok).toBe(true)
  })
})
