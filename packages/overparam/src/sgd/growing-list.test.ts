import { stream } from '@nonconvex/tensor'
import { expect, it } from 'vitest'
import { dataset, separableData } from '../../test/problems.js'
import { growingFloat64, growingInt32 } from './growing-list.js'
import { SgdRun } from './sgd-run.js'
import { initialWeights } from './initial-weights.js'

it('keeps every entry in order, from nothing or from some, and a view does not change', () => {
  for (const given of [undefined, Int32Array.of(7, 8, 9)]) {
    const list = growingInt32(given)
    const all = [...(given ?? [])]
    expect(list.last(-5)).toBe(given ? 9 : -5)
    for (let i = 0; i < 5000; i++) {
      list.push(i)
      all.push(i)
      if (i !== 2500) continue
      const early = list.view()
      const then = [...all]
      for (let more = 0; more < 3000; more++) list.push(-1 - more)
      expect([...early]).toEqual(then)
      all.push(...Array.from({ length: 3000 }, (_, more) => -1 - more))
    }
    expect([...list.view()]).toEqual(all)
    expect([list.length, list.last(0)]).toEqual([all.length, 4999])
  }
  const half = growingFloat64(Float64Array.of(0.5))
  half.push(0.25)
  expect([...half.view()]).toEqual([0.5, 0.25])
})

it('takes up at most an eighth more than its entries, once they are many', () => {
  const list = growingFloat64()
  for (let i = 0; i < 1e5; i++) list.push(i)
  expect(list.view().buffer.byteLength).toBeLessThanOrEqual(8 * 1e5 * 1.125 + 8)
})

it('is all that a run keeps of an update: 44 bytes if traced, of which outcomes are views', () => {
  const data = dataset(
    [
      [1, 0],
      [1, 1e-5],
    ],
    [1, -1],
  )
  const start = initialWeights({ kind: 'scaled', stream: stream(1) }, 1, 2)
  const options = {
    k: 1,
    start,
    maxSteps: 1e5,
    order: { kind: 'cyclic' } as const,
    trace: { wStar: Float64Array.of(1, -2e5) },
  }
  const run = new SgdRun(data, options)
  while (run.advance(1e4) === 'running');
  const { updates, sequence, atStep, active, margins, trace } = run.outcome()
  expect(updates).toBeGreaterThan(9e4)
  const again = run.outcome()
  expect(again.margins.buffer).toBe(margins.buffer)
  if (!trace) throw new Error('not traced')
  const lists = [sequence, atStep, active, margins, trace.f, trace.s, trace.a]
  const bytes = lists.reduce((sum, list) => sum + list.buffer.byteLength, 0)
  expect(bytes / updates).toBeLessThan(50)
  expect(bytes / updates).toBeGreaterThanOrEqual(44)
})

it('a run that is saved goes on with lists of its own', () => {
  const { data } = separableData({ n: 20, d: 3, gamma: 0.05, size: 1, seed: 1 })
  const start = initialWeights({ kind: 'scaled', stream: stream(1) }, 3, 3)
  const options = { k: 3, start, order: { kind: 'cyclic' } as const }
  const first = new SgdRun(data, options)
  first.advance(7)
  const saved = first.save()
  const kept = structuredClone(saved)
  first.advance(1000)
  const second = new SgdRun(data, options, saved)
  second.advance(1000)
  expect(second.outcome()).toEqual(first.outcome())
  expect(saved).toEqual(kept)
})
