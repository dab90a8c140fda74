import { checkGradient, type Objective } from '@nonconvex/optim'
import { stream, type Stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { permuteGraph } from '../graph/permute.js'
import type { Graph } from '../graph/graph.js'
import { bruteForce } from '../pairwise/brute-force.js'
import { score } from '../pairwise/model.js'
import { pseudoLogLikelihood } from '../pairwise/pseudo-likelihood.js'
import { chainCrf } from './chain-crf.js'
import { likelihoodObjective, pseudoObjective } from './chain-objective.js'
import { graphCrf, graphProblem } from './graph-crf.js'
import { graphLists, graphShape, modelOf, type LabeledGraph } from './graph-model.js'
import { graphLikelihood, graphPseudo, type GraphInference } from './graph-objective.js'
import { m3n } from './m3n.js'
import { parityChains } from './parity-chain.js'
import { structuredPerceptron } from './structured-perceptron.js'

const sizes = { states: 3, nodeFeatures: 2, edgeFeatures: 2 }
const shape = graphShape(sizes)
const D = shape.dimension

/** `exists`: the probability of an ordered pair; or pairs with one node before, in random order. */
function randomGraph(s: Stream, n: number, exists: number | 'forest'): Graph {
  const mask = new Uint8Array(n * n)
  for (let i = 0; i < n; i++)
    if (exists === 'forest') {
      if (i === 0 || s.uniform() < 0.2) continue
      const j = s.integer(i)
      mask[s.integer(2) === 0 ? i * n + j : j * n + i] = 1
    } else for (let j = 0; j < n; j++) if (i !== j && s.uniform() < exists) mask[i * n + j] = 1
  return {
    nodes: { rows: n, cols: 2, data: s.normalInto(new Float64Array(2 * n)) },
    edges: { rows: n * n, cols: 2, data: s.normalInto(new Float64Array(2 * n * n)) },
    mask,
  }
}

const randomData = (seed: number, count: number, exists: number | 'forest'): LabeledGraph[] =>
  Array.from({ length: count }, (_, g) => {
    const s = stream(seed).child('graph', g)
    const graph = randomGraph(s, 1 + (g % 5), exists)
    return { graph, y: Array.from({ length: graph.nodes.rows }, () => s.integer(3)) }
  })

const examplesOf = (data: readonly LabeledGraph[]) =>
  data.map(({ graph, y }) => ({ lists: graphLists('test', graph, shape), y }))

const likelihood = (data: readonly LabeledGraph[], how: GraphInference, lambda = 0.1): Objective =>
  graphLikelihood(shape, lambda, examplesOf(data), how)

const weights = (seed: number, scale = 1): Float64Array =>
  stream(seed)
    .child('w')
    .normalInto(new Float64Array(D))
    .map((x) => scale * x)

describe('objectives of graphs', () => {
  it('are those of the definition, by enumeration', () => {
    const data = randomData(1, 12, 0.5)
    const w = weights(2)
    let [log, pseudo] = [0, 0]
    for (const { graph, y } of data) {
      const model = modelOf(w, graphLists('test', graph, shape), shape)
      const { cols, data: z } = graph.edges
      const n = graph.nodes.rows
      let sum = 0
      for (let i = 0; i < n; i++) {
        sum += w[6 + y[i]]
        for (let f = 0; f < 2; f++) sum += w[2 * y[i] + f] * graph.nodes.data[2 * i + f]
        for (let j = 0; j < n; j++) {
          if (i === j || graph.mask?.[i * n + j] !== 1) continue
          const cell = 3 * y[i] + y[j]
          sum += w[9 + cell]
          for (let f = 0; f < 2; f++) sum += w[18 + 2 * cell + f] * z[(i * n + j) * cols + f]
        }
      }
      expect(score(model, y)).toBeCloseTo(sum, 11)
      log += bruteForce(model).logZ - sum
      pseudo -= pseudoLogLikelihood(model, y)
    }
    const square = 0.05 * w.reduce((all, x) => all + x * x, 0)
    for (const how of ['auto', 'exact'] as const)
      expect(likelihood(data, how).value(w)).toBeCloseTo(square + log / 12, 10)
    expect(graphPseudo(shape, 0.1, examplesOf(data)).value(w)).toBeCloseTo(square + pseudo / 12, 10)
  })

  it.each([
    ['graphs with cycles, exact', 0.6, 'exact'],
    ['forests', 'forest', 'tree'],
    ['graphs with cycles, auto', 0.6, 'auto'],
    ['Bethe value of graphs with cycles', 0.6, 'bp'],
    ['lower bound of mean field', 0.6, 'mean-field'],
  ] as const)('have gradients as finite differences: %s', (_, exists, how) => {
    const scale = how === 'bp' || how === 'mean-field' ? 0.2 : 1
    const F = likelihood(randomData(3, 10, exists), how)
    for (let seed = 4; seed < 8; seed++)
      expect(checkGradient(F, weights(seed, scale)).ok, `seed ${seed}`).toBe(true)
  })

  it('have the gradient of the pseudo-likelihood', () => {
    const F = graphPseudo(shape, 0.1, examplesOf(randomData(5, 10, 0.7)))
    for (let seed = 1; seed < 5; seed++) expect(checkGradient(F, weights(seed)).ok).toBe(true)
  })

  it('are those of the chain CRF, if the pairs of a graph are t → t + 1', () => {
    const { data } = parityChains({ n: 20, stream: stream(9) })
    const graphs = data.map(({ x, y }): LabeledGraph => {
      const T = x.rows
      const mask = new Uint8Array(T * T)
      for (let t = 0; t + 1 < T; t++) mask[t * T + t + 1] = 1
      const edges = { rows: T * T, cols: 0, data: new Float64Array(0) }
      return { graph: { nodes: x, edges, mask }, y }
    })
    const four = { states: 4, nodeFeatures: 4 }
    const fourShape = graphShape(four)
    const chain = { states: 4, features: 4 }
    const lists = graphs.map(({ graph, y }) => ({ lists: graphLists('test', graph, fourShape), y }))
    const w = stream(10).normalInto(new Float64Array(36))
    for (const [ours, theirs] of [
      [graphLikelihood(fourShape, 0.1, lists, 'tree'), likelihoodObjective(chain, 0.1, data)],
      [graphPseudo(fourShape, 0.1, lists), pseudoObjective(chain, 0.1, data)],
    ]) {
      expect(ours.value(w)).toBeCloseTo(theirs.value(w), 10)
      ours.gradient(w).forEach((g, k) => expect(g).toBeCloseTo(theirs.gradient(w)[k], 10))
    }
    const [fit, other] = [
      graphCrf(four).fit(graphs, { lambda: 0.1 }),
      chainCrf(chain).fit(data, { lambda: 0.1 }),
    ]
    expect(fit.objective).toBeCloseTo(Number(other.objective), 7)
    const differences = graphs.map(({ graph }, n) =>
      fit.predict(graph).y.filter((a, t) => a !== other.predict(data[n].x)[t]),
    )
    expect(differences.flatMap((list) => [...list])).toEqual([])
  })

  it('do not depend on the order of the nodes', () => {
    const data = randomData(6, 10, 0.6)
    const turned = data.map(({ graph, y }, g) => {
      const sigma = stream(7).child('sigma', g).permutation(y.length)
      return { graph: permuteGraph(graph, sigma), y: Array.from(sigma, (i) => y[i]) }
    })
    const w = weights(8)
    for (const make of [
      (all: readonly LabeledGraph[]) => likelihood(all, 'exact'),
      (all: readonly LabeledGraph[]) => graphPseudo(shape, 0.1, examplesOf(all)),
    ]) {
      const [a, b] = [make(data), make(turned)]
      expect(a.value(w)).toBeCloseTo(b.value(w), 11)
      a.gradient(w).forEach((g, k) => expect(g).toBeCloseTo(b.gradient(w)[k], 11))
    }
  })
})

describe('a graph CRF', () => {
  const data = randomData(11, 25, 0.6)

  it.each(['likelihood', 'pseudo'] as const)(
    'of %s has a certificate that bounds the true gap, and one minimum for both optimizers',
    (objective) => {
      const crf = graphCrf(sizes)
      const best = crf.fit(data, { objective, lambda: 0.1, tol: 1e-13 })
      expect(best).toMatchObject({ status: 'converged', exact: true })
      expect(best.verdicts.map(({ claim, status }) => [claim, status])).toEqual([
        ['structured/crf-is-optimal', 'holds'],
      ])
      for (const maxIterations of [1, 2, 4, 8]) {
        const early = crf.fit(data, { objective, lambda: 0.1, maxIterations, tol: 1e-13 })
        const gap = Number(early.objective) - Number(best.objective)
        expect(gap).toBeGreaterThan(0)
        expect(Number(early.certificate)).toBeGreaterThanOrEqual(gap)
      }
      const few = data.slice(0, 4)
      const how = { objective, lambda: 1, maxIterations: 5000 }
      const slow = crf.fit(few, { ...how, optimizer: 'gradient-descent' })
      expect(slow.status).toBe('converged')
      const fast = crf.fit(few, how)
      expect(Math.abs(Number(slow.objective) - Number(fast.objective))).toBeLessThan(2e-8)
    },
  )

  it('recovers weights from many graphs, by likelihood and pseudo-likelihood', () => {
    const truth = weights(12, 0.5)
    const many = Array.from({ length: 1500 }, (_, g): LabeledGraph => {
      const s = stream(13).child('graph', g)
      const graph = randomGraph(s, 3, 0.7)
      const model = modelOf(truth, graphLists('test', graph, shape), shape)
      const { top, logZ } = bruteForce(model, { top: 27 })
      let u = s.uniform()
      const drawn = top.find(({ score }) => (u -= Math.exp(score - logZ)) < 0) ?? top[0]
      return { graph, y: drawn.y }
    })
    const held = randomGraph(stream(14), 4, 0.7)
    const crf = graphCrf(sizes)
    const wanted = crf.withWeights(truth).probabilities(held).node
    for (const objective of ['likelihood', 'pseudo'] as const) {
      const { node, status } = crf
        .fit(many, { objective, lambda: 1e-4, tol: 1e-6 })
        .probabilities(held)
      expect(status).toBe('exact')
      // about three standard errors of 1,500 graphs
      node.forEach((p, i) =>
        p.forEach((x, a) => expect(Math.abs(x - wanted[i][a]), objective).toBeLessThan(0.12)),
      )
    }
  })

  it('is marked where inference is approximate', () => {
    const wide = randomGraph(stream(15), 12, 0.6)
    const labeled = [{ graph: wide, y: Array.from({ length: 12 }, (_, i) => i % 3) }]
    const crf = graphCrf(sizes)
    const fit = crf.fit(labeled, { lambda: 1 })
    expect(fit).toMatchObject({ exact: false, certificate: null, verdicts: [] })
    expect(fit.predict(wide).status).not.toBe('exact')
    expect(fit.probabilities(wide).status).not.toBe('exact')
    expect(crf.fit(labeled, { lambda: 1, objective: 'pseudo' })).toMatchObject({
      exact: true,
      status: 'converged',
    })
    expect(() => graphCrf({ ...sizes, inference: 'exact' }).fit(labeled, { lambda: 1 })).toThrow(
      /at most 65536 labelings, in each component, got 531441 in that of node 0/,
    )
    expect(() => graphCrf({ ...sizes, inference: 'tree' }).fit(data)).toThrow(/to be a forest/)
    for (const inference of ['bp', 'mean-field'] as const) {
      const approximate = graphCrf({ ...sizes, inference }).fit(data, { lambda: 1, tol: 1e-5 })
      expect(approximate).toMatchObject({ exact: false, certificate: null })
      const above = Number(approximate.objective) - Number(crf.fit(data, { lambda: 1 }).objective)
      if (inference === 'bp') expect(Math.abs(above)).toBeLessThan(0.05)
      // the ELBO is below log Z
      else expect(above).toBeLessThan(0)
    }
  })

  it('takes margins and the perceptron, with exact inference', () => {
    const problem = graphProblem(data, sizes)
    const fit = m3n(problem, { lambda: 0.3, passes: 100, gapTol: 0.05, stream: stream(16) })
    for (const { primal, dual, gap } of fit.checks)
      expect(Math.abs(primal - dual - gap)).toBeLessThan(1e-9)
    expect(fit.certificate).toBeLessThan(0.3)
    const truth = weights(17)
    const norm = Math.sqrt(truth.reduce((sum, x) => sum + x * x, 0))
    const teacher = truth.map((x) => x / norm)
    const crf = graphCrf(sizes)
    const separable = data
      .map(({ graph }) => ({ graph, y: crf.withWeights(truth).predict(graph).y }))
      .slice(0, 10)
    const found = structuredPerceptron(graphProblem(separable, sizes), { teacher, passes: 1000 })
    expect(found.status).toBe('converged')
    expect(found.mistakeBound?.margin).toBeGreaterThan(0)
    expect(found.updates).toBeLessThanOrEqual(Number(found.mistakeBound?.bound))
    const same = crf.fit(separable, { objective: 'perceptron' })
    for (const { graph, y } of separable) expect(same.predict(graph).y).toEqual(y)
  })

  it('takes graphs without nodes, and refuses a class that never occurs only without λ', () => {
    const empty = { graph: randomGraph(stream(1), 0, 0), y: [] }
    const fit = graphCrf(sizes).fit([...data, empty], { lambda: 1 })
    expect(fit.predict(empty.graph)).toEqual({ y: new Int32Array(0), status: 'exact' })
    const four = { ...sizes, states: 4 }
    expect(() => graphCrf(four).fit(data, { lambda: 0 })).toThrow(/no position with label 3/)
    expect(graphCrf(four).fit(data, { lambda: 0.1 }).status).toBe('converged')
  })
})
