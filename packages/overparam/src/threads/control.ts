// The words through which two threads speak.

/** The jobs of the second thread. */
export const JOBS = { activate: 0, add: 1, tiles: 2, prime: 3, rows: 4, products: 5 } as const

/** The states of the second thread: starting, waiting, working, ended. */
export const STARTING = 0
export const IDLE = 1
export const BUSY = 2
export const GONE = 3

/**
 * The indices of the int32 control words: the state, whether the second thread sleeps, the job and
 * its integers.
 */
export const STATE = 0
export const ASLEEP = 1
export const JOB = 2
export const ARGUMENT = 3
/** The index of the numbers of the job, in float64, which follow the control words. */
export const NUMBER = 4
export const CONTROL_BYTES = 64

/**
 * The number of units from which on a second thread is worthwhile for jobs of microseconds, too.
 */
export const WIDE = 512
