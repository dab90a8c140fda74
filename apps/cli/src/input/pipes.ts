import { constants, fstatSync, openSync, statSync, type Stats } from 'node:fs'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { badInput } from '../exit.js'
import { oddKind } from '../files/regular-file.js'

/** The path that `-` means for input data. */
export const standardInput = '/dev/stdin'

/** Like `statSync`; standard input is there even where it has no name. */
export const statsOf = (path: string): Stats =>
  path === standardInput ? fstatSync(0) : statSync(path)

/** Whether `path` can be read once only, from its beginning to its end. */
export function isPipe(path: string): boolean {
  const stats = statsOf(path)
  return stats.isFIFO() || stats.isSocket() || (path === standardInput && !stats.isFile())
}

/** Throws for a device other than standard input: /dev/zero never ends. */
export function refuseDevice(path: string): void {
  const stats = statsOf(path)
  const device = stats.isCharacterDevice() || stats.isBlockDevice()
  if (device && !isPipe(path)) throw oddKind('a file or a pipe', stats)
}

/** Pipes that were read. */
const taken = new Set<string>()

/**
 * A pipe as a stream, which keeps no thread waiting: one that waits in a file operation outlives
 * Ctrl-C.
 */
export function openPipe(path: string): Readable {
  const { dev, ino } = statsOf(path)
  const id = `${dev}:${ino}`
  if (taken.has(id)) throw needsFile(path, 'it is read more than once')
  taken.add(id)
  if (path === standardInput) return process.stdin
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  return new Socket({ fd, readable: true, writable: false })
}

/** Throws for a pipe if the file must be read more than once. */
export const needsFile = (path: string, why: string): Error =>
  badInput(
    'pipe-unsupported',
    `${path}: expected a file, got a pipe, and ${why}; write it to a file first`,
  )

/**
 * The error for a pipe without `--format`, since a pipe has no file name from which to detect the
 * format.
 */
export const needsFormat = (path: string, formats: readonly string[]): Error =>
  badInput(
    'format-unknown',
    `${path}: cannot detect the format of a pipe; pass --format ${formats.join(', ')}`,
  )
