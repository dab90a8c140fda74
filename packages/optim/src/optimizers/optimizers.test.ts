import { matrix, norm2, ShapeError, stream, type Vec } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { noisyMean, quadratic, rosenbrock } from '../../test/objectives.js'
import {
  allFinite,
  boundMonitor,
  run,
  verdictOfRun,
  adam,
  gradientDescent,
  lbfgs,
  levenbergMarquardt,
  momentum,
  residualAtMost,
  sgd,
  type Optimizer,
  type OptimizerState,
} from '../index.js'

const claim = { id: 'test/descent', title: 'Descent', rigor: 'float64', source: {} } as const

function minimize<S extends OptimizerState>(o: Optimizer<S>, w0: number[], maxSteps = 100_000) {
  const stop = residualAtMost(1e-8)
  return run({ start: o.init(w0), step: o.step, stop, maxSteps }).finish()
}

/** Rosenbrock's function as a sum of squares. */
const rosenbrockSquares = {
  d: 2,
  residuals: ([x, y]: Vec) => Float64Array.of(Math.SQRT2 * (1 - x), 10 * Math.SQRT2 * (y - x * x)),
  jacobian: ([x]: Vec) => matrix(2, 2, [-Math.SQRT2, 0, -20 * Math.SQRT2 * x, 10 * Math.SQRT2]),
}

const all = [
  gradientDescent(rosenbrock, { eta: 1e-3 }),
  momentum(rosenbrock, { eta: 1e-3, beta: 0.9 }),
  momentum(rosenbrock, { eta: 1e-3, beta: 0.9, nesterov: true }),
  lbfgs(rosenbrock),
  levenbergMarquardt(rosenbrockSquares),
  adam(rosenbrock, { eta: 0.01 }),
  sgd(noisyMean([1, 1]), { eta: (t) => 1 / t, stream: stream(3) }),
  adam(noisyMean([1, 1]), { eta: 0.01, stream: stream(3), batch: 2 }),
] as unknown as readonly Optimizer[]

describe('every optimizer', () => {
  it.each(all.map((o) => [o.name, o] as const))('%s has states that are values', (_, o) => {
    const start = o.init([-1.2, 1])
    const copy = structuredClone(start)
    const once = o.step(start)
    expect(start).toStrictEqual(copy)
    expect(o.step(start)).toStrictEqual(once)
    expect(allFinite(once)).toBe(true)
    expect(once.w).toHaveLength(2)
  })

  it.each(all.map((o) => [o.name, o] as const))('%s refuses a start that does not fit', (_, o) => {
    expect(() => o.init([1, 2, 3])).toThrow(ShapeError)
    expect(() => o.init([1, NaN])).toThrow(RangeError)
  })

  it('copies its start', () => {
    const w0 = Float64Array.of(-1.2, 1)
    const { w } = gradientDescent(rosenbrock, { eta: 1e-3 }).init(w0)
    w0[0] = 9
    expect(w[0]).toBe(-1.2)
  })

  it.each(all.slice(0, 5).map((o) => [o.name, o] as const))('%s finds the valley’s end', (_, o) => {
    const outcome = minimize(o, [-1.2, 1])
    expect(outcome.status).toBe('converged')
    expect(norm2([outcome.state.w[0] - 1, outcome.state.w[1] - 1])).toBeLessThan(1e-6)
  })
})

describe('lbfgs', () => {
  it('needs few steps, lowers the value in each, and stalls only at rounding', () => {
    const o = lbfgs(rosenbrock)
    let state = o.init([-1.2, 1])
    let steps = 0
    for (; state.residual > 1e-10 && !state.stalled && steps < 100; steps++) {
      const next = o.step(state)
      expect(next.value).toBeLessThanOrEqual(state.value + 1e-15)
      state = next
    }
    expect(steps).toBeLessThan(60)
    expect(norm2([state.w[0] - 1, state.w[1] - 1])).toBeLessThan(1e-9)
  })

  it('minimizes a badly scaled quadratic in less than 1 % of the steps of gradient descent', () => {
    const a = Array.from({ length: 12 }, (_, i) => 10 ** (i / 3))
    const bowl = quadratic(
      a,
      a.map((_, i) => i),
    )
    const o = lbfgs(bowl)
    const start = o.init(new Array<number>(12).fill(0))
    const { status, step } = run({
      start,
      step: o.step,
      stop: residualAtMost(1e-8),
      maxSteps: 1000,
    }).finish()
    expect(status).toBe('converged')
    // which contracts by (κ − 1)/(κ + 1) a step at best
    const kappa = a[11] / a[0]
    expect(step).toBeLessThan(0.01 * (kappa / 2) * Math.log(start.residual / 1e-8))
  })
})

