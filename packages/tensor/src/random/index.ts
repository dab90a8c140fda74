export { restoreStream, stream } from './open.js'
export type { Stream, StreamState } from './stream.js'
