import type { Verdict } from '@nonconvex/optim'

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

/** Ends the program with a message on standard error and the given status. */
export class Stop extends Error {
  readonly status: number
  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Stop'
    this.status = status
  }
}

/** Bad usage or input: what, where, and what to do about it. */
export const badInput = (message: string, options?: ErrorOptions): Stop =>
  new Stop(exit.input, message, options)

/** Work that could not be finished, and how to go on. */
export const unfinished = (message: string, options?: ErrorOptions): Stop =>
  new Stop(exit.unfinished, message, options)

/** Ctrl-C, with how to go on. */
export const interrupted = (message: string): Stop => new Stop(exit.interrupted, message)

/**
 * The exit status that verdicts stand for. `strict` also refuses what is undecided or does not
 * apply.
 */
export function statusOf(verdicts: readonly Verdict[], strict: boolean): number {
  const fine = strict ? ['holds'] : ['holds', 'inapplicable', 'inconclusive']
  return verdicts.every(({ status }) => fine.includes(status)) ? exit.done : exit.violated
}
