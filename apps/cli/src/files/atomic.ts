import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileFault } from './faults.js'
import { makeFolder } from './make-folder.js'

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

/** Writes and flushes a new file at `path`. */
export function writeFlushed(path: string, data: string | Uint8Array): void {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data
  const descriptor = openSync(path, 'w')
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/**
 * The file at `path` is the old one or the new one, never a part: written beside, flushed, renamed.
 */
export function writeAtomically(path: string, data: string | Uint8Array): void {
  const beside = `${path}.${process.pid}.tmp`
  try {
    makeFolder(dirname(path))
    writeFlushed(beside, data)
    renameSync(beside, path)
    syncFolder(dirname(path))
  } catch (error) {
    rmSync(beside, { force: true })
    throw fileFault('write', path, error)
  }
}
