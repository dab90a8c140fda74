import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Bytes from which arrays that nobody needs any more are worth a collection. */
const WORTH = 2 ** 24

/**
 * Gives back the memory of arrays that nobody needs any more, where there may be that many bytes of
 * them. The engine looks at its own heap, in which an array of 100 MB is some hundred bytes, and a
 * thread that waits never looks.
 */
export function collectGarbage(bytes: number): void {
  if (bytes < WORTH) return
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
}
