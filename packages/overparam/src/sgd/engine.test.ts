import { stream } from '@nonconvex/tensor'
import { describe, expect, it, vi } from 'vitest'
import { separableData } from '../../test/problems.js'
import type { Dataset } from '../data/dataset.js'
import { sparseRows } from '../data/sparse-rows.js'
import { BlockScreen } from './block-screen.js'
import { change, costOf } from './engine-cost.js'
import { Engines } from './engine.js'
import type { EngineKind, EngineName } from './engine-kind.js'
import { singles, unitGroups } from './identical-units.js'
import { initialWeights } from './initial-weights.js'
import { trainSgd } from './train-sgd.js'

/** n rows of d features, a fraction of them not zero. */
const data = (n: number, d: number, fraction: number): Dataset => ({
  x: {
    rows: n,
    cols: d,
    data: Float64Array.from({ length: n * d }, (_, p) => (p % 10 < 10 * fraction ? 1 : 0)),
  },
  y: new Float64Array(n).fill(1),
})

function chosen(name: EngineName, k: number, set: Dataset): string {
  const weights = new Float64Array(2 * k * set.x.cols)
  const net = { k, d: set.x.cols, v: 1, alpha: 0.1, weights }
  return new Engines(name, set, net, singles(net), 1).start(name, weights).name
}

describe('auto', () => {
  it('reads whole rows of dense data, only the non-zero features of sparse data, while all is small', () => {
    expect(chosen('auto', 5, data(20, 20, 1))).toBe('primal')
    expect(chosen('auto', 5, data(20, 20, 0.2))).toBe('sparse')
  })

  it('keeps outputs for narrow networks, and takes look-up tables for wide ones', () => {
    expect(chosen('auto', 2, data(500, 500, 0.2))).toBe('eager')
    expect(chosen('auto', 400, data(500, 500, 0.2))).toBe('blocks')
  })

  it('takes no engine that needs more than 1 GiB', () => {
    expect(chosen('auto', 1500, data(100_000, 2, 1))).toBe('sparse')
  })

  it('changes to kept outputs when a run of a narrow network goes on and on, and back when all is updates, each time later', () => {
    const rows = sparseRows(data(500, 500, 0.2).x)
    const groups = singles({ k: 1, d: 500, v: 1, alpha: 0.1, weights: new Float64Array(1000) })
    const dual = ['eager', 'blocks', 'offset'] as const
    const at = (
      passes: number,
      updates: number,
      from: EngineKind = 'sparse',
      changes = 0,
    ): unknown => change(from, rows, groups, dual, { passes, updates, changes })
    expect(at(2, 10)).toBeUndefined()
    expect(at(1000, 10)).toBe('eager')
    expect(at(1000, 500)).toBeUndefined()
    expect(at(1000, 10, 'eager')).toBeUndefined()
    expect([at(2, 500, 'eager'), at(6, 500, 'eager')]).toEqual([undefined, 'sparse'])
    expect([9, 19, 39].map((passes, i) => at(passes, 500, 'eager', i + 1))).toEqual(
      [1, 2, 3].map(() => undefined),
    )
    expect([10, 20, 40].map((passes, i) => at(passes, 500, 'eager', i + 1))).toEqual(
      [1, 2, 3].map(() => 'sparse'),
    )
  })

  it('estimates costs that grow with all sizes', () => {
    const cost = (name: EngineKind, n: number, k: number): number[] => {
      const net = { k, d: 100, v: 1, alpha: 0.1, weights: new Float64Array(200 * k) }
      const { once, update, visit } = costOf(name, sparseRows(data(n, 100, 0.2).x), singles(net))
      return [once, update, visit]
    }
    for (const name of ['primal', 'sparse', 'gram', 'eager', 'blocks', 'offset'] as const)
      for (const [a, b] of [
        [cost(name, 100, 30), cost(name, 100, 60)],
        [cost(name, 100, 30), cost(name, 200, 30)],
      ])
        for (const [c, value] of a.entries()) expect(b[c]).toBeGreaterThanOrEqual(value)
  })
})

it('an engine asked for by name is that engine', () => {
  for (const name of ['primal', 'sparse', 'gram', 'eager', 'blocks', 'offset'] as const)
    expect(chosen(name, 1, data(5, 2, 1))).toBe(name)
})

