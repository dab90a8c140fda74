import { mkdirSync, rmdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { codeOf } from './faults.js'
import { isFolder } from './regular-file.js'

/**
 * Makes a folder and those above it; one that exists is fine.
 *
 * Not `mkdir` with `recursive`: where the system refuses with ENOENT (below /proc, say) Node tries
 * for ever.
 *
 * @returns the folders that were made, the innermost first
 */
export function makeFolder(path: string): readonly string[] {
  try {
    mkdirSync(path)
    return [path]
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EEXIST' && statSync(path).isDirectory()) return []
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    if (isFolder(dirname(path))) throw error
    const above = makeFolder(dirname(path))
    mkdirSync(path)
    return [path, ...above]
  }
}

/** Removes these folders, the innermost first, as far as they are empty. */
export function removeEmpty(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      rmdirSync(folder)
    } catch {
      return
    }
  }
}
