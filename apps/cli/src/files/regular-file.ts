import { lstatSync, readFileSync, statSync, type Stats } from 'node:fs'
import { codeOf, fileFault } from './faults.js'

/** The kind of a file, in words. */
export function kindOf(stats: Stats): string {
  if (stats.isFile()) return 'a regular file'
  if (stats.isDirectory()) return 'a folder'
  if (stats.isSymbolicLink()) return 'a symbolic link'
  if (stats.isFIFO()) return 'a named pipe'
  return stats.isSocket() ? 'a socket' : 'a device'
}

/** An error like those of the system for a file of a kind that cannot be used. */
export const oddKind = (expected: string, stats: Stats): Error =>
  Object.assign(new Error(`expected ${expected}, got ${kindOf(stats)}`), { code: 'EFTYPE' })

/** Whether there is a folder at a path, itself or by a link. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** Throws unless a file can be put at `path`: there is none yet, or a regular one, and no link. */
export function refuseOdd(path: string): void {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (stats !== undefined && !stats.isFile()) throw oddKind('a regular file', stats)
}

/** Throws unless `path` is a folder itself, not by a link, or nothing. */
export function refuseOddFolder(path: string): void {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (stats !== undefined && !stats.isDirectory()) throw oddKind('a folder', stats)
}

/**
 * Throws unless `path` is a regular file, itself or by a link. Pipes and devices, which may bring
 * nothing for ever or never end, are read only where the user names them.
 */
export function requireRegular(path: string): void {
  const stats = statSync(path)
  if (!stats.isFile()) throw fileFault('read', path, oddKind('a regular file', stats))
}

/**
 * The bytes of a regular file.
 *
 * @throws Error of the file system, with its code
 */
export function readRegular(path: string): Buffer {
  requireRegular(path)
  return readFileSync(path)
}

/** The bytes of a regular file, or undefined where there is nothing. */
export function bytesAt(path: string): Buffer | undefined {
  try {
    return readRegular(path)
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw fileFault('read', path, error)
  }
}
