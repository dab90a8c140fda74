import { statSync } from 'node:fs'
import { badInput } from '../exit.js'

/** Bytes of a document at most: results hold long arrays in base64, and have some megabytes. */
const longest = 2 ** 26

/** The text of a JSON document; a larger file is refused before it is read. */
export function documentText(path: string, read: (path: string) => Buffer): string {
  const { size } = statSync(path)
  if (size > longest)
    throw badInput(
      'file-large',
      `${path}: expected a document of at most ${longest / 2 ** 20} MiB, got ${Math.ceil(size / 2 ** 20)} MiB; give a file written by nonconvex`,
    )
  return read(path).toString('utf8')
}
