import type { Conclusion, Failure, ParamValues, Result, Row } from '@nonconvex/experiments'

/** What is to be run. Plain data: it crosses to a worker. */
export interface Job {
  readonly experiment: string
  readonly params: ParamValues
  readonly seed: number
}

/** A point of a trajectory, while its cell runs. */
export interface TrajectoryPoint {
  readonly [name: string]: number
}

/** Progress of a run. */
export interface Listener {
  /** one more cell is done */
  row(row: Row, done: number): void
  /** a cell failed; the others go on */
  failure(failure: Failure): void
  /** what the rows so far say; resolves when the page has shown it and can take another */
  conclusion(conclusion: Conclusion): Promise<void>
  /** where a cell is now */
  point(key: string, point: TrajectoryPoint): void
}

/** The worker that conducts a run. */
export interface Conductor {
  /**
   * brings the program of an experiment, so that its run starts at once; what cannot be brought,
   * the run will tell
   */
  prepare(experiment: string): Promise<void>
  run(job: Job, listener: Listener): Promise<Result>
  /** the document of a run that was stopped: what these rows say */
  partial(job: Job, rows: readonly Row[]): Promise<Result>
}
