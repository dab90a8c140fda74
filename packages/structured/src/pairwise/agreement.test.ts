import { stream, type Stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { randomPairwise } from '../../test/random-pairwise.ts'
import {
  chain,
  chainKl,
  chainMaxMarginals,
  chainSample,
  viterbi,
  type ChainScores,
} from '../chains/chain.js'
import { beliefPropagation } from './belief-propagation.js'
import { bruteForce } from './brute-force.js'
import { exactMap, exactMarginals } from './exact-inference.js'
import { isForest, treeInference } from './forest.js'
import { meanField } from './mean-field.js'
import { messageStrength } from './message-strength.js'
import { score, type PairwiseModel } from './model.js'
import { pseudoLogLikelihood } from './pseudo-likelihood.js'
import { dualDecomposition, treeBound } from './tree-bound.js'

/** Every labeling that is allowed, with its score: by recursion over the nodes, from the definition. */
function enumerate({ labels, unary, edges, pair }: PairwiseModel): { y: number[]; s: number }[] {
  const out: { y: number[]; s: number }[] = []
  const extend = (y: number[]): void => {
    const i = y.length
    if (i < labels.length) {
      for (let a = 0; a < labels[i]; a++) extend([...y, a])
      return
    }
    let s = y.reduce((sum, a, k) => sum + unary[k][a], 0)
    edges.forEach(([u, v], e) => (s += pair[e][y[u] * labels[v] + y[v]]))
    if (s > -Infinity) out.push({ y, s })
  }
  extend([])
  return out
}

/** Everything that inference says, from the list. */
function truthOf(model: PairwiseModel) {
  const all = enumerate(model)
  const max = all.reduce((most, { s }) => Math.max(most, s), -Infinity)
  const Z = all.reduce((sum, { s }) => sum + Math.exp(s - max), 0)
  const logZ = max + Math.log(Z)
  const p = all.map(({ s }) => Math.exp(s - max) / Z)
  const sumOf = (which: (y: readonly number[]) => boolean): number =>
    all.reduce((sum, { y }, r) => (which(y) ? sum + p[r] : sum), 0)
  return {
    all,
    max,
    logZ,
    p,
    best: all.map(({ s }) => s).sort((a, b) => b - a),
    node: model.labels.map((K, i) => Array.from({ length: K }, (_, a) => sumOf((y) => y[i] === a))),
    pair: model.edges.map(([i, j]) =>
      Array.from({ length: model.labels[i] * model.labels[j] }, (_, c) => {
        const K = model.labels[j]
        return sumOf((y) => y[i] === Math.floor(c / K) && y[j] === c % K)
      }),
    ),
    entropy: -p.reduce((sum, x) => (x > 0 ? sum + x * Math.log(x) : sum), 0),
  }
}

const apart = (a: readonly ArrayLike<number>[], b: readonly ArrayLike<number>[]): number =>
  a.reduce(
    (most, x, i) => Math.max(most, ...Array.from(x, (value, c) => Math.abs(value - b[i][c]))),
    0,
  )

const models = Array.from({ length: 1000 }, (_, t) =>
  randomPairwise(stream(20).child('model', t), {
    n: t % 2 === 0 ? (t >> 1) % 6 : 3 + ((t >> 1) % 3),
    K: 3,
    edges: t % 2 === 0 ? 'forest' : 0.5 + 0.08 * (t % 7),
    forbidden: t % 5 === 0 ? 0.15 : 0,
    scale: [0.3, 1, 3, 30][t % 4],
  }),
)

describe('1,000 random models, compared with the definition', () => {
  it('agree in log Z, marginals, best labelings, entropy, and bounds', () => {
    const seen = { infeasible: 0, forests: 0, certified: 0, cycles: 0 }
    for (const model of models) {
      const truth = truthOf(model)
      const tol = 1e-10 * (1 + Math.abs(truth.max))
      const [brute, sum, map] = [
        bruteForce(model, { top: 5 }),
        exactMarginals(model),
        exactMap(model),
      ]
      const bound = treeBound(model)
      const { elbo } = meanField(model)
      const dual = dualDecomposition(model, { maxIterations: 40 })
      if (truth.all.length === 0) {
        seen.infeasible++
        for (const { status } of [brute, sum, map]) expect(status).toBe('infeasible')
        expect([sum.logZ, map.max, elbo]).toEqual([-Infinity, -Infinity, -Infinity])
        expect(dual.certified).toBe(false)
        continue
      }
      for (const found of [brute, sum]) {
        expect(Math.abs(found.logZ - truth.logZ)).toBeLessThan(tol)
        expect(apart(found.node, truth.node)).toBeLessThan(1e-10)
        expect(apart(found.pair, truth.pair)).toBeLessThan(1e-10)
      }
      expect(Math.abs(brute.entropy - truth.entropy)).toBeLessThan(1e-9 * (1 + Math.abs(truth.max)))
      expect(brute.top.map(({ y }) => score(model, y))).toEqual(
        brute.top.map(({ score }) => expect.closeTo(score, 9) as number),
      )
      brute.top.forEach((one, r) => expect(Math.abs(one.score - truth.best[r])).toBeLessThan(tol))
      expect(brute.top.length).toBe(Math.min(5, truth.best.length))
      for (const { map: y, max } of [brute, map]) {
        expect(Math.abs(max - truth.max)).toBeLessThan(tol)
        expect(Math.abs(score(model, y) - truth.max)).toBeLessThan(tol)
      }
      // the sandwich
      expect(elbo).toBeLessThanOrEqual(truth.logZ + tol)
      expect(bound.logZUpper).toBeGreaterThanOrEqual(truth.logZ - tol)
      expect(bound.maxUpper).toBeGreaterThanOrEqual(truth.max - tol)
      expect(dual.bestBound).toBeGreaterThanOrEqual(truth.max - tol)
      expect(dual.bestScore).toBeLessThanOrEqual(truth.max + tol)
      if (dual.certified) {
        seen.certified++
        expect(Math.abs(dual.bestScore - truth.max)).toBeLessThan(tol)
        expect(Math.abs(score(model, dual.map) - truth.max)).toBeLessThan(tol)
      }
      if (!isForest(model)) {
        seen.cycles++
        continue
      }
      seen.forests++
      const tree = treeInference(model)
      const flood = beliefPropagation(model)
      expect(flood.status).toBe('exact')
      expect(Math.abs(tree.logZ - truth.logZ)).toBeLessThan(tol)
      expect(Math.abs((flood.bethe ?? NaN) - truth.logZ)).toBeLessThan(10 * tol)
      for (const found of [tree, flood]) {
        expect(apart(found.node, truth.node)).toBeLessThan(1e-10)
        expect(apart(found.pair, truth.pair)).toBeLessThan(1e-10)
      }
      expect(Math.abs(treeInference(model, { mode: 'max' }).max - truth.max)).toBeLessThan(tol)
      expect(messageStrength(model).spectralRadius).toBe(0)
    }
    expect(seen.infeasible).toBeGreaterThan(10)
    expect(seen.cycles).toBeGreaterThan(250)
    expect(seen.forests).toBeGreaterThan(400)
    expect(seen.certified).toBeGreaterThan(400)
  })

  it('agree in pseudo-likelihood', () => {
    for (const [t, model] of models.entries()) {
      const { all } = truthOf(model)
      if (all.length === 0) continue
      const { y, s } = all[t % all.length]
      const wanted = model.labels.reduce((sum, _, i) => {
        const scores = all.filter((one) => one.y.every((a, k) => k === i || a === y[k]))
        const most = Math.max(...scores.map((one) => one.s))
        const total = scores.reduce((all, one) => all + Math.exp(one.s - most), 0)
        return sum + s - most - Math.log(total)
      }, 0)
      expect(Math.abs(pseudoLogLikelihood(model, y) - wanted)).toBeLessThan(
        1e-10 * (1 + Math.abs(s)),
      )
    }
  })
})

describe('1,000 random chains, compared with the definition', () => {
  const chains = Array.from({ length: 1000 }, (_, t) =>
    randomChain(stream(21).child('chain', t), t),
  )

  it('agree in log Z, marginals, the k best labelings, max-marginals and divergence', () => {
    for (const [t, scores] of chains.entries()) {
      const model = modelOf(scores)
      const truth = truthOf(model)
      const [found, few] = [chain(scores), viterbi(scores, { top: 4 })]
      const T = scores.unary.rows
      if (truth.all.length === 0) {
        expect([found.status, few.status]).toEqual(['infeasible', 'infeasible'])
        continue
      }
      expect(Math.abs(found.logZ - truth.logZ)).toBeLessThan(1e-10)
      expect(Math.abs(found.entropy - truth.entropy)).toBeLessThan(1e-10)
      expect(apart(rowsOf(found.node.data, T), truth.node)).toBeLessThan(1e-10)
      const pairs = found.pair.map(({ data }) => data)
      expect(apart(pairs, truth.pair)).toBeLessThan(1e-10)
      expect(few.paths.length).toBe(Math.min(4, truth.best.length))
      few.paths.forEach((path, r) => {
        expect(Math.abs(path.score - truth.best[r])).toBeLessThan(1e-10)
        expect(Math.abs(score(model, path.y) - path.score)).toBeLessThan(1e-10)
      })
      expect(new Set(few.paths.map(({ y }) => y.join())).size).toBe(few.paths.length)
      const through = rowsOf(chainMaxMarginals(scores).data, T)
      through.forEach((row, i) =>
        row.forEach((x, a) => {
          const those = truth.all.filter(({ y }) => y[i] === a)
          const wanted = those.reduce((most, { s }) => Math.max(most, s), -Infinity)
          if (wanted === -Infinity) expect(x).toBe(-Infinity)
          else expect(Math.abs(x - wanted)).toBeLessThan(1e-10)
        }),
      )
      const other = chains[(t + 12) % 1000]
      const q = truthOf(modelOf(other))
      if (T !== other.unary.rows || scores.unary.cols !== other.unary.cols) continue
      if (q.all.length !== scores.unary.cols ** T || truth.all.length !== q.all.length) continue
      const divergence = truth.all.reduce(
        (sum, { s }, r) => sum + truth.p[r] * (s - truth.logZ - (q.all[r].s - q.logZ)),
        0,
      )
      expect(Math.abs(chainKl(scores, other) - divergence)).toBeLessThan(1e-9)
    }
  })

  it('are sampled from: scores and labels have the mean and variance of the definition', () => {
    const draws = 40
    const [scoreZ, labelZ]: [number[], number[]] = [[], []]
    for (const [t, scores] of chains.entries()) {
      const { all, p, node } = truthOf(modelOf(scores))
      const T = scores.unary.rows
      if (all.length < 2 || T === 0) continue
      const model = modelOf(scores)
      const s = stream(22).child('draws', t)
      const drawn = Array.from({ length: draws }, (_, r) => chainSample(scores, s.child('draw', r)))
      for (const y of drawn) expect(score(model, y)).toBeGreaterThan(-Infinity)
      const moment = (f: (s: number) => number): number =>
        all.reduce((sum, one, r) => sum + p[r] * f(one.s), 0)
      const mean = moment((x) => x)
      const variance = moment((x) => (x - mean) ** 2)
      const total = drawn.reduce((sum, y) => sum + score(model, y) - mean, 0)
      if (variance > 0.05) scoreZ.push(total / Math.sqrt(draws * variance))
      const at = t % T
      const q = node[at][0]
      const hits = drawn.filter((y) => y[at] === 0).length
      if (q > 0.1 && q < 0.9) labelZ.push((hits - draws * q) / Math.sqrt(draws * q * (1 - q)))
    }
    for (const z of [scoreZ, labelZ]) {
      const n = z.length
      expect(n).toBeGreaterThan(250)
      // four standard errors; the square of a standard normal has variance 2
      expect(Math.abs(z.reduce((a, b) => a + b, 0) / n)).toBeLessThan(4 / Math.sqrt(n))
      const square = z.reduce((a, b) => a + b * b, 0) / n
      expect(Math.abs(square - 1)).toBeLessThan(4 * Math.sqrt(2 / n))
    }
  })
})

it('no function gives NaN, on 300 models with forbidden labels and scores up to 1e15', () => {
  for (let t = 0; t < 300; t++) {
    const s = stream(23).child('model', t)
    const model = randomPairwise(s, {
      n: t % 6,
      K: 3,
      edges: t % 2 === 0 ? 'forest' : 0.7,
      forbidden: [0, 0.2, 0.5, 0.9][t % 4],
      scale: [1e-300, 1, 1e3, 1e15][(t >> 2) % 4],
    })
    const found: unknown[] = [
      bruteForce(model, { top: 3 }),
      exactMarginals(model),
      exactMap(model),
      treeBound(model),
      dualDecomposition(model, { maxIterations: 10 }),
      messageStrength(model),
      meanField(model, { maxIterations: 20, starts: ['uniform', 'unary', s] }),
      meanField(model, { maxIterations: 20, schedule: 'parallel', damping: 0.5 }),
      ...(isForest(model) ? [treeInference(model), treeInference(model, { mode: 'max' })] : []),
      ...(['flooding', 'sequential', 'residual'] as const).flatMap((schedule) =>
        (['sum', 'max'] as const).map((mode) =>
          beliefPropagation(model, { schedule, mode, maxIterations: 20, damping: 0.2 }),
        ),
      ),
    ]
    found.forEach((one, which) => expect(hasNaN(one), `function ${which}, model ${t}`).toBe(false))
  }
})

/** Whether a result has NaN anywhere. */
function hasNaN(value: unknown): boolean {
  if (typeof value === 'number') return Number.isNaN(value)
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array).some(Number.isNaN)
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some(hasNaN)
}

