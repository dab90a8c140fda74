import type { ThreadPlace } from './thread-place.js'

/** The handle of a thread that runs `thread-program`. */
export interface StartedThread {
  /** Sends the addresses to the thread. */
  send(place: ThreadPlace): void
  /** Ends the thread. */
  stop(): void
}

/** Starts no second thread, since memory cannot be shared in a browser without special headers. */
export const startThread = (_control: SharedArrayBuffer): StartedThread | undefined => undefined
