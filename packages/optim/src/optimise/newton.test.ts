import fc from 'fast-check'
import { norm2 } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { doubleWell, quadratic, rosenbrock } from '../../test/objectives.js'
import { boundMonitor, run, verdictOfRun } from '../index.js'
import { newton, newtonDone, type NewtonOptions, type NewtonState } from '../index.js'

const claim = { id: 'test/descent', title: 'f never rises', rigor: 'float64', source: {} } as const
const descent = boundMonitor<NewtonState>({
  claim,
  measured: (now) => now.value,
  relation: '<=',
  bound: (_, before) => before.value,
  slack: (_, before) => 8 * Number.EPSILON * Math.abs(before.value),
  transition: true,
})
const solve = (objective: typeof rosenbrock, w0: number[], options?: NewtonOptions) => {
  const o = newton(objective, options)
  return run({
    start: o.init(w0),
    step: o.step,
    monitors: [descent],
    stop: newtonDone,
    maxSteps: 1000,
  }).finish()
}

describe('newton', () => {
  it.each(['cholesky', 'cg'] as const)('solves a convex quadratic in one step by %s', (solver) => {
    const o = newton(quadratic([1, 100], [2, 3]), { solver })
    const once = o.step(o.init([0, 1]))
    // the forcing term lets CG stop at half the gradient: it needs more steps, each as cheap
    if (solver === 'cholesky') expect(norm2([once.w[0] - 2, once.w[1] - 3])).toBeLessThan(1e-14)
    expect(once).toMatchObject({ last: 'newton', alpha: 1 })
  })

  it.each(['cholesky', 'cg'] as const)(
    'never rises, and ends stationary, from anywhere, by %s',
    (solver) => {
      const coordinate = fc.double({ min: -3, max: 3, noNaN: true })
      fc.assert(
        fc.property(fc.tuple(coordinate, coordinate), (w0) => {
          for (const objective of [rosenbrock, doubleWell]) {
            const outcome = solve(objective, w0, { solver })
            expect(outcome.status, outcome.message).toBe('converged')
            expect(outcome.state.last, JSON.stringify(w0)).toBe('stationary')
            expect(verdictOfRun(claim, outcome).status).not.toBe('violated')
          }
        }),
      )
    },
  )

  it('leaves a saddle that gradient descent cannot, and reaches a minimum', () => {
    const o = newton(doubleWell)
    const first = o.step(o.init([0, 0]))
    expect(first.last).toBe('negative-curvature')
    expect(first.value).toBeLessThan(doubleWell.value([0, 0]))
    const outcome = solve(doubleWell, [0, 0])
    expect(outcome.status).toBe('converged')
    expect(Math.abs(outcome.state.w[0])).toBeCloseTo(1, 10)
    expect(solve(doubleWell, [0, 0]).state).toStrictEqual(outcome.state)
  })

  it('goes downhill where the Hessian is indefinite', () => {
    const o = newton(doubleWell)
    expect(o.step(o.init([0.1, 1])).last).toBe('flipped')
    const cg = newton(doubleWell, { solver: 'cg' })
    expect(cg.step(cg.init([0.1, 0])).last).toBe('truncated')
    // the signs of w are kept: the flipped direction does not jump over the saddle
    expect(solve(doubleWell, [0.1, 1]).state.w[0]).toBeCloseTo(1, 10)
    expect(solve(doubleWell, [-0.1, 1]).state.w[0]).toBeCloseTo(-1, 10)
  })

  it('stays on a saddle with cg if the gradient vanishes there, as said', () => {
    expect(solve(doubleWell, [0, 0], { solver: 'cg' })).toMatchObject({
      status: 'converged',
      step: 1,
    })
  })

  it('takes a flat point for stationary', () => {
    const flat = { ...quadratic([0, 0]), d: 2 }
    expect(solve(flat, [1, 1]).state.last).toBe('stationary')
  })

  it('shortens a step that is too long', () => {
    // log cosh: the full Newton step overshoots for |w| > 1.09
    const logCosh = {
      d: 1,
      value: (w: ArrayLike<number>) => Math.log(Math.cosh(w[0])),
      gradient: (w: ArrayLike<number>) => Float64Array.of(Math.tanh(w[0])),
      hessianTimes: (w: ArrayLike<number>, v: ArrayLike<number>) =>
        Float64Array.of(v[0] / Math.cosh(w[0]) ** 2),
    }
    const o = newton(logCosh)
    const once = o.step(o.init([2]))
    expect(once.last).toBe('newton')
    expect(once.alpha).toBeLessThan(1)
    expect(solve(logCosh, [2]).state.w[0]).toBeCloseTo(0, 10)
  })

  it('is stalled where nothing along the direction is lower', () => {
    // the gradient says there is a slope, the values do not
    const lying = { ...quadratic([1]), value: () => 0, gradient: () => Float64Array.of(1) }
    const outcome = solve(lying, [3])
    expect(outcome.message).toBe('converged at step 1: stalled, gradient norm 1')
    expect(outcome.state.w[0]).toBe(3)
  })

  it('converges quadratically near a minimum', () => {
    const o = newton(rosenbrock, { tolerance: 1e-14 })
    const errors: number[] = []
    for (const { state } of run({ start: o.init([1.02, 1.05]), step: o.step, maxSteps: 6 }))
      errors.push(norm2([state.w[0] - 1, state.w[1] - 1]))
    expect(errors[6]).toBeLessThan(1e-14)
    // e⁺ <= C e², C about ‖f‴‖ ‖H⁻¹‖ / 2 = 1,200 · 2.5 / 2
    for (let i = 1; i < errors.length; i++)
      expect(errors[i]).toBeLessThan(1500 * errors[i - 1] ** 2 + 1e-14)
  })
})
