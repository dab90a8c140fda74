import type { ThreadPlace } from './thread-place.js'

/** The handle of a thread that runs `thread-program`. */
export interface StartedThread {
  /** Sends it the addresses. */
  send(place: ThreadPlace): void
  /** Ends it. */
  stop(): void
}

/** No second thread: memory cannot be shared in a browser without special headers. */
export const startThread = (_control: SharedArrayBuffer): StartedThread | undefined => undefined
