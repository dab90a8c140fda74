import { join } from 'node:path'
import type { Finding } from '@nonconvex/experiments'
import { Stop } from '../exit.js'
import { bytesAt } from './regular-file.js'

/**
 * Compares files with what they must hold, byte for byte. Files that are not named are not looked
 * at.
 *
 * @param from - what they were remade from, in words
 * @returns a finding for each file that is missing or differs, with its name
 */
export function compareFiles(
  folder: string,
  files: ReadonlyMap<string, string | Uint8Array>,
  from: string,
): readonly Finding[] {
  return [...files].flatMap(([name, data]) => {
    const found = foundAt(join(folder, name))
    if (found instanceof Stop) return { path: name, message: found.message }
    if (found === undefined) return { path: name, message: 'this file is missing' }
    const same = found.equals(typeof data === 'string' ? Buffer.from(data, 'utf8') : data)
    return same ? [] : { path: name, message: `this file differs from the one made from ${from}` }
  })
}

/** The bytes of a file; what is wrong with a pipe or a device in its place. */
function foundAt(path: string): Buffer | Stop | undefined {
  try {
    return bytesAt(path)
  } catch (error) {
    if (error instanceof Stop && error.code === 'file-expected') return error
    throw error
  }
}