describe('levenbergMarquardt', () => {
  it('has the value and gradient of the sum of squares, and lowers the value to 0 in few steps', () => {
    const o = levenbergMarquardt(rosenbrockSquares)
    let state = o.init([-1.2, 1])
    expect(state.value).toBeCloseTo(rosenbrock.value([-1.2, 1]), 13)
    expect(state.residual).toBeCloseTo(norm2(rosenbrock.gradient([-1.2, 1])), 11)
    for (let t = 0; t < 40 && !state.stalled && state.value > 1e-25; t++) {
      const next = o.step(state)
      expect(next.stalled || next.value < state.value).toBe(true)
      state = next
    }
    expect(state.value).toBeLessThan(1e-25)
  })

  it('stalls at a minimum above 0, and ends where residuals are not finite', () => {
    const o = levenbergMarquardt({
      d: 1,
      residuals: ([x]) => Float64Array.of(x * x + 1),
      jacobian: ([x]) => matrix(1, 1, [2 * x]),
    })
    const { state } = run({
      start: o.init([3]),
      step: o.step,
      stop: ({ stalled }) => (stalled ? 'stalled' : undefined),
      maxSteps: 1000,
    }).finish()
    expect(state.stalled).toBe(true)
    expect(Math.abs(state.w[0])).toBeLessThan(1e-6)
    const infinite = levenbergMarquardt({
      d: 1,
      residuals: ([x]) => Float64Array.of(1 / x),
      jacobian: () => matrix(1, 1, [1]),
    })
    expect(
      run({ start: infinite.init([0]), step: infinite.step, maxSteps: 3 }).finish().status,
    ).not.toBe('converged')
  })
})

describe('gradientDescent', () => {
  it('has the closed form on a quadratic: wᵢ − cᵢ shrinks by 1 − ηaᵢ', () => {
    const o = gradientDescent(quadratic([1, 4], [2, 3]), { eta: 0.2 })
    const { state } = run({ start: o.init([0, 0]), step: o.step, maxSteps: 7 }).finish()
    expect(state.w[0]).toBeCloseTo(2 - 2 * 0.8 ** 7, 14)
    expect(state.w[1]).toBeCloseTo(3 - 3 * 0.2 ** 7, 14)
    expect(state.residual).toBeCloseTo(norm2(quadratic([1, 4], [2, 3]).gradient(state.w)), 14)
  })

  it('descends by η/2 ‖∇f‖² at every step if η <= 1/L, and the check notices if η > 2/L', () => {
    const square = quadratic([1, 4])
    const verdict = (eta: number) => {
      const o = gradientDescent(square, { eta })
      const monitor = boundMonitor<ReturnType<typeof o.init>>({
        claim,
        measured: (now) => square.value(now.w),
        relation: '<=',
        bound: (_, before) => square.value(before.w) - (eta / 2) * before.residual ** 2,
        slack: (_, before) => 1e-14 * square.value(before.w),
        transition: true,
      })
      const options = { start: o.init([1, 1]), step: o.step, monitors: [monitor], maxSteps: 50 }
      return verdictOfRun(claim, run(options).finish()).status
    }
    expect(verdict(0.25)).toBe('holds')
    expect(verdict(0.51)).toBe('violated')
  })

  it('diverges to an end with a place, not to NaN in silence', () => {
    const outcome = minimize(gradientDescent(quadratic([1, 4]), { eta: 1 }), [1, 1])
    expect(outcome.status).toBe('not-finite')
    expect(outcome.place).toMatch(/^state\./)
    expect(allFinite(outcome.lastFinite)).toBe(true)
  })
})

describe('momentum', () => {
  it.each([false, true])('follows its recurrence, nesterov %s', (nesterov) => {
    const square = quadratic([1, 4])
    const o = momentum(square, { eta: 0.1, beta: 0.8, nesterov })
    let [w, v] = [
      [1, -1],
      [0, 0],
    ]
    let state = o.init(w)
    for (let t = 0; t < 20; t++) {
      const at = nesterov ? w.map((x, i) => x + 0.8 * v[i]) : w
      const g = square.gradient(at)
      v = v.map((x, i) => 0.8 * x - 0.1 * g[i])
      w = w.map((x, i) => x + v[i])
      state = o.step(state)
    }
    expect(state.w[0]).toBeCloseTo(w[0], 13)
    expect(state.w[1]).toBeCloseTo(w[1], 13)
  })

  it('is faster than plain descent on an ill-conditioned quadratic, each at its best step', () => {
    const [mu, l] = [1, 1000]
    const square = quadratic([mu, l])
    const q = (Math.sqrt(l) - Math.sqrt(mu)) / (Math.sqrt(l) + Math.sqrt(mu))
    const steps = <S extends OptimizerState>(o: Optimizer<S>) => minimize(o, [1, 1]).step
    const plain = steps(gradientDescent(square, { eta: 2 / (l + mu) }))
    const ball = steps(
      momentum(square, { eta: 4 / (Math.sqrt(l) + Math.sqrt(mu)) ** 2, beta: q ** 2 }),
    )
    const nesterov = steps(momentum(square, { eta: 1 / l, beta: q, nesterov: true }))
    expect(ball).toBeLessThan(plain / 10)
    expect(nesterov).toBeLessThan(plain / 10)
  })

  it('does not rest while it rolls through the bottom', () => {
    const o = momentum(quadratic([1]), { eta: 0.1 })
    const start = o.init([0])
    expect(start.residual).toBe(0)
    expect(
      o.step({ ...start, velocity: Float64Array.of(1), gradient: Float64Array.of(0) }).residual,
    ).toBeGreaterThan(0.5)
  })
})

