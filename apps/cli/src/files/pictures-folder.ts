import { readdirSync } from 'node:fs'
import { badInput } from '../exit.js'
import { codeOf, fileFault } from './faults.js'

/**
 * Throws unless pictures can be put into a folder: one that is not there yet, or is empty, or, with
 * force, any.
 */
export function checkPicturesFolder(path: string, force: boolean): void {
  let found: readonly string[]
  try {
    found = readdirSync(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw fileFault('write', path, error)
  }
  if (found.length > 0 && !force)
    throw badInput(
      `${path} is not empty; choose another name with --pictures, or --force to write into it`,
    )
}
