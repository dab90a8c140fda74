import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
  type Stats,
} from 'node:fs'
import { dirname } from 'node:path'
import { badInput, exit, Stop } from '../exit.js'
import { statsOf } from '../input/pipes.js'
import type { Sink } from '../terminal/terminal.js'
import { printableLines } from '../text/printed.js'
import { temporaryName } from './atomic.js'
import { codeOf, fileFault } from './faults.js'
import { kindOf } from './regular-file.js'

/** A destination for a long text that is written in pieces. */
export interface TextSink {
  /** waits while the reader is slower than we are */
  readonly write: (text: string) => Promise<void>
  /** puts the file in its place */
  readonly close: () => void
  /** removes what is not finished */
  readonly release: () => void
}

export interface SinkOptions {
  readonly stdout: Sink
  /** replace a file that is there */
  readonly force: boolean
  /** the files that are read, none of which is replaced */
  readonly inputs: readonly string[]
}

/**
 * The file that `path` names, itself or by links: a regular one that may be replaced, or none yet.
 */
function targetOf(path: string, { force, inputs }: SinkOptions): string {
  const refuse = (what: string, remedy: string) =>
    badInput('file-expected', `cannot write ${path}: expected a file, got ${what}; ${remedy}`)
  try {
    const there = statSync(path, { throwIfNoEntry: false })
    if (there === undefined) {
      if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return path
      throw refuse('a symbolic link to nothing', 'remove it, or choose another name with --out')
    }
    if (there.isDirectory()) throw refuse('a folder', 'choose another name with --out')
    if (!there.isFile())
      throw refuse(kindOf(there), 'omit --out, and redirect standard output to it')
    const input = inputs.find((each) => isSame(each, there))
    if (input !== undefined)
      throw badInput(
        'output-is-input',
        `--out ${path} is a file that is read, ${input}; choose another name with --out`,
      )
    if (!force)
      throw badInput(
        'file-exists',
        `${path} exists; choose another name with --out, or --force to replace it`,
      )
    return realpathSync(path)
  } catch (error) {
    throw fileFault('write', path, error)
  }
}

/** Whether a path names this file; what is missing is reported by whoever reads it. */
function isSame(path: string, there: Stats): boolean {
  try {
    const { dev, ino } = statsOf(path)
    return dev === there.dev && ino === there.ino
  } catch {
    return false
  }
}

/**
 * Standard output, or a file that is seen only when it is whole: written beside, flushed, renamed.
 *
 * @param path - undefined for standard output
 */
export function openSink(path: string | undefined, options: SinkOptions): TextSink {
  const { stdout } = options
  if (path === undefined)
    return {
      write: async (text) => {
        // names and labels of a file are data in a pipe, and printed on a terminal
        const shown = stdout.isTTY === true ? printableLines(text) : text
        if (stdout.write(shown) === false) await stdout.settled?.()
        // nobody reads the rest, and nobody reads a message
        if (stdout.left === true) throw new Stop(exit.unfinished, 'reader-left', '')
      },
      close: () => undefined,
      release: () => undefined,
    }
  const target = targetOf(path, options)
  const beside = temporaryName(target)
  const fault = (error: unknown) => fileFault('write', path, error)
  let done = false
  let file: number
  try {
    file = openSync(beside, 'wx')
  } catch (error) {
    if (codeOf(error) === 'ENOENT')
      throw badInput(
        'folder-missing',
        `cannot write ${path}: the folder ${dirname(path)} does not exist; create it, or choose another location`,
        { cause: error },
      )
    throw fault(error)
  }
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
        renameSync(beside, target)
        done = true
      } catch (error) {
        throw fault(error)
      }
    },
    release: () => {
      closeSync(file)
      if (!done) rmSync(beside, { force: true })
    },
  }
}
