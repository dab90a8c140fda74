import { describe, expect, it } from 'vitest'
import { dataset } from '../../test/problems.js'
import { referenceData, referenceRuns, referenceStart } from '../../test/reference-runs.js'
import { forward, trainSgd } from '../index.js'
import { deadUnits, trainRelu } from './index.js'

const reference = (name: string) => {
  const r = referenceRuns.find((run) => run.name === name)
  if (!r) throw new Error(name)
  const { data } = referenceData(r.n, r.d)
  const start = referenceStart(r.k, r.d, r.scale)
  const order = { kind: 'cyclic' } as const
  return { data, options: { k: r.k, v: r.v, alpha: 0, eta: r.eta, start, order, maxSteps: 20_000 } }
}

describe('deadUnits', () => {
  const data = dataset(
    [
      [1, 0],
      [0, 1],
    ],
    [1, 1],
  )
  const net = (...weights: number[]) => ({
    k: 1,
    d: 2,
    v: 1,
    alpha: 0,
    weights: Float64Array.from(weights),
  })

  it('tells dead units, dead and half-dead examples apart', () => {
    expect(deadUnits(net(2, 2, -1, 0), data)).toEqual({
      units: [1],
      examples: [],
      halfDead: [],
      short: 0,
      stuck: false,
    })
    expect(deadUnits(net(0.5, 0, -1, -1), data)).toEqual({
      units: [1],
      examples: [1],
      halfDead: [],
      short: 2,
      stuck: false,
    })
    expect(deadUnits(net(2, -1, -1, 3), data)).toEqual({
      units: [],
      examples: [],
      halfDead: [1],
      short: 1,
      stuck: false,
    })
    expect(deadUnits(net(2, -1, 0.5, -1), data)).toEqual({
      units: [],
      examples: [1],
      halfDead: [],
      short: 1,
      stuck: true,
    })
  })

  it('finds reference run D stuck with two dead examples and no dead unit', () => {
    const { data, options } = reference('D')
    const run = trainSgd(data, options)
    expect([run.moving, run.lastMoving]).toEqual([1115, 8687])
    expect(deadUnits(run.net, data)).toEqual({
      units: [],
      examples: [6, 14],
      halfDead: [],
      short: 2,
      stuck: true,
    })
    const e = reference('E')
    const { units, short } = deadUnits(trainSgd(e.data, e.options).net, e.data)
    expect([units, short]).toEqual([[], 0])
  })

  it('refuses a leak', () => {
    expect(() => deadUnits({ ...net(1, 1, 1, 1), alpha: 0.1 }, data)).toThrow(
      'deadUnits: expected alpha to be 0, got 0.1; a leak lets every unit learn',
    )
  })
})

describe('trainRelu', () => {
  it('stops reference run D once it is stuck: a longer run moves nothing', () => {
    const { data, options } = reference('D')
    const run = trainRelu(data, options)
    expect(run.status).toBe('stuck')
    expect(run.message).toBe(
      'stuck: 2 examples have a positive loss, and no unit is active on them',
    )
    expect(run.outcome.steps).toBeLessThan(2 * 8687 + 32)
    expect(run.outcome.moving).toBe(1115)
    expect(trainSgd(data, options).net.weights).toEqual(run.outcome.net.weights)
  })

  it('makes the run of trainSgd where that converges, and ends with its budget', () => {
    const { data, options } = reference('E')
    const run = trainRelu(data, options)
    expect(run.status).toBe('converged')
    expect(run.outcome).toEqual(trainSgd(data, options))
    expect(trainRelu(data, { ...options, maxSteps: 30 }).status).toBe('max-steps')
    expect(trainRelu(data, { ...options, signal: AbortSignal.abort() }).status).toBe('aborted')
  })

  it('has no leak, whatever the options say', () => {
    const { data, options } = reference('E')
    const run = trainRelu(data, { ...options, alpha: 0.5 })
    expect(run.outcome.net.alpha).toBe(0)
    expect(forward(run.outcome.net, data.x)).toEqual(forward(trainSgd(data, options).net, data.x))
  })
})
