import type { Conclusion, Experiment, Failure, ParamValues, Result } from '@nonconvex/experiments'
import type { Job, TrajectoryPoint } from '../work/messages.js'
import { formatAddress } from './address.js'
import { sameParams } from './form.js'

/** A run of an experiment on this page, as far as it is. */
export interface Run {
  readonly status: 'waiting' | 'running' | 'stopped' | 'done' | 'failed'
  readonly experiment: Experiment
  readonly params: ParamValues
  readonly seed: number
  readonly done: number
  /** cells in all */
  readonly total: number
  readonly conclusion?: Conclusion
  /** the last run's conclusion, which stays there until this run has one of its own */
  readonly before?: Conclusion
  /** cells that failed, and claims that could not be decided; the others go on */
  readonly failures: readonly Failure[]
  /** where a cell is now */
  readonly point?: TrajectoryPoint
  /** seconds that it will still take, as estimated when the last cell was done */
  readonly left?: number
  /** the document: there when the run is done, and soon after it was stopped */
  readonly result?: Result
  /** it began because its address was opened: another address of its page takes its place */
  readonly opened?: true
  /** the result comes with the page, or was kept from an earlier visit */
  readonly stored?: 'quick' | 'kept'
  /** why it failed */
  readonly message?: string
}

/** A run that has not started. */
export function begun(experiment: Experiment, params: ParamValues, seed: number): Run {
  const total = experiment.cells(params).length
  return { status: 'waiting', experiment, params, seed, done: 0, total, failures: [] }
}

/** Whether a run goes on, or waits for another. */
export const isUnderWay = (run: Run | undefined): boolean =>
  run?.status === 'running' || run?.status === 'waiting'

/** A run as the workers get it. */
export const jobOf = ({ experiment, params, seed }: Run): Job => ({
  experiment: experiment.id,
  params,
  seed,
})

/** The address that shows a run. */
export const addressOf = ({ experiment, params, seed }: Run): string =>
  formatAddress(experiment, params, seed)

/** Whether a run is of these values. */
export function isOf(run: Run | undefined, params: ParamValues, seed: number): boolean {
  return run !== undefined && run.seed === seed && sameParams(run.experiment, run.params, params)
}
