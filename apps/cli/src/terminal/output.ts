import type { Writable } from 'node:stream'
import { unfinished, type Stop } from '../exit.js'
import { codeOf } from '../files/faults.js'
import type { Sink } from './terminal.js'

/** Standard output, whose reader may be slow, or go away. */
export interface Output extends Sink {
  /**
   * Resolves once what was written has been taken, or nobody is there to take it.
   *
   * @throws Stop where it could not be written: a full disk
   */
  readonly settled: () => Promise<void>
}

/** A stream, which may be a terminal. */
type Tube = Writable & { readonly isTTY?: boolean; readonly columns?: number }

/**
 * Error codes of a stream whose reader has closed it, as in `nonconvex list | head -1`; a socket
 * gives the second one.
 */
const readerLeft: readonly (string | undefined)[] = ['EPIPE', 'ECONNRESET']

/** What to tell the user when results could not be written. */
function outputFault(error: Error): Stop {
  const full = ['ENOSPC', 'EDQUOT'].includes(codeOf(error) ?? '')
  const why = full ? 'no space left on device; free some, or' : `${error.message};`
  return unfinished('output-failed', `cannot write standard output: ${why} redirect it elsewhere`, {
    cause: error,
  })
}

/**
 * A stream of this process as output: without a reader it takes what is written, and the command
 * finishes its work.
 */
export function openOutput(stream: Tube): Output {
  let left = false
  let fault: Stop | undefined
  const note = (error: Error) => {
    if (readerLeft.includes(codeOf(error))) left = true
    else fault ??= outputFault(error)
  }
  stream.on('error', note)
  return {
    get isTTY() {
      return stream.isTTY === true
    },
    get columns() {
      return stream.columns
    },
    get left() {
      return left
    },
    write: (text) => left || (fault === undefined && stream.write(text)),
    settled: async () => {
      // not 'drain', which never comes when the reader has gone: what waits is called back then,
      // too
      if (!left && fault === undefined)
        await new Promise<void>((resume) =>
          stream.write('', (error) => {
            // the event comes later
            if (error) note(error)
            resume()
          }),
        )
      if (fault !== undefined) throw fault
    },
  }
}
