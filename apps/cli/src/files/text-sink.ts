import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { badInput } from '../exit.js'
import type { Sink } from '../terminal/terminal.js'
import { codeOf, fileFault } from './faults.js'

/** Where a long text goes, in pieces. */
export interface TextSink {
  /** waits while the reader is slower than we are */
  readonly write: (text: string) => Promise<void>
  /** puts the file in its place */
  readonly close: () => void
  /** removes what is not finished */
  readonly release: () => void
}

/**
 * Standard output, or a file that is seen only when it is whole: written beside, flushed, renamed.
 *
 * @param path - undefined for standard output
 */
export function openSink(
  path: string | undefined,
  { stdout, force }: { readonly stdout: Sink; readonly force: boolean },
): TextSink {
  if (path === undefined)
    return {
      write: async (text) => {
        if (stdout.write(text) === false) await stdout.settled?.()
      },
      close: () => undefined,
      release: () => undefined,
    }
  if (existsSync(path) && statSync(path).isDirectory())
    throw badInput(
      'file-expected',
      `cannot write ${path}: expected a file, got a folder; choose another name with --out`,
    )
  if (existsSync(path) && !force)
    throw badInput(
      'file-exists',
      `${path} exists; choose another name with --out, or --force to replace it`,
    )
  const beside = `${path}.${process.pid}.tmp`
  const fault = (error: unknown) => fileFault('write', path, error)
  let descriptor: number | undefined
  try {
    descriptor = openSync(beside, 'w')
  } catch (error) {
    if (codeOf(error) === 'ENOENT')
      throw badInput(
        'folder-missing',
        `cannot write ${path}: the folder ${dirname(path)} does not exist; create it, or choose another location`,
        { cause: error },
      )
    throw fault(error)
  }
  const file = descriptor
  return {
    write: (text) => {
      try {
        const bytes = Buffer.from(text, 'utf8')
        for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
        return Promise.resolve()
      } catch (error) {
        return Promise.reject(fault(error))
      }
    },
    close: () => {
      try {
        fsyncSync(file)
        closeSync(file)
        descriptor = undefined
        renameSync(beside, path)
      } catch (error) {
        throw fault(error)
      }
    },
    release: () => {
      if (descriptor === undefined) return
      closeSync(descriptor)
      rmSync(beside, { force: true })
    },
  }
}
