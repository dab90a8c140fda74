import { ShapeError, stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import {
  complete,
  graphOfModel,
  grid,
  neighborsOf,
  randomModel,
  scoreOf,
  tree,
  type Model,
} from '../../test/pairwise-models.ts'
import { checkGPI } from '../invariance/check-gpi.js'
import { graphOf } from '../graph/graph.js'
import { parallelBeliefPropagation } from './parallel-belief-propagation.js'

type Mode = 'sum' | 'max'

const joined = (mode: Mode, x: readonly number[]): number =>
  mode === 'max' ? Math.max(...x) : Math.log(x.reduce((sum, y) => sum + Math.exp(y), 0))

/** The plain algorithm: every message from the messages of the other neighbors. */
function plainBeliefs(model: Model, mode: Mode, rounds: number, damping = 0): number[] {
  const { n, K, unary } = model
  const neighbors = neighborsOf(model)
  const labels = Array.from({ length: K }, (_, a) => a)
  let message = new Map<string, number[]>()
  const sentTo = (i: number, j: number, a: number): number => message.get(`${i} ${j}`)?.[a] ?? 0
  for (let round = 0; round < rounds; round++) {
    const next = new Map<string, number[]>()
    for (let i = 0; i < n; i++)
      for (const j of neighbors[i]) {
        const raw = labels.map((b) =>
          joined(
            mode,
            labels.map((a) =>
              neighbors[i]
                .filter((k) => k !== j)
                .reduce(
                  (sum, k) => sum + sentTo(k, i, a),
                  scoreOf(model, i, j, a, b) + unary(i, a),
                ),
            ),
          ),
        )
        const kept = raw.map(
          (x, b) => damping * sentTo(i, j, b) + (1 - damping) * (x - joined(mode, raw)),
        )
        next.set(
          `${i} ${j}`,
          kept.map((x) => x - joined(mode, kept)),
        )
      }
    message = next
  }
  return Array.from({ length: n }, (_, i) => {
    const b = labels.map((a) => neighbors[i].reduce((sum, j) => sum + sentTo(j, i, a), unary(i, a)))
    return b.map((x) => x - joined(mode, b))
  }).flat()
}

/** Log marginals, or log max-marginals less their maximum, from all K^n labelings. */
function bruteForce(model: Model, mode: Mode): number[] {
  const { n, K, unary } = model
  const found = Array.from({ length: n * K }, (): number[] => [])
  const y = new Array<number>(n).fill(0)
  for (;;) {
    const own = y.reduce((sum, a, i) => sum + unary(i, a), 0)
    const score = model.pairs.reduce((sum, [i, j]) => sum + model.pair(i, j, y[i], y[j]), own)
    y.forEach((a, i) => found[i * K + a].push(score))
    let at = n - 1
    while (at >= 0 && y[at] === K - 1) y[at--] = 0
    if (at < 0) break
    y[at]++
  }
  const cells = found.map((scores) => joined(mode, scores))
  return cells.map((x, cell) => {
    const node = Math.floor(cell / K) * K
    return x - joined(mode, cells.slice(node, node + K))
  })
}

const beliefs = (model: Model, mode: Mode, steps: number, damping = 0): number[] => [
  ...parallelBeliefPropagation({ mode, labels: model.K, steps, damping })(graphOfModel(model)).nodes
    .data,
]

const largestGap = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((x, i) => Math.abs(x - b[i])))

/** p(y_i = 1), for two labels. */
const ones = (b: readonly number[]): number[] => b.filter((_, i) => i % 2 === 1).map(Math.exp)

