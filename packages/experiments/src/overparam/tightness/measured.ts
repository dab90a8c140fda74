import type { DisplacedRun, InitialRow, PotentialsRun } from '@nonconvex/overparam/tightness'

/** A run on one instance. */
export interface InstanceMeasured
  extends Pick<InitialRow, 'startRow' | 'v'>, Pick<PotentialsRun, 'potentials'> {
  readonly k: number
  readonly examples: number
  /** of them those that find all units active */
  readonly fast: number
  readonly margin: number
  readonly radius: number
  readonly converged: boolean
  readonly updates: number
  /** with the examples in another order each epoch */
  readonly permuted: number
  readonly slope: number
  /** the published argument without splitting its root */
  readonly quad: number
  readonly disp: number
  /** e, by which the initial network can push an output to the wrong side */
  readonly excess: number
  /** the displacement bound with the slopes of the initial network */
  readonly displaced: number
  readonly paper: number
}

/** Runs from initial weights of one kind each. */
export interface DisplacedMeasured {
  readonly runs: readonly (Omit<DisplacedRun, 'name'> & { readonly start: string })[]
}

/** A run on random data. */
export interface RandomMeasured {
  readonly updates: number
  readonly slope: number
}