it('a run that changes its engine has the bits of one that does not', () => {
  // labels that contradict each other: nearly every visit is an update for ever
  const { x } = separableData({ n: 200, d: 20, gamma: 0.01, size: 1, seed: 4 }).data
  for (let i = 0; i < 200; i += 2) x.data.copyWithin(20 * (i + 1), 20 * i, 20 * (i + 1))
  const set = { x, y: Float64Array.from({ length: 200 }, (_, i) => (i % 2 ? 1 : -1)) }
  const start = initialWeights({ kind: 'scaled', stream: stream(5) }, 1, 20)
  const order = { kind: 'permutation', stream: stream(6) } as const
  const options = { k: 1, start, order, eta: 0.1, maxSteps: 4000 }
  const { engine, ...rest } = trainSgd(set, options)
  expect([chosen('auto', 1, set), engine]).toEqual(['eager', 'sparse'])
  const { engine: named, ...same } = trainSgd(set, { ...options, engine: 'eager' })
  expect([rest, named]).toStrictEqual([same, 'eager'])
})

it('a run with many updates first and few later returns to the engine that keeps outputs', () => {
  const { data: set } = separableData({ n: 1500, d: 20, gamma: 0.002, size: 1, seed: 3 })
  const start = initialWeights({ kind: 'scaled', stream: stream(5) }, 1, 20)
  const options = { k: 1, start, order: { kind: 'cyclic' }, eta: 10 } as const
  const change = vi.spyOn(Engines.prototype, 'start')
  const { engine, ...run } = trainSgd(set, options)
  expect(change.mock.calls.map(([name]) => name)).toEqual(['auto', 'sparse', 'eager'])
  change.mockRestore()
  const { engine: named, ...same } = trainSgd(set, { ...options, engine: 'sparse' })
  expect([engine, named, run]).toStrictEqual(['eager', 'sparse', same])
})

it('without WebAssembly every engine still gives the same bits', () => {
  const { data: set } = separableData({ n: 40, d: 60, gamma: 0.02, size: 1, seed: 7 })
  const start = initialWeights({ kind: 'scaled', stream: stream(8) }, 36, 60)
  const options = { k: 36, start, order: { kind: 'cyclic' } } as const
  const engines = ['primal', 'sparse', 'gram', 'eager', 'blocks', 'offset'] as const
  const runs = engines.map((engine) => trainSgd(set, { ...options, engine }))
  const refuse = vi.spyOn(WebAssembly, 'Memory').mockImplementation(function () {
    throw new RangeError('WebAssembly.Memory is refused')
  })
  try {
    for (const run of runs)
      expect(trainSgd(set, { ...options, engine: run.engine })).toStrictEqual(run)
    expect(refuse).toHaveBeenCalled()
  } finally {
    refuse.mockRestore()
  }
})

it('a loss of 0 is looked at again with the weights: a screen that lies is found out', () => {
  const { data: set } = separableData({ n: 30, d: 6, gamma: 0.03, size: 1, seed: 1 })
  const start = initialWeights({ kind: 'scaled', stream: stream(2) }, 3, 6)
  const lie = vi.spyOn(BlockScreen.prototype, 'clean').mockReturnValue(true)
  try {
    expect(() =>
      trainSgd(set, { k: 3, start, order: { kind: 'cyclic' }, engine: 'blocks' }),
    ).toThrow(/^SgdRun: engine blocks skipped the update of example 0, y N is -?0\.\d+$/)
  } finally {
    lie.mockRestore()
  }
})

describe('equal units', () => {
  it('are found whatever their values, and only within a sign', () => {
    const weights = Float64Array.of(1, 2, 3, 4, 1, 2, 3, 4, 0, 2, 1, 2)
    const net = { k: 3, d: 2, v: 1, alpha: 0.1, weights }
    const { of, many, plus } = unitGroups(net)
    expect([[...of], [...many], plus]).toEqual([[0, 1, 0, 2, 3, 4], [2, 1, 1, 1, 1], 2])
  })

  it('are one unit to the engines, with the bits and the label of the whole', () => {
    const { data: set } = separableData({ n: 40, d: 6, gamma: 0.02, size: 1, seed: 3 })
    for (const engine of ['primal', 'sparse', 'gram', 'eager', 'blocks', 'offset'] as const) {
      const options = {
        k: 7,
        start: new Float64Array(84),
        order: { kind: 'cyclic' },
        engine,
      } as const
      const run = trainSgd(set, options)
      // a traced run sums over all units
      const { trace, ...whole } = trainSgd(set, {
        ...options,
        trace: { wStar: new Float64Array(6) },
      })
      expect(trace).toBeDefined()
      expect(run).toStrictEqual(whole)
      expect([run.status, run.distinctUnits]).toEqual(['converged', 2])
    }
  })
})
