import { stream, type Matrix } from '@nonconvex/tensor'
import { expect, it } from 'vitest'
import { apart } from '../../test/random-pairwise.ts'
import { bruteForce } from '../pairwise/brute-force.js'
import { treeInference } from '../pairwise/forest.js'
import { pairwiseModel, score, type PairwiseModel } from '../pairwise/model.js'
import {
  chain,
  chainKl,
  chainMaxMarginals,
  chainSample,
  posteriorLabels,
  viterbi,
  type ChainScores,
} from './chain.js'

const matrix = (rows: number, cols: number, f: (i: number, j: number) => number): Matrix => ({
  rows,
  cols,
  data: Float64Array.from({ length: rows * cols }, (_, c) => f(Math.floor(c / cols), c % cols)),
})

const reference: ChainScores = {
  unary: matrix(6, 3, (t, k) => Math.cos(1 + 2 * t + 3 * k)),
  transition: matrix(3, 3, (j, k) => Math.sin(1 + 2 * j + 3 * k)),
}

function modelOf({ unary, transition }: ChainScores): PairwiseModel {
  const { rows: T, cols: K, data } = unary
  const edges = Array.from({ length: Math.max(0, T - 1) }, (_, t) => [t, t + 1] as const)
  return pairwiseModel({
    labels: new Array<number>(T).fill(K),
    unary: Array.from({ length: T }, (_, t) => data.slice(t * K, (t + 1) * K)),
    edges,
    pair: edges.map((_, t) => ('length' in transition ? transition[t] : transition).data),
  })
}

function random(t: number): ChainScores {
  const s = stream(2).child('chain', t)
  const [T, K] = [t % 6, 1 + (t % 4)]
  const draw = (): number =>
    t % 3 === 0 && s.uniform() < 0.15 ? -Infinity : (t % 7 === 1 ? 100 : 2) * s.normal()
  const step = (): Matrix => matrix(K, K, draw)
  return {
    unary: matrix(T, K, draw),
    transition: t % 2 === 0 ? step() : Array.from({ length: Math.max(0, T - 1) }, step),
  }
}

const rows = ({ rows, cols, data }: Matrix): Float64Array[] =>
  Array.from({ length: rows }, (_, t) => data.slice(t * cols, (t + 1) * cols))
const digits = (p: ArrayLike<number>): string => Array.from(p, (x) => x.toFixed(12)).join(' ')

it('has the reference values', () => {
  const { logZ, node, pair, entropy } = chain(reference)
  expect(logZ.toFixed(12)).toBe('9.060754080450')
  expect(digits(rows(node)[0])).toBe('0.248591625720 0.072767420361 0.678640953919')
  expect(digits(rows(node)[3])).toBe('0.302911665869 0.059234999633 0.637853334498')
  expect(digits(pair[2].data.subarray(0, 3))).toBe('0.216811207182 0.008380054793 0.408358938813')
  expect(entropy.toFixed(12)).toBe('4.459399185234')
  const counts = matrix(3, 3, (a, b) => pair.reduce((sum, p) => sum + p.data[3 * a + b], 0))
  expect(rows(counts).map(digits)).toEqual([
    '0.623254236431 0.223696720757 0.623173235774',
    '0.848474178504 0.431681906972 0.576196168489',
    '0.105781510919 1.450955373116 0.116786669039',
  ])
  const { paths } = viterbi(reference, { top: 3 })
  expect(paths.map(({ y, score }) => `${y.join(' ')}: ${score.toFixed(12)}`)).toEqual([
    '2 1 0 2 1 0: 6.671404272713',
    '2 1 0 2 1 2: 6.662813713855',
    '2 1 0 2 1 1: 6.383180286674',
  ])
  const y = [0, 1, 2, 0, 1, 2]
  expect(score(modelOf(reference), y).toFixed(12)).toBe('1.179198870735')
  const { data } = reference.unary
  const augmented = {
    ...reference,
    unary: matrix(6, 3, (t, a) => data[3 * t + a] + Number(a !== y[t])),
  }
  const worst = viterbi(augmented)
  expect([...worst.y]).toEqual([2, 1, 0, 2, 1, 0])
  expect(worst.score.toFixed(12)).toBe('10.671404272713')
  expect((worst.score - 1.179198870735).toFixed(11)).toBe('9.49220540198')
})

