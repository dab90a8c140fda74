import fc from 'fast-check'
import { stream } from '@nonconvex/tensor'
import { expect, it } from 'vitest'
import { noisyMean, rosenbrock } from '../../test/objectives.js'
import {
  adam,
  momentum,
  sgd,
  type OptimizerState,
  boundMonitor,
  resume,
  run,
  type RunOptions,
  type RunState,
  type Thin,
} from '../index.js'

const claim = { id: 'test/any', title: 'Any', rigor: 'float64', source: {} } as const

/** A state with everything that JSON loses: typed arrays, −0, a NaN outside the checked part. */
interface Chaos {
  readonly x: Float64Array
  readonly counts: Int32Array
  readonly zero: number
  readonly scratch: { readonly unset: number; readonly none: undefined }
}

const chaos: RunOptions<Chaos> = {
  start: {
    x: Float64Array.of(0.3, 0.7, 1e-310),
    counts: new Int32Array(2),
    zero: -0,
    scratch: { unset: NaN, none: undefined },
  },
  // the logistic map: one lost bit becomes another trajectory within 60 steps
  step: (s, step) => ({
    ...s,
    x: s.x.map((x) => 3.9 * x * (1 - x)),
    counts: Int32Array.of(s.counts[0] + step, s.counts[1] - 1),
    zero: -s.zero,
  }),
  monitors: [
    boundMonitor({ claim, measured: (s) => s.x[0], relation: '<=', bound: 0.97 }),
    boundMonitor({
      claim: { ...claim, id: 'test/moves' },
      measured: (now, before) => Math.abs(now.x[1] - before.x[1]),
      relation: '>=',
      bound: 1e-3,
      transition: true,
    }),
  ],
  onBreach: 'count',
  observe: (s) => ({ x0: s.x[0], x1: s.x[1] }),
  finite: (s) => s.x.every(Number.isFinite),
  maxSteps: 90,
}

/** Interrupts a run at each of some steps, through text each time. */
function interrupted<S>(options: RunOptions<S>, pauses: readonly number[]) {
  let going = run(options)
  for (const pause of [...pauses].sort((a, b) => a - b)) {
    while (going.step < pause && going.advance());
    going = resume(options, JSON.parse(JSON.stringify(going.save())) as RunState<S>)
  }
  const outcome = going.finish()
  return { outcome, saved: JSON.stringify(going.save()) }
}

const thin: fc.Arbitrary<Thin> = fc.oneof(
  fc.record({ every: fc.integer({ min: 1, max: 7 }), limit: fc.integer({ min: 2, max: 40 }) }),
  fc.record({ perDecade: fc.integer({ min: 1, max: 20 }), limit: fc.integer({ min: 2, max: 40 }) }),
)
const pauses = fc.array(fc.integer({ min: 0, max: 95 }), { minLength: 1, maxLength: 4 })

it('goes on to the same bytes wherever it was interrupted', () => {
  fc.assert(
    fc.property(pauses, thin, fc.integer({ min: 0, max: 100 }), (at, thinned, last) => {
      const stop = (_: Chaos, step: number) => (step === last ? 'last' : undefined)
      const options = { ...chaos, thin: thinned, stop }
      const straight = run(options)
      const outcome = straight.finish()
      const other = interrupted(options, at)
      expect(other.saved).toBe(JSON.stringify(straight.save()))
      expect(other.outcome).toStrictEqual(outcome)
      expect(Object.is(other.outcome.state.zero, outcome.state.zero)).toBe(true)
    }),
    { numRuns: 200 },
  )
})

it.each<[string, { init: (w: number[]) => OptimizerState; step: (s: never) => OptimizerState }]>([
  ['nesterov', momentum(rosenbrock, { eta: 1e-4, nesterov: true })],
  ['adam', adam(rosenbrock, { eta: 0.01 })],
  ['sgd', sgd(noisyMean([1, 2]), { eta: 0.1, batch: 3, stream: stream(5) })],
])('resumes %s exactly', (_, optimizer) => {
  const step = optimizer.step as (s: OptimizerState) => OptimizerState
  const options = { start: optimizer.init([-1.2, 1]), step, maxSteps: 95 }
  fc.assert(
    fc.property(pauses, (at) => {
      const straight = run(options)
      const outcome = straight.finish()
      const other = interrupted(options, at)
      expect(other.saved).toBe(JSON.stringify(straight.save()))
      expect(other.outcome).toStrictEqual(outcome)
    }),
    { numRuns: 20 },
  )
})
