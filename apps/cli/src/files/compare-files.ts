import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '@nonconvex/experiments'
import { codeOf, fileFault } from './faults.js'

/** The bytes of a file, or undefined where there is none. */
export function bytesAt(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw fileFault('read', path, error)
  }
}

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
    const found = bytesAt(join(folder, name))
    if (found === undefined) return { path: name, message: 'this file is missing' }
    const same = found.equals(typeof data === 'string' ? Buffer.from(data, 'utf8') : data)
    return same ? [] : { path: name, message: `this file differs from the one made from ${from}` }
  })
}
