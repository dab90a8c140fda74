import { describe, expect, it } from 'vitest'
import type { Dataset } from '../data/dataset.ts'
import { engineFor } from './engine.ts'
import type { EngineName } from './engine.ts'

/** n rows of d features, a share of them not zero. */
const data = (n: number, d: number, share: number): Dataset => ({
  x: {
    rows: n,
    cols: d,
    data: Float64Array.from({ length: n * d }, (_, p) => (p % 10 < 10 * share ? 1 : 0)),
  },
  y: new Float64Array(n).fill(1),
})
const chosen = (name: EngineName, k: number, set: Dataset): string => {
  const weights = new Float64Array(2 * k * set.x.cols)
  const net = { k, d: set.x.cols, v: 1, alpha: 0.1, weights }
  return engineFor(name, set, net, 1, weights).name
}

describe('auto', () => {
  it('reads whole rows of dense data, only the non-zero features of sparse data', () => {
    expect(chosen('auto', 10, data(50, 20, 1))).toBe('primal')
    expect(chosen('auto', 10, data(50, 20, 0.2))).toBe('sparse')
  })

  it('screens visits of wide networks', () => {
    expect(chosen('auto', 39, data(50, 20, 0.2))).toBe('sparse')
    expect(chosen('auto', 40, data(50, 20, 0.2))).toBe('blocks')
  })

  it('does not keep more than fits: 1 GiB', () => {
    const many = data(400_000, 1, 1)
    expect(chosen('auto', 150, many)).toBe('primal')
  })
})

it('an engine asked for by name is that engine', () => {
  for (const name of ['primal', 'sparse', 'gram', 'blocks'] as const)
    expect(chosen(name, 1, data(5, 2, 1))).toBe(name)
})