describe('belief propagation as a layer', () => {
  it.each(['sum', 'max'] as const)('equals the plain algorithm after every round (%s)', (mode) => {
    for (let trial = 0; trial < 12; trial++) {
      const model = randomModel(stream(1).child('model', trial), 2 + (trial % 5), 2 + (trial % 2))
      for (const steps of [1, 2, 5, 20])
        for (const damping of [0, 0.3]) {
          const gap = largestGap(
            beliefs(model, mode, steps, damping),
            plainBeliefs(model, mode, steps, damping),
          )
          expect(gap).toBeLessThan(1e-9)
        }
    }
  })

  it.each(['sum', 'max'] as const)(
    'is exact on a tree after as many rounds as its diameter, and not after one (%s)',
    (mode) => {
      const exact = bruteForce(tree, mode)
      expect(largestGap(beliefs(tree, mode, 4), exact)).toBeLessThan(1e-13)
      expect(largestGap(beliefs(tree, mode, 1), exact)).toBeGreaterThan(1e-3)
    },
  )

  it('has the reference marginals and errors on the tree', () => {
    const p = beliefs(tree, 'sum', 4).map(Math.exp)
    const at = [0.377502399374, 0.068165869852, 0.554331730774]
    at.forEach((x, a) => expect(Math.abs(p[a] - x)).toBeLessThan(1e-12))
    const last = [0.437440593213, 0.332990148224, 0.229569258563]
    last.forEach((x, a) => expect(Math.abs(p[15 + a] - x)).toBeLessThan(1e-12))
    const errors = [1, 2, 3].map((steps) =>
      largestGap(beliefs(tree, 'sum', steps).map(Math.exp), p),
    )
    expect(errors.map((x) => x.toExponential(1))).toEqual(['8.5e-2', '9.5e-3', '1.9e-3'])
  })

  it('finds the reference labeling of the tree by max-product', () => {
    const b = beliefs(tree, 'max', 4)
    const best = Array.from({ length: 6 }, (_, i) => b.slice(3 * i, 3 * i + 3).indexOf(0))
    expect(best).toEqual([2, 1, 2, 2, 1, 0])
  })

  it('has the reference beliefs on the grid, damped or not, and the best labeling', () => {
    const reference = [
      0.795480751901, 0.861946477311, 0.274603921154, 0.026929437204, 0.765497817559,
      0.769091396398, 0.600893334958, 0.388337080244, 0.491438027081,
    ]
    expect(largestGap(ones(beliefs(grid, 'sum', 20)), reference)).toBeLessThan(1e-12)
    expect(largestGap(ones(beliefs(grid, 'sum', 60, 0.5)), reference)).toBeLessThan(1e-12)
    const best = beliefs(grid, 'max', 60, 0.3)
    expect(ones(best).map((x) => Number(x === 1))).toEqual([1, 1, 0, 0, 1, 1, 1, 0, 0])
  })

  it('settles on four repelling nodes when damped, and goes to and fro when not', () => {
    const repelling = complete(4, -2, (i, a) => 0.1 * a * (i + 1))
    const damped = [0.494603187657, 0.502146528091, 0.509712171608, 0.517247190314]
    expect(largestGap(ones(beliefs(repelling, 'sum', 200, 0.5)), damped)).toBeLessThan(1e-11)
    const [even, odd] = [ones(beliefs(repelling, 'sum', 300)), ones(beliefs(repelling, 'sum', 301))]
    const swing = [even[0], odd[0]].sort((a, b) => a - b).map((x) => x.toFixed(7))
    expect(swing).toEqual(['0.0041722', '0.9957899'])
  })

  it('passes the checker, messages too', () => {
    for (const mode of ['sum', 'max'] as const) {
      const F = parallelBeliefPropagation({ mode, labels: 2, steps: 6, damping: 0.2 })
      const sampler = (
        source: Parameters<typeof randomModel>[0],
        n: number,
      ): ReturnType<typeof graphOfModel> => graphOfModel(randomModel(source, n, 2))
      expect(checkGPI(F, { sampler, trials: 10, sizes: [0, 1, 2, 3, 6] })).toMatchObject({
        ok: true,
      })
    }
  })

  it('leaves a node without neighbors to itself', () => {
    const F = parallelBeliefPropagation({ mode: 'sum', labels: 2, steps: 3 })
    const alone = F(graphOf([[0, Math.log(3)]])).nodes.data
    expect(Math.exp(alone[1])).toBeCloseTo(0.75, 15)
    expect(F(graphOf([])).nodes.rows).toBe(0)
  })
})

describe('belief propagation refuses', () => {
  const F = parallelBeliefPropagation({ mode: 'sum', labels: 2, steps: 1 })
  const pairs = (there: number[], back: number[]): number[][][] => [
    [[0, 0, 0, 0], there],
    [back, [0, 0, 0, 0]],
  ]
  const two = [
    [0, 0],
    [0, 0],
  ]

  it('a pair whose reverse is not its transpose, or does not exist', () => {
    expect(() => F(graphOf(two, pairs([1, 2, 3, 4], [1, 2, 3, 4])))).toThrow(/transposed, got/)
    expect(() => F(graphOf(two, pairs([1, 2, 3, 4], [1, 3, 2, 4])))).not.toThrow()
    const oneWay = [
      [0, 1],
      [0, 0],
    ]
    expect(() => F(graphOf(two, pairs([1, 1, 1, 1], [1, 1, 1, 1]), oneWay))).toThrow(
      /both directions/,
    )
  })

  it('other numbers of scores, forbidden labels, and options out of range', () => {
    expect(() => F(graphOf([[1]]))).toThrow(ShapeError)
    expect(() => F(graphOf(two))).toThrow(/pairs must have K² = 4 scores, got 0/)
    expect(() =>
      F({ ...graphOf([[0, 0]]), nodes: { rows: 1, cols: 2, data: Float64Array.of(0, -Infinity) } }),
    ).toThrow(/nodes\[0, 1\] to be finite, got -Infinity/)
    const options = { mode: 'sum', labels: 2, steps: 1 } as const
    expect(() => parallelBeliefPropagation({ ...options, damping: 1 })).toThrow(
      /in \[0, 1\), got 1/,
    )
    expect(() => parallelBeliefPropagation({ ...options, labels: 0 })).toThrow(
      /expected labels to be/,
    )
    expect(() => parallelBeliefPropagation({ ...options, steps: 0 })).toThrow(
      /expected steps to be/,
    )
  })
})
