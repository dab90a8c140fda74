import { stream, type Matrix } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { chain, chainKl, chainMaxMarginals, chainSample, viterbi } from '../chains/chain.js'
import { beliefPropagation } from './belief-propagation.js'
import { bruteForce } from './brute-force.js'
import { treeInference } from './forest.js'
import { meanField } from './mean-field.js'
import { messageStrength } from './message-strength.js'
import { pairwiseModel, score, type PairwiseModel } from './model.js'
import { pseudoLogLikelihood } from './pseudo-likelihood.js'
import { dualDecomposition, treeBound } from './tree-bound.js'

/** The largest size of scores that is tried below the limit: 3 + 2 tables of a chain, 9 + 12 of a grid. */
const LARGE = 1e300 / 25
const T = 3

/** Three labels each of which is large in one cell of U or of A, with or without forbidden pairs. */
function chainOf(size: number, kind: 'free' | 'forbidden', sign: number) {
  const draws = stream(3).child(kind)
  const cell = (): number =>
    kind === 'forbidden' && draws.uniform() < 0.2
      ? -Infinity
      : sign * size * (draws.uniform() < 0.5 ? 1 : draws.uniform())
  const matrix = (rows: number, cols: number): Matrix => ({
    rows,
    cols,
    data: Float64Array.from({ length: rows * cols }, cell),
  })
  return { unary: matrix(T, 3), transition: matrix(3, 3) }
}

function gridOf(size: number, kind: 'free' | 'forbidden', sign: number): PairwiseModel {
  const draws = stream(4).child(kind)
  const cell = (): number =>
    kind === 'forbidden' && draws.uniform() < 0.1
      ? -Infinity
      : sign * size * (draws.uniform() < 0.5 ? 1 : draws.uniform())
  const nodes = Array.from({ length: 9 }, (_, i) => i)
  const edges = nodes.flatMap((i): [number, number][] => [
    ...(i % 3 < 2 ? [[i, i + 1] as [number, number]] : []),
    ...(i < 6 ? [[i, i + 3] as [number, number]] : []),
  ])
  return pairwiseModel({
    labels: nodes.map(() => 2),
    unary: nodes.map(() => [cell(), cell()]),
    edges,
    pair: edges.map(() => [cell(), cell(), cell(), cell()]),
  })
}

/** Every number in a result, however deep. */
function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array)
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(numbersOf)
}

const refused = [NaN, Infinity]
const sizes = [1e100, 1e200, LARGE] as const

describe.each(['free', 'forbidden'] as const)('scores with pairs that are %s', (kind) => {
  describe.each(sizes)('up to %d', (size) => {
    it.each([1, -1])('of sign %d give a chain finite numbers, and the best labeling', (sign) => {
      const scores = chainOf(size, kind, sign)
      const found = chain(scores)
      const best = viterbi(scores, { top: 5 })
      expect(found.status).toBe('exact')
      expect(best.status).toBe('exact')
      expect(numbersOf(found).every(Number.isFinite)).toBe(true)
      expect(numbersOf(best).every(Number.isFinite)).toBe(true)
      // at this size the sum over labelings is its largest term
      expect(found.logZ / best.score).toBeCloseTo(1, 12)
      expect(numbersOf(chainMaxMarginals(scores)).some(Number.isNaN)).toBe(false)
      expect(numbersOf([chainSample(scores, stream(1))]).length).toBe(T)
      const flat = { ...scores, transition: { rows: 3, cols: 3, data: new Float64Array(9) } }
      expect(chainKl(scores, flat)).toBeGreaterThanOrEqual(0)
      expect(chainKl(scores, flat)).toBeLessThan(Infinity)
    })

    it.each([1, -1])('of sign %d give no function of a grid NaN', (sign) => {
      const model = gridOf(size, kind, sign)
      const exact = bruteForce(model)
      expect(exact.status).toBe('exact')
      expect(numbersOf(exact).every(Number.isFinite)).toBe(true)
      // the same sum in another order
      expect(score(model, exact.map) / exact.max).toBeCloseTo(1, 12)
      const s = (name: string) => stream(5).child(name)
      for (const found of [
        beliefPropagation(model, { mode: 'sum', maxIterations: 50 }),
        beliefPropagation(model, { mode: 'max', maxIterations: 50, damping: 0.5 }),
        meanField(model),
        meanField(model, { schedule: 'parallel', damping: 0.5 }),
        messageStrength(model),
        treeBound(model, { stream: s('trees') }),
        dualDecomposition(model, { stream: s('dual') }),
        pseudoLogLikelihood(model, exact.map),
      ])
        expect(numbersOf(found).filter(Number.isNaN)).toEqual([])
      // an edge that is kept makes a forest of the grid
      const { edges, pair } = model
      const forest = pairwiseModel({ ...model, edges: [edges[0]], pair: [pair[0]] })
      expect(numbersOf(treeInference(forest)).every(Number.isFinite)).toBe(true)
    })
  })
})

describe('refused, before anything is computed,', () => {
  it.each([1e300, 1e308, Number.MAX_VALUE])('are scores of ±%d', (size) => {
    for (const sign of [1, -1]) {
      expect(() => gridOf(size, 'free', sign)).toThrow(/pairwiseModel: .*at most 1e\+300/)
      const scores = chainOf(size, 'free', sign)
      for (const f of [chain, viterbi, chainMaxMarginals])
        expect(() => f(scores)).toThrow(/sum of the largest \|score\|.*at most 1e\+300/)
      expect(() => chainSample(scores, stream(1))).toThrow(/chainSample: .*at most 1e\+300/)
      expect(() => chainKl(scores, scores)).toThrow(/chainKl: .*at most 1e\+300/)
    }
  })

  it.each(refused)('are scores that are %d, with their place', (bad) => {
    const cell = (rows: number): Matrix => {
      const data = new Float64Array(rows * 3)
      data[4] = bad
      return { rows, cols: 3, data }
    }
    const zero = (rows: number): Matrix => ({ rows, cols: 3, data: new Float64Array(rows * 3) })
    for (const f of [chain, viterbi, chainMaxMarginals]) {
      expect(() => f({ unary: cell(4), transition: zero(3) })).toThrow(/unary\[1, 1\]/)
      expect(() => f({ unary: zero(4), transition: cell(3) })).toThrow(/transition\[1, 1\]/)
    }
    const given = { labels: [2, 2], edges: [[0, 1]] as [number, number][] }
    const [none, four] = [
      [0, 0],
      [0, 0, 0, 0],
    ]
    expect(() => pairwiseModel({ ...given, unary: [none, [0, bad]], pair: [four] })).toThrow(
      /unary\[1\]\[1\]/,
    )
    expect(() => pairwiseModel({ ...given, unary: [none, none], pair: [[0, 0, bad, 0]] })).toThrow(
      /pair\[0\]\[2\]/,
    )
  })
})

it('a table of a chain counts once for each step', () => {
  const unary = { rows: 5, cols: 1, data: new Float64Array(5) }
  const transition = { rows: 1, cols: 1, data: Float64Array.of(0.3e300) }
  expect(() => chain({ unary, transition })).toThrow(/at most 1e\+300/)
  expect(chain({ unary: { ...unary, rows: 4, data: new Float64Array(4) }, transition }).logZ).toBe(
    0.3e300 + 0.3e300 + 0.3e300,
  )
})
