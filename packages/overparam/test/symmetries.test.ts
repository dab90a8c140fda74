import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { SgdRun, initialWeights, trainSgd, type SgdOptions, type SgdOutcome } from '../src/index.js'
import { orderOf, separableData } from './problems.js'

const seeds = Array.from({ length: 20 }, (_, seed) => seed)
const [n, d, k] = [25, 5, 4]
const make = (seed: number) => {
  const { data } = separableData({ n, d, gamma: 0.03, size: 1, seed })
  const start = initialWeights({ kind: 'gauss', row: 0.3, stream: stream(seed) }, k, d)
  const options: SgdOptions = { k, start, alpha: 0.2, order: orderOf('permutation', seed) }
  return { data, options }
}
const rows = (w: Float64Array): number[][] =>
  Array.from({ length: w.length / d }, (_, j) => Array.from(w.subarray(j * d, (j + 1) * d)))
const path = (run: SgdOutcome) => [run.steps, run.sequence, run.atStep]

describe('what the width, the names of units and the units of measure change', () => {
  it.each(seeds)('from zero k units are one unit with v√k: the same updates, seed %i', (seed) => {
    const { data, options } = make(seed)
    // 16 equal terms are summed with rounding, so the margins are equal to a few ulp and the
    // updates exactly
    const [wide, eta] = [16, 0.5]
    const zero = (units: number): Float64Array => initialWeights({ kind: 'zero' }, units, d)
    const many = trainSgd(data, { ...options, k: wide, start: zero(wide), v: 0.25, eta })
    const one = trainSgd(data, { ...options, k: 1, start: zero(1), v: 1, eta })
    expect(path(many)).toEqual(path(one))
    for (const [u, margin] of many.margins.entries()) expect(margin).toBeCloseTo(one.margins[u], 12)
    for (const [j, row] of rows(many.net.weights).entries())
      expect(row).toEqual(rows(one.net.weights)[j < wide ? 0 : 1].map((value) => value / 4))
  })

  it.each(seeds)('units that are permuted stay permuted, seed %i', (seed) => {
    const { data, options } = make(seed)
    const order = [2, 0, 3, 1, 5, 7, 4, 6]
    const permute = (w: Float64Array): Float64Array =>
      Float64Array.from(order.flatMap((j) => rows(w)[j]))
    const run = trainSgd(data, options)
    const other = trainSgd(data, { ...options, start: permute(options.start) })
    expect(path(other)).toEqual(path(run))
    for (const [p, value] of permute(run.net.weights).entries())
      expect(other.net.weights[p]).toBeCloseTo(value, 10)
  })

  it.each(seeds)('opposite labels with the halves exchanged are the same run, seed %i', (seed) => {
    const { data, options } = make(seed)
    const swap = (w: Float64Array): Float64Array =>
      Float64Array.from([...rows(w).slice(k), ...rows(w).slice(0, k)].flat())
    const run = trainSgd(data, options)
    const opposite = { ...data, y: data.y.map((label) => -label) }
    const other = trainSgd(opposite, { ...options, start: swap(options.start) })
    expect(path(other)).toEqual(path(run))
    expect(other.net.weights).toEqual(swap(run.net.weights))
  })

  it.each(seeds)('x times c, η and W_0 divided by c² and c is the same run, seed %i', (seed) => {
    const { data, options } = make(seed)
    const c = 8
    const x = { ...data.x, data: data.x.data.map((value) => c * value) }
    const start = options.start.map((value) => value / c)
    const run = trainSgd(data, options)
    const other = trainSgd({ ...data, x }, { ...options, start, eta: 10 / c ** 2 })
    expect(path(other)).toEqual(path(run))
    expect(other.margins).toEqual(run.margins)
    expect(other.net.weights).toEqual(run.net.weights.map((value) => value / c))
  })
})

describe('examples that were never updated', () => {
  it.each(seeds)(
    'can be left out of the order, and any others kept: the same bits, seed %i',
    (seed) => {
      const { data, options } = make(seed)
      const order = { kind: 'cyclic' } as const
      const run = trainSgd(data, { ...options, order })
      const source = stream(seed)
      const updated = new Set(run.sequence)
      for (const fraction of [0, 0.3, 0.8]) {
        const kept = data.y.map((_, i) => (updated.has(i) || source.uniform() < fraction ? 1 : 0))
        const part = new SgdRun(data, { ...options, order })
        for (let step = 0; step < run.steps; step++)
          if (kept[step % n]) part.advance(1)
          else part.pass(1)
        expect(part.outcome().net.weights).toEqual(run.net.weights)
        expect(part.outcome().atStep).toEqual(run.atStep)
      }
      expect(updated.size).toBeLessThan(n)
    },
  )
})
