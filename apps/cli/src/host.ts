import type { Note } from './exit.js'
import type { Experiment } from '@nonconvex/experiments'
import type { Sink } from './terminal/terminal.js'
import type { Pool } from './work/pool.js'

/** The environment of a command, which tests replace. */
export interface Host {
  readonly stdout: Sink
  readonly stderr: Sink
  readonly env: { readonly [name: string]: string | undefined }
  readonly experiments: readonly Experiment[]
  readonly openPool: (workers: number) => Pool
  /** cores of the machine */
  readonly cores: number
  /** monotonic seconds */
  readonly clock: () => number
  /** receives errors and warnings with their codes, besides standard error */
  readonly noted?: (note: Note) => void
  /** aborts on Ctrl-C */
  readonly signal: AbortSignal
  /** identifies the code that makes rows */
  readonly codeStamp: () => string
  /** path of the program that measures; undefined outside a clone */
  readonly benchProgram: () => string | undefined
  /** folder of the built viewer; undefined where it is not built */
  readonly viewer: () => string | undefined
  readonly version: string
  /** what a user types to start the program, for commands in messages */
  readonly program: string
}
