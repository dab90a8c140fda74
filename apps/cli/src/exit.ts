import type { InputCode } from '@nonconvex/experiments'
import type { Verdict } from '@nonconvex/optim/claims'

/** Exit statuses of the program, as its help states them. */
export const exit = {
  /** done, and no claim violated */
  done: 0,
  /** a claim was violated, or a result was rejected */
  violated: 1,
  /** usage or bad input */
  input: 2,
  /** it could not be finished: a worker lost, a disk full */
  unfinished: 3,
  interrupted: 130,
} as const

/**
 * Stable names of errors and warnings. Programs and tests match them; the texts are for people, and
 * may change.
 */
export type Code =
  | InputCode
  | 'argument-missing'
  | 'argument-unexpected'
  | 'bench-killed'
  | 'bench-missing'
  | 'boxes-differ'
  | 'boxes-flat'
  | 'boxes-given'
  | 'boxes-odd'
  | 'cell-failed'
  | 'checkpoint-differs'
  | 'checkpoint-invalid'
  | 'classes-given'
  | 'data-empty'
  | 'data-invalid'
  | 'data-small'
  | 'disk-full'
  | 'dropped'
  | 'encoding-invalid'
  | 'examples-shared'
  | 'experiment-unknown'
  | 'features-differ'
  | 'features-unknown'
  | 'file-exists'
  | 'file-expected'
  | 'file-failed'
  | 'file-large'
  | 'file-missing'
  | 'file-name'
  | 'file-permission'
  | 'flag-needs'
  | 'flag-repeated'
  | 'flag-unused'
  | 'flag-value'
  | 'folder-complete'
  | 'folder-differs'
  | 'folder-expected'
  | 'folder-foreign'
  | 'folder-locked'
  | 'folder-missing'
  | 'folder-unfinished'
  | 'format-unknown'
  | 'format-unsupported'
  | 'function-invalid'
  | 'gzip-invalid'
  | 'hdf5-invalid'
  | 'hdf5-unavailable'
  | 'image-ids-repeated'
  | 'image-repeated'
  | 'image-unexpected'
  | 'interrupted'
  | 'labels-missing'
  | 'labels-nan'
  | 'labels-rare'
  | 'labels-unknown'
  | 'links-skipped'
  | 'model-changed'
  | 'model-invalid'
  | 'model-kind'
  | 'model-missing'
  | 'model-newer'
  | 'model-older'
  | 'model-unfinished'
  | 'names-differ'
  | 'names-missing'
  | 'output-failed'
  | 'output-is-input'
  | 'params-invalid'
  | 'part-empty'
  | 'pipe-unsupported'
  | 'port-taken'
  | 'predicate-unknown'
  | 'predictions-missing'
  | 'reader-left'
  | 'record-invalid'
  | 'relations-missing'
  | 'result-invalid'
  | 'result-missing'
  | 'rows-damaged'
  | 'rows-differ'
  | 'task-unknown'
  | 'task-unsupported'
  | 'train-differs'
  | 'trained-on-test'
  | 'training-below-baseline'
  | 'training-diverged'
  | 'training-no-gain'
  | 'unexpected'
  | 'usage'
  | 'viewer-missing'

/** An error or a warning. */
export interface Note {
  readonly code: Code
  readonly text: string
}

/** Ends the program with a message on standard error and the given status. */
export class Stop extends Error {
  readonly status: number
  readonly code: Code
  constructor(status: number, code: Code, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Stop'
    this.status = status
    this.code = code
  }
}

/** Bad usage or input: what, where, and what to do about it. */
export const badInput = (code: Code, message: string, options?: ErrorOptions): Stop =>
  new Stop(exit.input, code, message, options)

/** Work that could not be finished, and how to continue. */
export const unfinished = (code: Code, message: string, options?: ErrorOptions): Stop =>
  new Stop(exit.unfinished, code, message, options)

/** Ctrl-C, with how to continue. */
export const interrupted = (message: string): Stop =>
  new Stop(exit.interrupted, 'interrupted', message)

/**
 * The exit status of verdicts. `strict` also fails on inconclusive and inapplicable claims.
 */
export function statusOf(verdicts: readonly Verdict[], strict: boolean): number {
  const fine = strict ? ['holds'] : ['holds', 'inapplicable', 'inconclusive']
  return verdicts.every(({ status }) => fine.includes(status)) ? exit.done : exit.violated
}
