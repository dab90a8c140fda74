import type { Writable } from 'node:stream'
import { codeOf } from '../files/faults.js'
import type { Sink } from './terminal.js'

/** Standard output, whose reader may be slow, or go away. */
export interface Output extends Sink {
  /** resolves once what was written has been taken, or nobody is there to take it */
  readonly settled: () => Promise<void>
}

/** A stream, which may be a terminal. */
type Tube = Writable & { readonly isTTY?: boolean; readonly columns?: number }

/** What a stream says whose reader went away, as in `nonconvex list | head -1`; a socket says it in the second way. */
const readerLeft: readonly (string | undefined)[] = ['EPIPE', 'ECONNRESET']

/** A stream of this process as output: without a reader it takes what is written, and the command finishes its work. */
export function openOutput(stream: Tube): Output {
  let left = false
  stream.on('error', (error) => {
    if (!readerLeft.includes(codeOf(error))) throw error
    left = true
  })
  return {
    get isTTY() {
      return stream.isTTY === true
    },
    get columns() {
      return stream.columns
    },
    write: (text) => left || stream.write(text),
    // not 'drain', which never comes when the reader has gone: what waits is called back then, too
    settled: () =>
      new Promise((resume) => {
        if (left) resume()
        else stream.write('', () => resume())
      }),
  }
}
