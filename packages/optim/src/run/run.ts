import { ArgumentError } from '@nonconvex/tensor'
import { Loop } from './loop.js'
import { checkOptions, type RunOptions } from './options.js'
import type { Run, RunState } from './run-state.js'

/**
 * Runs an iteration. Each step makes a state, checks that it is finite, calls the monitors, records
 * the trace and tests the stopping criterion.
 *
 * It is lazy: nothing is computed before the first iteration, `advance` or `finish`. The initial
 * state is checked like any other. Errors of `step` and the other functions become the status
 * `failed`; only invalid options throw. The signal is checked before each step; a synchronous loop
 * detects only signals from its own code, between iterations, or (with `finishAsync`) between
 * slices.
 *
 * @throws ArgumentError if maxSteps is not an integer >= 0, a claim has two monitors, or `thin` is out
 *   of range
 *
 * Cost: 5 ns a step; with two monitors, a trace, a signal and the default `finite` about 0.1 µs
 * (run.bench.ts).
 *   The default `finite` takes about 0.4 ns for each number of a Float64Array.
 *
 * @example
 * import { run } from '@nonconvex/optim'
 * const stop = (x: number) => (x < 1e-3 ? 'x < 1e-3' : undefined)
 * const halving = run({ start: 1, step: (x) => x / 2, stop, maxSteps: 100 })
 * console.log(halving.finish().message) // → converged at step 10: x < 1e-3
 */
export function run<S>(options: RunOptions<S>): Run<S> {
  checkOptions('run', options)
  return new Loop(options)
}

/**
 * Resumes a saved run; with the same options the result equals that of an uninterrupted run bit for
 * bit. A run that was aborted or had reached maxSteps continues with the new options; one that
 * ended otherwise has its outcome at once.
 *
 * @param options - as for `run`; `start` is not needed
 * @param saved - from `save`, also through JSON.stringify and JSON.parse
 * @throws ArgumentError if `saved` is not a saved run, or has other monitors
 *
 * @example
 * import { resume, run } from '@nonconvex/optim'
 * const options = { start: 1, step: (x: number) => x / 2, maxSteps: 3 }
 * const paused = run(options)
 * for (const { step } of paused) if (step === 1) break
 * console.log(resume(options, JSON.parse(JSON.stringify(paused.save()))).finish().state) // → 0.125
 */
export function resume<S>(
  options: Omit<RunOptions<S>, 'start'> & { readonly start?: S },
  saved: RunState<S>,
): Run<S> {
  checkOptions('resume', options)
  const schema: unknown = (saved as Partial<RunState<S>> | null | undefined)?.schema
  if (schema !== 'nonconvex/run@1')
    throw new ArgumentError(`resume: expected a saved run 'nonconvex/run@1', got ${String(schema)}`)
  return new Loop(options, saved)
}
