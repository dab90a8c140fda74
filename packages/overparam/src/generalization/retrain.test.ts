import { verdictOn } from '@nonconvex/optim/claims'
import { stream } from '@nonconvex/tensor'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyData, dataset, orderOf, problems } from '../../test/problems.js'
import { digitsTask, loadDigits } from '../digits/index.js'
import { initialWeights, trainSgd, type Dataset, type SgdOptions } from '../index.js'
import { differingWeights, retrain, subsetRebuilds } from './index.js'

/** Both ways, and what the verdict says of them. */
function both(data: Dataset, options: SgdOptions, kept: Iterable<number>) {
  const all = trainSgd(data, options)
  const part = retrain(data, options, kept)
  const differing = differingWeights(all.net.weights, part.net.weights)
  const runs = [{ name: 'this one', differing, lacking: 0 }]
  return { all, part, verdict: verdictOn(subsetRebuilds, runs) }
}

describe('retrain', () => {
  it('gives the same bits from the updated examples, and from any that contain them', () => {
    fc.assert(
      fc.property(problems, fc.integer({ min: 0, max: 1e9 }), ({ data, options }, seed) => {
        const all = trainSgd(data, options)
        const source = stream(seed)
        const others = Array.from(data.y.keys()).filter(() => source.uniform() < 0.4)
        for (const kept of [all.sequence, [...all.sequence, ...others]]) {
          const part = retrain(data, options, kept)
          expect(part.sequence).toEqual(all.sequence)
          expect(part.atStep).toEqual(all.atStep)
          expect(part.net).toEqual(all.net)
          expect(part.converged).toBe(true)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('does so for ReLU, for data that nothing separates, and for a budget that bites', () => {
    const settings = fc.record({
      data: anyData,
      k: fc.integer({ min: 1, max: 4 }),
      alpha: fc.constantFrom(0, 0.1, 1),
      maxSteps: fc.integer({ min: 1, max: 400 }),
      kind: fc.constantFrom('cyclic', 'permutation', 'replacement'),
      seed: fc.integer({ min: 0, max: 1e9 }),
    })
    let cut = 0
    fc.assert(
      fc.property(settings, ({ data, k, alpha, maxSteps, kind, seed }) => {
        const start = initialWeights({ kind: 'scaled', stream: stream(seed) }, k, data.x.cols)
        const options = { k, alpha, start, order: orderOf(kind, seed), eta: 2, maxSteps }
        const all = trainSgd(data, options)
        const part = retrain(data, options, all.sequence)
        expect(part.sequence).toEqual(all.sequence)
        expect(part.net).toEqual(all.net)
        if (all.status === 'max-steps') cut++
      }),
      { numRuns: 150 },
    )
    expect(cut).toBeGreaterThan(20)
  })

  it('does so with every engine', () => {
    fc.assert(
      fc.property(problems, ({ data, options }) => {
        const all = trainSgd(data, { ...options, engine: 'primal' })
        for (const engine of ['primal', 'sparse', 'gram'] as const)
          expect(retrain(data, { ...options, engine }, all.sequence).net).toEqual(all.net)
      }),
      { numRuns: 25 },
    )
  })

  it('keeps the start when nothing is kept', () => {
    const data = dataset([[1, 0]], [1])
    const start = Float64Array.of(0.5, 0, -0.25, 0)
    const part = retrain(data, { k: 1, start, order: { kind: 'cyclic' } }, [])
    expect(part.net.weights).toEqual(start)
    expect(part.sequence).toHaveLength(0)
  })

  it('differs as soon as an updated example is missing', () => {
    const data = dataset(
      [
        [1, 0],
        [0, 1],
      ],
      [1, -1],
    )
    const { all, verdict } = both(
      data,
      { k: 1, start: new Float64Array(4), order: { kind: 'cyclic' } },
      [0],
    )
    expect(Array.from(all.sequence)).toContain(1)
    expect(verdict.status).toBe('violated')
    expect(verdict.measured).toBeGreaterThan(0)
  })

  it('refuses an index outside the set', () => {
    const data = dataset([[1]], [1])
    const options: SgdOptions = { k: 1, start: new Float64Array(2), order: { kind: 'cyclic' } }
    for (const i of [-1, 1, 0.5])
      expect(() => retrain(data, options, [i])).toThrow(
        `retrain: expected kept to have indices in [0, n = 1), got ${i}`,
      )
  })
})

describe('digits 3 against 5', async () => {
  const digits = await loadDigits()
  const task = { digits, positive: [3], negative: [5], train: 1200, stream: stream(1) }
  const { train } = digitsTask(task)

  it('are rebuilt bit for bit from a third of them, with k = 10', () => {
    const start = initialWeights({ kind: 'scaled', stream: stream(2) }, 10, 784)
    const order = { kind: 'permutation', stream: stream(3) } as const
    const options = { k: 10, start, order }
    const all = trainSgd(train, options)
    expect(all.status).toBe('converged')
    expect(all.distinct).toBeGreaterThan(300)
    expect(all.distinct).toBeLessThan(450)
    const part = retrain(train, options, all.sequence)
    expect(part.sequence).toEqual(all.sequence)
    const differing = differingWeights(all.net.weights, part.net.weights)
    const runs = [{ name: 'k = 10', differing, lacking: 0 }]
    expect(verdictOn(subsetRebuilds, runs)).toMatchObject({
      status: 'holds',
      statement: 'no weight differs in 1 run',
    })
  })
})
