import { bench, describe } from 'vitest'
import { boundMonitor, run, type RunOptions } from '../index.js'

// The loop's own cost: 100,000 steps that do nothing, so 1 ms a call is 10 ns a step.
const steps = 100_000
const claim = (id: string) => ({ id, title: id, rigor: 'float64', source: {} }) as const

interface State {
  readonly x: number
}

const state: State = { x: 1 }
const bare: RunOptions<State> = {
  start: state,
  step: () => state,
  finite: () => true,
  maxSteps: steps,
}
const monitors = ['bench/a', 'bench/b'].map((id) =>
  boundMonitor<State>({
    claim: claim(id),
    measured: (now) => now.x,
    relation: '<=',
    bound: (_, before) => before.x,
    transition: true,
  }),
)
const stop = ({ x }: State) => (x < 0 ? 'negative' : undefined)
const observe = ({ x }: State) => ({ x, square: x * x })
const vector = { w: new Float64Array(784) }
const signal = new AbortController().signal

describe(`${steps} steps, per step: ms per call × 10 ns`, () => {
  bench('a for loop that calls step', () => {
    const { step } = bare
    let now = bare.start
    for (let i = 0; i < steps; i++) now = step(now, i)
  })
  bench('bare run', () => {
    run(bare).finish()
  })
  bench('with the default finite', () => {
    run({ start: state, step: () => state, maxSteps: steps }).finish()
  })
  bench('with two monitors', () => {
    run({ ...bare, monitors }).finish()
  })
  bench('with a trace of at most 1,000 rows', () => {
    run({ ...bare, observe }).finish()
  })
  bench('with a signal', () => {
    run({ ...bare, signal }).finish()
  })
  bench('with all of these and a stop', () => {
    run({
      start: state,
      step: () => state,
      monitors,
      stop,
      observe,
      signal,
      maxSteps: steps,
    }).finish()
  })
  bench('iterated instead of finished', () => {
    let last = 0
    for (const { step } of run(bare)) last = step
    if (last !== steps) throw new Error('the run is short')
  })
})

describe('10,000 steps, state with 784 numbers: ms per call × 100 ns', () => {
  bench('default finite', () => {
    run({ start: vector, step: () => vector, maxSteps: 10_000 }).finish()
  })
})
