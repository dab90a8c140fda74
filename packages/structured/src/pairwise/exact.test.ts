import { stream } from '@nonconvex/tensor'
import { expect, it } from 'vitest'
import { grid, tree } from '../../test/pairwise-models.ts'
import { apart, pairwiseOf, randomPairwise } from '../../test/random-pairwise.ts'
import { bruteForce } from './brute-force.js'
import { exactMap, exactMarginals } from './exact-inference.js'
import { isForest, treeInference } from './forest.js'
import { pairwiseModel, score, type PairwiseModel } from './model.js'
import { pseudoLogLikelihood } from './pseudo-likelihood.js'

/** All labelings, last node fastest, and their scores, by the definition. */
function all(model: PairwiseModel): { readonly y: number[]; readonly s: number }[] {
  const labelings = model.labels.reduce<number[][]>(
    (list, K) => list.flatMap((y) => Array.from({ length: K }, (_, a) => [...y, a])),
    [[]],
  )
  return labelings.map((y) => ({ y, s: score(model, y) }))
}

const forests = Array.from({ length: 1000 }, (_, t) =>
  randomPairwise(stream(3).child('forest', t), {
    n: t % 8,
    K: 4,
    edges: 'forest',
    forbidden: t % 3 === 0 ? 0.15 : 0,
  }),
)

it('brute force is the definition', () => {
  for (let t = 0; t < 60; t++) {
    const model = randomPairwise(stream(4).child('model', t), {
      n: t % 6,
      K: 3,
      edges: 0.6,
      forbidden: t % 2 === 0 ? 0.2 : 0,
    })
    const list = all(model)
    const Z = list.reduce((sum, { s }) => sum + Math.exp(s), 0)
    const found = bruteForce(model, { top: 4 })
    if (Z === 0) {
      expect(found).toMatchObject({ status: 'infeasible', logZ: -Infinity, ties: 0, entropy: 0 })
      continue
    }
    expect(found.logZ).toBeCloseTo(Math.log(Z), 11)
    const sorted = list.filter(({ s }) => s > -Infinity).sort((a, b) => b.s - a.s)
    found.top.forEach((one, r) => expect(one.score).toBeCloseTo(sorted[r].s, 11))
    expect(found.top.length).toBe(Math.min(4, sorted.length))
    const probability = (which: (y: number[]) => boolean): number =>
      list.reduce((sum, { y, s }) => (which(y) ? sum + Math.exp(s) / Z : sum), 0)
    found.node.forEach((p, i) =>
      p.forEach((x, a) =>
        expect(x).toBeCloseTo(
          probability((y) => y[i] === a),
          11,
        ),
      ),
    )
    found.pair.forEach((p, e) => {
      const [i, j] = model.edges[e]
      p.forEach((x, c) => {
        const [a, b] = [Math.floor(c / model.labels[j]), c % model.labels[j]]
        expect(x).toBeCloseTo(
          probability((y) => y[i] === a && y[j] === b),
          11,
        )
      })
    })
    const entropy = list.reduce((sum, { s }) => {
      const p = Math.exp(s) / Z
      return p > 0 ? sum - p * Math.log(p) : sum
    }, 0)
    expect(found.entropy).toBeCloseTo(entropy, 10)
  }
})

it('counts ties, and takes the first in odometer order', () => {
  const model = pairwiseModel({
    labels: [2, 2],
    unary: [
      [0, 0],
      [0, 0],
    ],
    edges: [[1, 0]],
    pair: [[0, 1, 1, 0]],
  })
  expect(bruteForce(model)).toMatchObject({ max: 1, ties: 2, map: Int32Array.of(0, 1) })
})

it('refuses more labelings than the limit, with their number', () => {
  const model = randomPairwise(stream(1), { n: 0, K: 1, edges: 0 })
  expect(bruteForce(model, { limit: 1 }).logZ).toBe(0)
  const wide = pairwiseOf({ ...grid, n: 9 })
  expect(() => bruteForce(wide, { limit: 511 })).toThrow(/at most 511, got 512/)
})

