import { badInput } from '../exit.js'
import { wholeFile } from '../input/open-bytes.js'
import { statsOf } from '../input/pipes.js'
import { readRegular } from './regular-file.js'

/** Bytes of a document at most: results hold long arrays in base64, and have some megabytes. */
const longest = 2 ** 26

const tooLong = (path: string, got: string): Error =>
  badInput(
    'file-large',
    `${path}: expected a document of at most ${longest / 2 ** 20} MiB, got ${got}; give a file written by nonconvex`,
  )

function refuseLong(path: string): void {
  const { size } = statsOf(path)
  if (size > longest) throw tooLong(path, `${Math.ceil(size / 2 ** 20)} MiB`)
}

/** The text of a JSON document in a regular file; a larger file is refused before it is read. */
export function documentText(path: string): string {
  refuseLong(path)
  return readRegular(path).toString('utf8')
}

/** The same where the user names the file, which may be a pipe. */
export async function namedDocumentText(path: string, signal: AbortSignal): Promise<string> {
  refuseLong(path)
  const { bytes } = await wholeFile(path, signal, longest)
  if (bytes.length > longest) throw tooLong(path, 'more')
  return bytes.toString('utf8')
}
