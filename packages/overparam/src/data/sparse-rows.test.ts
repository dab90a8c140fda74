import { stream } from '@nonconvex/tensor'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactSeparability } from '../certify/exact-separability.js'
import { separatorProof } from '../certify/separator-proof.js'
import { separate } from '../fit/separate.js'
import { separability } from '../margin/separability.js'
import { signedRows } from '../margin/signed-rows.js'
import { forward } from '../network/forward.js'
import { averagedPerceptron } from '../perceptron/perceptron.js'
import { initialWeights } from '../sgd/initial-weights.js'
import { trainSgd } from '../sgd/train-sgd.js'
import { retrain } from '../generalization/retrain.js'
import { KnownRows, sharedRows } from '../tabular/known-rows.js'
import { findContradiction } from './contradiction.js'
import { checkFeatures, radius, rowNorms2, signedMargins, type Dataset } from './dataset.js'
import { entryOf, sparseRows, takeRows, type Features } from './sparse-rows.js'

/** Three of four numbers are zero; a plane separates. */
function problem(seed: number, n = 24, d = 9): Dataset {
  const draw = stream(seed)
  const data = Float64Array.from({ length: n * d }, () =>
    draw.uniform() < 0.25 ? draw.normal() : 0,
  )
  for (let i = 0; i < n; i++) data[i * d] = i % 2 === 0 ? 1 : -1
  const y = Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : -1))
  return { x: { rows: n, cols: d, data }, y }
}

describe('sparse rows', () => {
  const dense = problem(1)
  const data = { x: sparseRows(dense.x), y: dense.y }
  const w = Float64Array.from({ length: 9 }, (_, c) => Math.cos(c))

  it('have the numbers of the matrix, to the last bit', () => {
    expect(rowNorms2(data.x)).toEqual(rowNorms2(dense.x))
    expect([radius(data), signedMargins(data, w)]).toEqual([radius(dense), signedMargins(dense, w)])
    expect(separatorProof(data, w)).toEqual(separatorProof(dense, w))
    expect(exactSeparability(data, [0, 1, 2])).toEqual(exactSeparability(dense, [0, 1, 2]))
    expect(separate(data, { digits: 17 })).toEqual(separate(dense, { digits: 17 }))
    expect(averagedPerceptron(data)).toEqual(averagedPerceptron(dense))
    expect(KnownRows.of(data).toText()).toEqual(KnownRows.of(dense).toText())
    expect(sharedRows(data, dense)?.count).toBe(24)
    expect(entryOf(data.x, 3, 0)).toBe(-1)
  })

  it('train to the same bits, with potentials up to rounding', () => {
    const order = { kind: 'permutation', stream: stream(3) } as const
    const start = initialWeights({ kind: 'scaled', stream: stream(2) }, 4, 9)
    const options = { k: 4, start, order, trace: { wStar: Float64Array.of(1, ...w.slice(1)) } }
    const [run, same] = [trainSgd(data, options), trainSgd(dense, options)]
    expect(run.sequence).toEqual(same.sequence)
    expect(run.net.weights).toEqual(same.net.weights)
    run.trace?.s.forEach((s, u) => expect(s).toBeCloseTo(same.trace?.s[u] ?? NaN, 9))
    run.trace?.f.forEach((f, u) => expect(f).toBeCloseTo(same.trace?.f[u] ?? NaN, 9))
    const untraced = { k: 4, start, order }
    const again = retrain(data, untraced, run.sequence)
    expect(again.net.weights).toEqual(trainSgd(data, untraced).net.weights)
  })

  it('contradict each other as those of the matrix', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom(-1, 0, 0, 1), { minLength: 3, maxLength: 3 }), {
          minLength: 1,
          maxLength: 8,
        }),
        (rows) => {
          const x = { rows: rows.length, cols: 3, data: Float64Array.from(rows.flat()) }
          const y = Float64Array.from(rows, (_, i) => (i % 3 === 0 ? 1 : -1))
          expect(findContradiction({ x: sparseRows(x), y })).toEqual(findContradiction({ x, y }))
        },
      ),
    )
  })

  it('are refused if they are malformed', () => {
    const good = {
      rows: 1,
      cols: 3,
      start: Int32Array.of(0, 2),
      index: Int32Array.of(0, 2),
      value: w.slice(0, 2),
    }
    checkFeatures('fn', good)
    const bad: readonly Features[] = [
      { ...good, index: Int32Array.of(2, 0) },
      { ...good, cols: 2 },
      { ...good, rows: 2 },
      { ...good, value: Float64Array.of(1, NaN) },
    ]
    for (const x of bad) expect(() => checkFeatures('fn', x)).toThrow(/fn: expected x to/)
  })
})

it.each([1, 3])('the outputs of many rows in parts are those of the rows alone, k = %d', (k) => {
  const { x } = problem(5, 1200, 900)
  const weights = initialWeights({ kind: 'scaled', stream: stream(1) }, k, 900)
  const net = { k, d: 900, v: 1, alpha: 0.1, weights }
  const outputs = forward(net, x)
  expect(forward(net, sparseRows(x))).toEqual(outputs)
  const [first, last] = [takeRows(x, [7]), takeRows(sparseRows(x), [1199])]
  expect([forward(net, first)[0], forward(net, last)[0]]).toEqual([outputs[7], outputs[1199]])
})

describe('a matrix with few zeros', () => {
  const { x: mostly, y } = problem(6, 60, 5)
  // features in very different units, so that the rows are balanced, too
  const data = mostly.data.map((value, p) => (value === 0 ? 0.3 : value) * 10 ** (9 * (p % 2)))
  data[7] = 0
  const x = { ...mostly, data }

  it('is not copied where its rows are signed', () => {
    expect(signedRows('test', { x, y }).x).toBe(x)
  })

  it.each([
    ['as they are', y],
    ['not separable', y.map((label, i) => (i % 5 === 0 ? -label : label))],
  ])('gives the bits of its sparse rows: labels %s', (_, labels) => {
    const [whole, parts] = [x, sparseRows(x)].map((of) => ({ x: of, y: labels }))
    expect(separability(parts)).toEqual(separability(whole))
    const options = { maxSteps: 1000 }
    expect(averagedPerceptron(parts, options)).toEqual(averagedPerceptron(whole, options))
  })
})
