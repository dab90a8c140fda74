import { argumentError } from '../check/errors.js'
import { checkInteger } from '../check/numbers.js'
import { openStream } from './philox-stream.js'
import { bestSource } from './wasm-source.js'
import type { Stream, StreamState } from './stream.js'

/**
 * The root stream of a seed.
 *
 * @param seed - integer, 0 ≤ seed ≤ 2^53 − 1
 * @throws RangeError on another seed
 *
 * Generator: Philox4x32-10 (Salmon et al. 2011); key and upper counter are a 128-bit hash of the
 * path.
 *
 * @example
 * import { stream } from '@nonconvex/tensor'
 * const restart = stream(1).child('restarts', 17)
 * console.log(restart.name, restart.integer(6) < 6) // → 1/restarts/17 true
 */
export function stream(seed: number): Stream {
  checkInteger('stream', 'seed', seed, 0)
  return openStream(bestSource(), seed, [], 0)
}

/**
 * Restores a saved stream, which continues with the next number.
 *
 * @param state - the result of `save()`, possibly through JSON
 * @throws RangeError if `state.name` is not the name of a stream or `state.position` not a count
 *
 * @example
 * import { restoreStream, stream } from '@nonconvex/tensor'
 * const s = stream(1)
 * const copy = restoreStream(s.save())
 * console.log(s.normal() === copy.normal()) // → true
 */
export function restoreStream(state: StreamState): Stream {
  const [seed, ...rest] = String(state.name).split('/')
  const segments = rest.map((text) => text.replaceAll('%2F', '/').replaceAll('%25', '%'))
  checkInteger('restoreStream', 'position', state.position, 0)
  checkInteger('restoreStream', 'seed', Number(seed), 0)
  const opened = openStream(bestSource(), Number(seed), segments, state.position)
  if (opened.name !== state.name || segments.includes('')) {
    throw argumentError(
      'invalid',
      'restoreStream',
      'name',
      'to be that of a saved stream',
      JSON.stringify(state.name),
    )
  }
  return opened
}