describe('sgd', () => {
  it('with step 1/t is the mean of its samples', () => {
    const o = sgd(noisyMean([5]), { eta: (t) => 1 / t, stream: stream(7) })
    const { state } = run({ start: o.init([0]), step: o.step, maxSteps: 40 }).finish()
    const draws = Array.from({ length: 40 }, (_, i) =>
      stream(7)
        .child('step', i + 1)
        .normal(),
    )
    expect(state.w[0]).toBeCloseTo(5 + draws.reduce((a, b) => a + b) / 40, 13)
  })

  it('averages a batch, which has 1/B of the variance', () => {
    const spread = (batch: number) => {
      const squares = Array.from({ length: 2000 }, (_, i) => {
        const o = sgd(noisyMean([0]), { eta: 1, batch, stream: stream(1).child('run', i) })
        return o.init([0]).gradient[0] ** 2
      })
      return squares.reduce((a, b) => a + b) / 2000
    }
    // the mean of 2000 χ²₁/B has standard error √(2/2000)/B
    expect(Math.abs(spread(1) - 1)).toBeLessThan(4 * Math.sqrt(2 / 2000))
    expect(Math.abs(spread(16) - 1 / 16)).toBeLessThan((4 * Math.sqrt(2 / 2000)) / 16)
  })

  it('refuses a schedule’s step when it is not positive', () => {
    const o = sgd(noisyMean([0]), { eta: (t) => 2 - t, stream: stream(1) })
    const outcome = run({ start: o.init([0]), step: o.step, maxSteps: 9 }).finish()
    expect(outcome).toMatchObject({ status: 'failed', step: 1 })
    expect(outcome.message).toContain('sgd: expected eta(2)')
  })
})

describe('adam', () => {
  it('moves each coordinate by η in the first step, whatever the gradient’s scale', () => {
    const o = adam(quadratic([1e6, 1e-2]), { eta: 0.1 })
    const { w } = o.step(o.init([1, -1]))
    expect(w[0]).toBeCloseTo(0.9, 6)
    expect(w[1]).toBeCloseTo(-0.9, 6)
  })

  it('follows algorithm 1', () => {
    const o = adam(quadratic([2]), { eta: 0.1, beta1: 0.8, beta2: 0.9, epsilon: 1e-3 })
    let [w, m, v] = [1, 0, 0]
    let state = o.init([1])
    for (let t = 1; t <= 10; t++) {
      const g = 2 * w
      m = 0.8 * m + 0.2 * g
      v = 0.9 * v + 0.1 * g * g
      w -= (0.1 * (m / (1 - 0.8 ** t))) / (Math.sqrt(v / (1 - 0.9 ** t)) + 1e-3)
      state = o.step(state)
    }
    expect(state.w[0]).toBeCloseTo(w, 13)
    expect(state.t).toBe(10)
  })
})

describe('options', () => {
  it.each([
    [() => gradientDescent(rosenbrock, { eta: 0 }), 'eta'],
    [() => gradientDescent(rosenbrock, { eta: NaN }), 'eta'],
    [() => momentum(rosenbrock, { eta: 1, beta: 1 }), 'beta'],
    [() => adam(rosenbrock, { beta1: -0.1 }), 'beta1'],
    [() => adam(rosenbrock, { beta2: 1 }), 'beta2'],
    [() => adam(rosenbrock, { epsilon: 0 }), 'epsilon'],
    [() => sgd(noisyMean([0]), { eta: -1, stream: stream(1) }), 'eta'],
    [() => sgd(noisyMean([0]), { eta: 1, batch: 0, stream: stream(1) }), 'batch'],
    [() => residualAtMost(NaN), 'tolerance'],
  ])('out of range are refused, case %#', (make, argument) => {
    expect(make).toThrow(expect.objectContaining({ name: 'ArgumentError', argument }))
  })

  it('that return the wrong length are refused with both numbers', () => {
    const bad = { ...rosenbrock, gradient: () => new Float64Array(3) }
    expect(() => gradientDescent(bad, { eta: 1 }).init([1, 2])).toThrow(
      'gradientDescent: expected the gradient to have length d = 2, got 3',
    )
  })
})
