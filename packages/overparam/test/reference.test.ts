import { describe, expect, it } from 'vitest'
import {
  activations,
  alignment,
  boundSetting,
  forward,
  hingeLoss,
  radius,
  separability,
  trainSgd,
  updateBounds,
  type EngineName,
  type SgdOptions,
} from '../src/index.js'
import { batchPerceptron, perceptron } from '../src/perceptron/index.js'
import { referenceData, referenceRuns, referenceStart } from './reference-runs.js'

const relative = (value: number, expected: number): number =>
  expected === 0 ? Math.abs(value) : Math.abs(value / expected - 1)
const norm = (w: Float64Array): number =>
  Math.sqrt(w.reduce((sum, value) => sum + value * value, 0))

const engines: EngineName[] = ['primal', 'sparse', 'gram', 'eager', 'blocks', 'offset']

describe.each(referenceRuns)('reference run $name', (r) => {
  const { data, t } = referenceData(r.n, r.d)
  const start = referenceStart(r.k, r.d, r.scale)
  const options: SgdOptions = {
    k: r.k,
    v: r.v,
    alpha: r.alpha,
    eta: r.eta,
    start,
    order: { kind: 'cyclic' },
    maxSteps: 20_000,
    trace: { wStar: t },
  }

  it('has the labels, radius and margin of the fixture', () => {
    expect(Array.from(data.y, (y) => (y > 0 ? '+' : '-')).join('')).toBe(r.y)
    expect(relative(radius(data), 1)).toBeLessThan(1e-15)
    const setting = boundSetting(
      { ...options, v: r.v, alpha: r.alpha, d: r.d, weights: start },
      data,
      t,
      r.eta,
    )
    expect(relative(setting.gamma, r.gamma)).toBeLessThan(1e-9)
    expect(relative(setting.wStarNorm, r.tNorm)).toBeLessThan(1e-9)
    expect(relative(setting.startF, r.startF)).toBeLessThan(1e-9)
    expect(relative(setting.startS, r.startS)).toBeLessThan(1e-9)
    expect(relative(setting.excess, r.excess)).toBeLessThan(1e-9)
  })

  it.each(engines)('makes the same updates with the engine %s', (engine) => {
    const run = trainSgd(data, { ...options, engine })
    expect(run.engine).toBe(engine)
    expect(run.updates).toBe(r.updates)
    expect(run.steps).toBe(r.steps)
    expect(run.lastUpdate).toBe(r.lastUpdate)
    expect(run.distinct).toBe(r.distinct)
    expect(Array.from(run.sequence.subarray(0, 10))).toEqual(r.first)
    expect(relative(norm(run.net.weights), r.norm)).toBeLessThan(1e-9)
    expect(relative(alignment(run.net.weights, t), r.alignment)).toBeLessThan(1e-9)
    expect(relative(forward(run.net, data.x)[0], r.output0)).toBeLessThan(1e-9)
  })

  it('has the margin of the fixture, between certified ends', () => {
    const answer = separability(data)
    if (answer.kind !== 'separable') throw new Error(answer.kind)
    expect(relative(answer.lo, r.margin)).toBeLessThan(1e-6)
    expect(answer.lo).toBeLessThanOrEqual(answer.hi * (1 + 1e-15))
  })

  it('makes the perceptrons err as often as the fixture says', () => {
    expect(perceptron(data).updates).toBe(r.mistakes)
    expect(batchPerceptron(data).iterations).toBe(r.batch)
  })
})

const bounded = referenceRuns.flatMap(({ bounds, best, ...r }) =>
  bounds && best ? [{ ...r, bounds, best }] : [],
)

describe.each(bounded)('reference run $name', (r) => {
  const { data, t } = referenceData(r.n, r.d)
  const net = { k: r.k, d: r.d, v: r.v, alpha: r.alpha }
  const weights = referenceStart(r.k, r.d, r.scale)
  const bounds = (wStar: Float64Array): number[] => {
    const b = updateBounds(boundSetting({ ...net, weights }, data, wStar, r.eta))
    return [b.quad, b.slope, b.disp, b.paper]
  }

  it('has the bounds of the fixture with the given separator', () => {
    for (const [i, bound] of bounds(t).entries())
      expect(relative(bound, r.bounds[i])).toBeLessThan(1e-9)
  })

  it('has the bounds of the fixture with the separator of largest margin, to six digits', () => {
    const answer = separability(data)
    if (answer.kind !== 'separable') throw new Error(answer.kind)
    for (const [i, bound] of bounds(answer.w).entries())
      expect(relative(bound, r.best[i])).toBeLessThan(6e-6)
  })
})

describe('the two ReLU runs', () => {
  const run = (name: string): ReturnType<typeof trainSgd> => {
    const r = referenceRuns.find((one) => one.name === name)
    if (!r) throw new Error(name)
    const { data } = referenceData(r.n, r.d)
    const start = referenceStart(r.k, r.d, r.scale)
    return trainSgd(data, { ...r, start, order: { kind: 'cyclic' }, maxSteps: 20_000 })
  }

  it('D is stuck: budget spent, two dead examples, 1115 moving updates', () => {
    const d = run('D')
    const { data } = referenceData(16, 5)
    expect([d.status, d.moving, d.lastMoving]).toEqual(['max-steps', 1115, 8687])
    const outputs = forward(d.net, data.x)
    const positive = Array.from(outputs.keys()).filter((i) => data.y[i] * outputs[i] < 1)
    expect(positive).toEqual([6, 14])
    const active = activations(d.net, data.x)
    for (const i of positive)
      expect(active.subarray(8 * i, 8 * i + 8).reduce((sum, on) => sum + on, 0)).toBe(0)
  })

  it('E reaches a loss of exactly 0 without a theorem', () => {
    const e = run('E')
    const { data } = referenceData(12, 5)
    expect([e.status, e.moving, e.lastMoving]).toEqual(['converged', 31, 79])
    expect(hingeLoss(forward(e.net, data.x), data.y)).toBe(0)
  })
})
