import { readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { codeOf, fileFault } from './faults.js'
import { removeEmpty } from './make-folder.js'
import { refuseOdd, refuseOddFolder } from './regular-file.js'

// A link inside an output folder leads to files of somebody else: nothing is written or removed
// through it.

/** The paths of the folders above `name`, below `root`, the outermost first. */
const foldersAbove = (root: string, name: string): readonly string[] =>
  name
    .split('/')
    .slice(0, -1)
    .map((_, i, parts) => join(root, ...parts.slice(0, i + 1)))

/**
 * The path of a folder below `root`. All on the way must be folders themselves, or missing.
 *
 * @throws Stop at a link, or anything else that is no folder
 */
export function folderBelow(root: string, name: string): string {
  for (const path of [...foldersAbove(root, name), join(root, name)]) checked(path, refuseOddFolder)
  return join(root, name)
}

/**
 * The path of a file below `root`, which must be regular, or missing; the folders above it must be
 * folders themselves, or missing.
 *
 * @throws Stop at a link, a device, a pipe
 */
export function fileBelow(root: string, name: string): string {
  if (dirname(name) !== '.') folderBelow(root, dirname(name))
  const path = join(root, name)
  checked(path, refuseOdd)
  return path
}

function checked(path: string, refuse: (path: string) => void): void {
  try {
    refuse(path)
  } catch (error) {
    throw fileFault('write', path, error)
  }
}

/** Removes a regular file below `root`, and the folders that it leaves empty; links stay. */
export function removeBelow(root: string, name: string): void {
  try {
    rmSync(fileBelow(root, name), { force: true })
  } catch {
    // it is not what we have written
    return
  }
  removeEmpty([...foldersAbove(root, name)].reverse())
}

/** The regular files in a folder whose names match; none where there is no folder. */
export function regularFiles(folder: string, ours: RegExp): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && ours.test(entry.name))
      .map(({ name }) => name)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw fileFault('write', folder, error)
  }
}

/** Removes the regular files in a folder whose names match. */
export function removeFiles(folder: string, ours: RegExp): void {
  for (const name of regularFiles(folder, ours)) rmSync(join(folder, name), { force: true })
}
