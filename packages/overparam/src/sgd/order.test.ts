import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { epochOf, visitor } from './order.js'

const sorted = (visits: Int32Array): number[] => Array.from(visits).sort((a, b) => a - b)

describe('an epoch', () => {
  it('of a permutation visits each example once, another order each time, the same for the same stream', () => {
    const order = { kind: 'permutation', stream: stream(4) } as const
    const [zero, one] = [epochOf(order, 50, 0), epochOf(order, 50, 1)]
    expect(sorted(zero)).toEqual(Array.from({ length: 50 }, (_, i) => i))
    expect(one).not.toEqual(zero)
    expect(epochOf({ ...order, stream: stream(4) }, 50, 1)).toEqual(one)
    expect(epochOf({ ...order, stream: stream(5) }, 50, 1)).not.toEqual(one)
  })

  it('with replacement draws each example equally often: χ² of 10 cells over 10,000 draws', () => {
    const order = { kind: 'replacement', stream: stream(4) } as const
    const counts = new Float64Array(10)
    for (let epoch = 0; epoch < 1000; epoch++)
      for (const i of epochOf(order, 10, epoch)) counts[i]++
    const chi2 = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
    expect(chi2).toBeLessThan(27.9) // 0.1 % of 9 degrees of freedom
    expect(chi2).toBeGreaterThan(0.97)
  })
})

it('a visitor gives the epochs one after the other, asked for in any order', () => {
  for (const kind of ['cyclic', 'permutation', 'replacement'] as const) {
    const order = { kind, stream: stream(9) }
    const wanted = [0, 1, 2, 3].flatMap((epoch) => Array.from(epochOf(order, 7, epoch)))
    const visit = visitor(order, 7)
    expect(wanted.map((_, at) => visit(at + 1))).toEqual(wanted)
    for (const step of [28, 1, 9, 8, 21]) expect(visit(step)).toBe(wanted[step - 1])
  }
})