function randomChain(s: Stream, t: number): ChainScores {
  const [T, K] = [t % 6, 1 + (t % 4)]
  const draw = (): number =>
    t % 3 === 0 && s.uniform() < 0.15 ? -Infinity : (t % 7 === 1 ? 20 : 1.5) * s.normal()
  const matrix = (rows: number) => ({
    rows,
    cols: K,
    data: Float64Array.from({ length: rows * K }, draw),
  })
  return {
    unary: matrix(T),
    transition:
      t % 2 === 0 ? matrix(K) : Array.from({ length: Math.max(0, T - 1) }, () => matrix(K)),
  }
}

const rowsOf = (data: Float64Array, T: number): Float64Array[] =>
  Array.from({ length: T }, (_, t) =>
    data.slice((t * data.length) / T, ((t + 1) * data.length) / T),
  )

/** The chain as lists of scores. */
function modelOf({ unary, transition }: ChainScores): PairwiseModel {
  const { rows: T, cols: K, data } = unary
  const edges = Array.from({ length: Math.max(0, T - 1) }, (_, t) => [t, t + 1] as const)
  return {
    labels: new Array<number>(T).fill(K),
    unary: rowsOf(data, T),
    edges,
    pair: edges.map((_, t) => ('length' in transition ? transition[t] : transition).data),
    incident: [],
  }
}
