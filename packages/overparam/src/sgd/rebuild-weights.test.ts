import { stream } from '@nonconvex/tensor'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { problems, separableData } from '../../test/problems.js'
import { rebuildWeights, initialWeights, trainSgd } from '../index.js'
import { SgdRun } from './sgd-run.js'

it('gives the weights of the run bit for bit, at any time, with any engine', () => {
  fc.assert(
    fc.property(problems, fc.nat(400), ({ data, options }, steps) => {
      for (const engine of ['primal', 'blocks', 'eager'] as const) {
        const run = new SgdRun(data, { ...options, slopes: true, engine })
        run.advance(steps)
        const { sequence, slopes, net } = run.outcome()
        if (!slopes) throw new Error('the slopes were asked for')
        expect(rebuildWeights(data, options, { sequence, slopes })).toEqual(net.weights)
      }
    }),
    { numRuns: 60 },
  )
})

it('in WebAssembly too, from a start whose units are equal, and taken up again in between', () => {
  const { data } = separableData({ n: 40, d: 60, gamma: 0.01, size: 1, seed: 3 })
  for (const start of [
    new Float64Array(80 * 60),
    initialWeights({ kind: 'scaled', stream: stream(4) }, 40, 60),
  ]) {
    const options = { k: 40, start, order: { kind: 'cyclic' }, slopes: true } as const
    const whole = trainSgd(data, options)
    const first = new SgdRun(data, options)
    first.advance(25)
    const second = new SgdRun(data, options, structuredClone(first.save()))
    while (second.advance(1000) === 'running');
    const { sequence, slopes, net } = second.outcome()
    expect([slopes, net.weights]).toEqual([whole.slopes, whole.net.weights])
    if (!slopes) throw new Error('the slopes were asked for')
    expect(slopes.length).toBe(10 * sequence.length)
    expect(rebuildWeights(data, options, { sequence, slopes })).toEqual(net.weights)
    const flipped = slopes.slice()
    flipped[0] ^= 1
    expect(rebuildWeights(data, options, { sequence, slopes: flipped })).not.toEqual(net.weights)
  }
})

it('is not kept unless asked for', () => {
  const { data } = separableData({ n: 5, d: 3, gamma: 0.1, size: 1, seed: 1 })
  const run = trainSgd(data, { k: 1, start: new Float64Array(6), order: { kind: 'cyclic' } })
  expect(run).not.toHaveProperty('slopes')
})
