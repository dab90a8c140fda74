import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileFault } from './faults.js'
import { makeFolder } from './make-folder.js'
import { refuseOdd } from './regular-file.js'

/** Flushes a folder's list of names to the disk, where the system can. */
export function syncFolder(path: string): void {
  let descriptor: number | undefined
  try {
    descriptor = openSync(path, 'r')
    fsyncSync(descriptor)
  } catch {
    // some systems cannot open a folder; the rename itself is still atomic
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** The name of a temporary file next to a file, which replaces it when it is complete. */
export const temporaryName = (path: string): string =>
  `${path}.${randomBytes(4).toString('hex')}.tmp`

/** Matches the names that `temporaryName` makes: a program that was killed leaves one. */
export const temporaryNames = /\.[\da-f]{8}\.tmp$/

/** Writes and flushes a file that must not exist yet. */
export function writeFlushed(path: string, data: string | Uint8Array): void {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data
  const descriptor = openSync(path, 'wx')
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/**
 * Replaces the file at `path` atomically: the new content is written to a temporary file, flushed
 * and renamed, so that a reader sees the old or the new file, never a part. Only a regular file is
 * replaced.
 *
 * @param remedy - for a full disk, by default that of `fileFault`
 */
export function writeAtomically(path: string, data: string | Uint8Array, remedy?: string): void {
  const beside = temporaryName(path)
  try {
    makeFolder(dirname(path))
    refuseOdd(path)
    writeFlushed(beside, data)
    renameSync(beside, path)
    syncFolder(dirname(path))
  } catch (error) {
    rmSync(beside, { force: true })
    throw fileFault('write', path, error, remedy)
  }
}
