/// <reference types="node" />
import { readFile } from 'node:fs/promises'
import { DigitsError } from './digits-error.js'

/** Reads the bytes at a URL in Node; file URLs are read from disk. */
export async function readAsset(url: URL): Promise<Uint8Array> {
  try {
    if (url.protocol === 'file:') return await readFile(url)
    const response = await fetch(url)
    if (!response.ok) throw new Error(`status ${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  } catch (error) {
    throw new DigitsError(
      `loadDigits: cannot read ${url.href} (${error instanceof Error ? error.message : 'unknown error'}); in a clone run the build of packages/overparam, otherwise install @nonconvex/overparam again`,
    )
  }
}
