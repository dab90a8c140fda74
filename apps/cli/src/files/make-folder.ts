import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { codeOf } from './faults.js'

/**
 * Makes a folder and those above it; one that exists is fine.
 *
 * Not `mkdir` with `recursive`: where the system refuses with ENOENT (below /proc, say) Node tries for ever.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EEXIST' && statSync(path).isDirectory()) return
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    if (isFolder(dirname(path))) throw error
    makeFolder(dirname(path))
    mkdirSync(path)
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
