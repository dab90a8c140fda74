import { stream } from '@nonconvex/tensor'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyData, orderOf, problems } from '../../test/problems.js'
import {
  initialWeights,
  trainSgd,
  type Dataset,
  type EngineName,
  type Order,
  type SgdOptions,
  type SgdOutcome,
} from '../index.js'

const engines = ['primal', 'sparse', 'gram', 'eager', 'blocks', 'offset'] as const

/** Everything a run says but which engine it used. */
const without = ({ engine, ...rest }: SgdOutcome): Omit<SgdOutcome, 'engine'> => {
  expect(engines).toContain(engine)
  return rest
}

function sameWithAll(data: Dataset, options: SgdOptions): void {
  const dense = trainSgd(data, { ...options, engine: 'primal' })
  expect(dense.engine).toBe('primal')
  for (const engine of [...engines.slice(1), 'auto'] satisfies EngineName[]) {
    const other = trainSgd(data, { ...options, engine })
    if (engine !== 'auto') expect(other.engine).toBe(engine)
    expect(without(other)).toStrictEqual(without(dense))
  }
}

it('makes the same updates, with the same bits, whatever the engine: separable data, traced', () => {
  fc.assert(
    fc.property(problems, ({ data, wStar, options }) => {
      sameWithAll(data, { ...options, maxSteps: 5000, trace: { wStar } })
    }),
    { numRuns: 100 },
  )
})

it('also on sparse data of any labels, with rows of zeros, leaks from 0 to 1, wide networks', () => {
  fc.assert(
    fc.property(
      anyData,
      fc.record({
        k: fc.constantFrom(1, 2, 4, 5, 30),
        alpha: fc.constantFrom(0, 0.01, 0.1, 0.5, 1),
        eta: fc.constantFrom(0.01, 0.3, 10, 1e6),
        row: fc.constantFrom(0, 1e-8, 1, 100),
        kind: fc.constantFrom<Order['kind']>('cyclic', 'permutation', 'replacement'),
        seed: fc.nat(),
      }),
      (data, { k, alpha, eta, row, kind, seed }) => {
        const start = initialWeights({ kind: 'gauss', row, stream: stream(seed) }, k, data.x.cols)
        sameWithAll(data, { k, alpha, eta, start, order: orderOf(kind, seed), maxSteps: 2000 })
      },
    ),
    { numRuns: 200 },
  )
})
