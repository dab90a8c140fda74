import { DigitsError } from './digits-error.js'

/** Reads the bytes at a URL in a browser or a worker. */
export async function readAsset(url: URL): Promise<Uint8Array> {
  const response = await fetch(url)
  if (!response.ok)
    throw new DigitsError(
      `loadDigits: expected ${url.href}, got status ${response.status}; copy dist/digits/digits.bin.gz of @nonconvex/overparam beside your bundle`,
    )
  return new Uint8Array(await response.arrayBuffer())
}