it('trees equal brute force on 1,000 random forests', () => {
  let infeasible = 0
  for (const model of forests) {
    expect(isForest(model)).toBe(true)
    const truth = bruteForce(model)
    const sum = treeInference(model, { mode: 'sum' })
    const max = treeInference(model, { mode: 'max' })
    expect([sum.status, max.status]).toEqual([truth.status, truth.status])
    if (truth.status === 'infeasible') {
      infeasible++
      continue
    }
    expect(Math.abs(sum.logZ - truth.logZ)).toBeLessThan(1e-10)
    expect(Math.abs(sum.entropy - truth.entropy)).toBeLessThan(1e-9)
    expect(Math.abs(max.max - truth.max)).toBeLessThan(1e-10)
    expect(apart(sum.node, truth.node)).toBeLessThan(1e-10)
    expect(apart(sum.pair, truth.pair)).toBeLessThan(1e-10)
  }
  expect(infeasible).toBeGreaterThan(0)
  expect(infeasible).toBeLessThan(250)
})

it('has the reference values of the tree', () => {
  const model = pairwiseOf(tree)
  const { logZ, node, pair } = treeInference(model)
  expect(logZ.toFixed(12)).toBe('8.488757782268')
  const digits = (p: ArrayLike<number>): string[] => Array.from(p, (x) => x.toFixed(12))
  expect(digits(node[0])).toEqual(['0.377502399374', '0.068165869852', '0.554331730774'])
  expect(digits(node[5])).toEqual(['0.437440593213', '0.332990148224', '0.229569258563'])
  expect(digits(pair[3].subarray(0, 3))).toEqual([
    '0.006823110603',
    '0.130269924450',
    '0.034080459292',
  ])
  const { map, max } = treeInference(model, { mode: 'max' })
  expect([...map]).toEqual([2, 1, 2, 2, 1, 0])
  expect(max.toFixed(12)).toBe('5.537033272811')
})

it('has the reference values of the grid', () => {
  const model = pairwiseOf(grid)
  const { logZ, node, map, max } = bruteForce(model)
  expect(logZ.toFixed(12)).toBe('8.890869828922')
  const ones = [
    0.795475135691, 0.862041330962, 0.274556358162, 0.026923216087, 0.765623777715, 0.769215248897,
    0.600888987845, 0.388298067166, 0.491431436725,
  ]
  ones.forEach((p, i) => expect(Math.abs(node[i][1] - p)).toBeLessThan(1e-12))
  expect([...map]).toEqual([1, 1, 0, 0, 1, 1, 1, 0, 0])
  expect(max.toFixed(12)).toBe('5.998557053475')
  const y = Int32Array.from({ length: 9 }, (_, i) => i % 2)
  expect(pseudoLogLikelihood(model, y).toFixed(12)).toBe('-9.145039094370')
  expect((score(model, y) - logZ).toFixed(12)).toBe('-9.597687162089')
})

it('does not change when scores move from a node to an edge, and a constant moves log Z', () => {
  for (let t = 0; t < 40; t++) {
    const s = stream(5).child('gauge', t)
    const model = randomPairwise(s, { n: 5, K: 3, edges: 0.7 })
    if (model.edges.length === 0) continue
    const [i, j] = model.edges[0]
    const u = s.normalInto(new Float64Array(model.labels[i]))
    const moved = pairwiseModel({
      ...model,
      unary: model.unary.map((x, k) => (k === i ? x.map((v, a) => v + u[a]) : x)),
      pair: model.pair.map((x, e) =>
        e === 0 ? x.map((v, c) => v - u[Math.floor(c / model.labels[j])] + 3) : x,
      ),
    })
    const [before, after] = [bruteForce(model), bruteForce(moved)]
    expect(Math.abs(after.logZ - before.logZ - 3)).toBeLessThan(1e-12)
    expect(apart(before.node, after.node)).toBeLessThan(1e-12)
    expect(apart(before.pair, after.pair)).toBeLessThan(1e-12)
  }
})

