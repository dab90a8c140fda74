// The words through which two threads speak.

/** The jobs of a thread. */
export const JOBS = { activate: 0, add: 1, tiles: 2, prime: 3, rows: 4, products: 5 } as const

/** States of a thread: starting, waiting, working, ended. */
export const STARTING = 0
export const IDLE = 1
export const BUSY = 2
export const GONE = 3

/**
 * Indices of the control words, in int32: the state, whether the second thread sleeps, the job and
 * its integers.
 */
export const STATE = 0
export const ASLEEP = 1
export const JOB = 2
export const ARGUMENT = 3
/** After them, in float64: the numbers of the job. */
export const NUMBER = 4
export const CONTROL_BYTES = 64

/** Number of units from which on a second thread also pays for jobs of microseconds. */
export const WIDE = 512