it('equals brute force on 1,000 random chains, with forbidden labels and of every small length', () => {
  const forbidden = { infeasible: 0 }
  for (let t = 0; t < 1000; t++) {
    const scores = random(t)
    const model = modelOf(scores)
    const truth = bruteForce(model, { top: 3 })
    const found = chain(scores)
    const few = viterbi(scores, { top: 3 })
    const one = viterbi(scores)
    expect([found.status, few.status, one.status]).toEqual(new Array(3).fill(truth.status))
    if (truth.status === 'infeasible') {
      forbidden.infeasible++
      expect(() => chainSample(scores, stream(1))).toThrow(/none/)
      continue
    }
    expect(Math.abs(found.logZ - truth.logZ)).toBeLessThan(1e-10)
    expect(Math.abs(found.entropy - truth.entropy)).toBeLessThan(1e-10)
    expect(apart(rows(found.node), truth.node)).toBeLessThan(1e-10)
    expect(
      apart(
        found.pair.map(({ data }) => data),
        truth.pair,
      ),
    ).toBeLessThan(1e-10)
    expect(few.paths.length).toBe(truth.top.length)
    few.paths.forEach((path, r) => {
      expect(Math.abs(path.score - truth.top[r].score)).toBeLessThan(1e-10)
      expect(Math.abs(score(model, path.y) - path.score)).toBeLessThan(1e-10)
    })
    expect(Math.abs(one.score - truth.max)).toBeLessThan(1e-10)
    const through = rows(chainMaxMarginals(scores)).map((x) => Math.max(...x))
    for (const x of through) expect(Math.abs(x - truth.max)).toBeLessThan(1e-10)
    expect(treeInference(model).logZ).toBeCloseTo(truth.logZ, 10)
  }
  expect(forbidden.infeasible).toBeGreaterThan(0)
})

it('loses nothing to underflow', () => {
  // all weight on one path whose scores are far from the largest ones
  const far: ChainScores = {
    unary: matrix(3, 8, (t, a) => (t === 1 && a === 0 ? -1e4 : 0)),
    transition: matrix(8, 8, (a, b) => (a === 0 || b === 0 ? -2000 * (a + b) : -Infinity)),
  }
  const truth = bruteForce(modelOf(far))
  expect(chain(far).logZ).toBeCloseTo(truth.logZ, 9)
  expect(apart(rows(chain(far).node), truth.node)).toBeLessThan(1e-10)
})

it('samples from the distribution', () => {
  const s = stream(9)
  const count = new Float64Array(3)
  const draws = 4000
  for (let r = 0; r < draws; r++) count[chainSample(reference, s)[3]]++
  const p = rows(chain(reference).node)[3]
  // four standard errors
  p.forEach((x, a) =>
    expect(Math.abs(count[a] / draws - x)).toBeLessThan(4 * Math.sqrt((x * (1 - x)) / draws)),
  )
})

it('measures how far two chains are apart', () => {
  const other = { ...reference, transition: matrix(3, 3, () => 0) }
  const [p, q] = [modelOf(reference), modelOf(other)]
  const [{ logZ }, { logZ: logZq }] = [bruteForce(p), bruteForce(q)]
  const all = bruteForce(p, { top: 3 ** 6 })
  const direct = all.top.reduce((sum, { y, score: s }) => {
    const ratio = s - logZ - (score(q, y) - logZq)
    return sum + Math.exp(s - logZ) * ratio
  }, 0)
  expect(chainKl(reference, other)).toBeCloseTo(direct, 10)
  expect(chainKl(reference, reference)).toBe(0)
})

it('takes single positions, single labels and no position', () => {
  const one = matrix(1, 1, () => 2)
  expect(chain({ unary: one, transition: [] })).toMatchObject({ logZ: 2, entropy: 0 })
  const none = { unary: matrix(0, 3, () => 0), transition: matrix(3, 3, () => 0) }
  expect(chain(none)).toMatchObject({ status: 'exact', logZ: 0 })
  expect(viterbi(none)).toMatchObject({ status: 'exact', score: 0, y: new Int32Array(0) })
  expect(posteriorLabels(chain(reference)).length).toBe(6)
})