it('permutes marginals with the nodes, also where an edge is turned', () => {
  for (let t = 0; t < 40; t++) {
    const s = stream(6).child('permute', t)
    const model = randomPairwise(s, { n: 5, K: 3, edges: 0.6, forbidden: 0.1 })
    const sigma = s.permutation(5)
    const place = <T>(list: readonly T[]): T[] => {
      const out = list.slice()
      list.forEach((x, i) => (out[sigma[i]] = x))
      return out
    }
    const permuted = pairwiseModel({
      labels: place(model.labels),
      unary: place(model.unary),
      edges: model.edges.map(([i, j]) => [sigma[j], sigma[i]]),
      pair: model.edges.map(([i, j], e) => {
        const [K, L] = [model.labels[i], model.labels[j]]
        return Float64Array.from(
          { length: K * L },
          (_, c) => model.pair[e][(c % K) * L + Math.floor(c / K)],
        )
      }),
    })
    const [before, after] = [bruteForce(model), bruteForce(permuted)]
    expect(after.status).toBe(before.status)
    if (before.status === 'infeasible') continue
    expect(Math.abs(after.logZ - before.logZ)).toBeLessThan(1e-12)
    expect(apart(place(before.node), after.node)).toBeLessThan(1e-12)
  }
})

it('has the gradient of log Z as marginals', () => {
  const model = randomPairwise(stream(7), { n: 4, K: 3, edges: 0.8 })
  const h = 1e-5
  const shifted = (at: 'unary' | 'pair', i: number, c: number, by: number): number =>
    bruteForce({
      ...model,
      [at]: model[at].map((x, k) => (k === i ? x.map((v, d) => (d === c ? v + by : v)) : x)),
    }).logZ
  const { node, pair } = bruteForce(model)
  const check = (at: 'unary' | 'pair', p: readonly Float64Array[]): void => {
    p.forEach((x, i) =>
      x.forEach((value, c) =>
        expect((shifted(at, i, c, h) - shifted(at, i, c, -h)) / (2 * h)).toBeCloseTo(value, 8),
      ),
    )
  }
  check('unary', node)
  check('pair', pair)
})

it('exact inference by component equals brute force on 1,000 random models', () => {
  let [infeasible, cyclic] = [0, 0]
  for (let t = 0; t < 1000; t++) {
    const model = randomPairwise(stream(8).child('model', t), {
      n: t % 8,
      K: 3,
      edges: 0.15 + 0.09 * (t % 9),
      forbidden: t % 4 === 0 ? 0.12 : 0,
    })
    if (!isForest(model)) cyclic++
    const truth = bruteForce(model)
    const [sum, max] = [exactMarginals(model), exactMap(model)]
    expect([sum.status, max.status]).toEqual([truth.status, truth.status])
    if (truth.status === 'infeasible') {
      infeasible++
      expect([sum.logZ, max.max]).toEqual([-Infinity, -Infinity])
      continue
    }
    expect(Math.abs(sum.logZ - truth.logZ)).toBeLessThan(1e-10)
    expect(apart(sum.node, truth.node)).toBeLessThan(1e-10)
    expect(apart(sum.pair, truth.pair)).toBeLessThan(1e-10)
    expect(Math.abs(max.max - truth.max)).toBeLessThan(1e-10)
    expect(Math.abs(score(model, max.map) - truth.max)).toBeLessThan(1e-10)
  }
  expect(infeasible).toBeGreaterThan(0)
  expect(cyclic).toBeGreaterThan(300)
})

it('exact inference takes many small components, and refuses a large one with its node', () => {
  const triangles = Array.from({ length: 20 }, (_, t) => 3 * t)
  const same = [1, 0, 0, 1]
  const edges = triangles.flatMap((i): [number, number][] => [
    [i, i + 1],
    [i + 1, i + 2],
    [i + 2, i],
  ])
  const model = pairwiseModel({
    labels: new Array<number>(60).fill(2),
    unary: Array.from({ length: 60 }, (_, i) => [0, i % 3 === 0 ? 1 : 0]),
    edges,
    pair: edges.map(() => same),
  })
  // one triangle: e³ + e⁴ where all agree, and six others with one agreeing pair, half of them with label 1
  const Z = Math.exp(3) + Math.exp(4) + 3 * Math.exp(1) + 3 * Math.exp(2)
  expect(exactMarginals(model).logZ).toBeCloseTo(20 * Math.log(Z), 9)
  expect(exactMap(model)).toEqual({ status: 'exact', map: new Int32Array(60).fill(1), max: 80 })
  expect(() => exactMap(model, { limit: 7 })).toThrow(
    /at most 7 labelings, in each component, got 8 in that of node 0/,
  )
})
