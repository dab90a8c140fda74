import type { ThreadPlace } from './thread-place.js'

/** A thread that runs `thread-program`, as far as this one has to do with it. */
export interface StartedThread {
  /** Tells it where to work. */
  send(place: ThreadPlace): void
  /** Ends it. */
  stop(): void
}

/** No second thread: memory cannot be shared in a browser without special headers. */
export const startThread = (_control: SharedArrayBuffer): StartedThread | undefined => undefined
