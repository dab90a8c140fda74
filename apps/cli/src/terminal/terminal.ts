import type { Note } from '../exit.js'
import type { Status } from '@nonconvex/optim/claims'
import { styleText } from 'node:util'

/** A stream as the program needs it. */
export interface Sink {
  /** false where the reader is slower than we are */
  write(text: string): unknown
  /** resolves once what was written has been taken */
  readonly settled?: () => Promise<void>
  readonly isTTY?: boolean
  readonly columns?: number | undefined
}

export interface TerminalOptions {
  readonly stdout: Sink
  readonly stderr: Sink
  readonly env: { readonly [name: string]: string | undefined }
  /** `--no-color` */
  readonly color: boolean
  /** `--quiet`: no hints, no progress; errors stay */
  readonly quiet: boolean
  /** receives every warning */
  readonly noted?: ((note: Note) => void) | undefined
}

/** Adds colors to text, or none. */
export interface Style {
  readonly strong: (text: string) => string
  readonly soft: (text: string) => string
  readonly status: (status: Status, text: string) => string
}

/**
 * Where results, hints and progress go: results to standard output, everything else to standard
 * error.
 */
export interface Terminal {
  readonly style: Style
  /** whether `--quiet` was given */
  readonly quiet: boolean
  /** columns to wrap at */
  readonly columns: number
  /** a line of the result, on standard output */
  readonly print: (line?: string) => void
  /** a hint, on standard error; silent under `--quiet` */
  readonly hint: (line: string) => void
  /** a warning, on standard error; `--quiet` does not hide it */
  readonly warn: (note: Note) => void
  /** whether a progress bar may be drawn on standard error */
  readonly live: boolean
  /** draws over the current line of standard error, which must be a terminal */
  readonly redraw: (line: string) => void
}

const colors: { readonly [S in Status]: 'green' | 'red' | 'gray' | 'yellow' } = {
  holds: 'green',
  violated: 'red',
  inapplicable: 'gray',
  inconclusive: 'yellow',
}

// the streams decided already whether to use colors
const always = { validateStream: false } as const

const plain: Style = {
  strong: (text) => text,
  soft: (text) => text,
  status: (_, text) => text,
}

const colored: Style = {
  strong: (text) => styleText('bold', text, always),
  soft: (text) => styleText('gray', text, always),
  status: (status, text) => styleText(colors[status], text, always),
}

function wantsColor({ stdout, env, color }: TerminalOptions): boolean {
  if (!color || (env['NO_COLOR'] ?? '') !== '') return false
  if ((env['FORCE_COLOR'] ?? '') !== '') return env['FORCE_COLOR'] !== '0'
  return stdout.isTTY === true && env['TERM'] !== 'dumb'
}

export function openTerminal(options: TerminalOptions): Terminal {
  const { stdout, stderr, env, quiet, noted } = options
  const live = stderr.isTTY === true && !quiet && env['TERM'] !== 'dumb'
  let drawn = false
  /** wipes the progress line, where there is one */
  const clear = () => {
    const wipe = drawn ? '\r\x1b[2K' : ''
    drawn = false
    return wipe
  }
  return {
    style: wantsColor(options) ? colored : plain,
    quiet,
    columns: Math.min(110, Math.max(40, stdout.columns ?? 100)),
    print: (line = '') => void stdout.write(`${line}\n`),
    hint: (line) => {
      if (!quiet) stderr.write(`${clear()}${line}\n`)
    },
    warn: (note) => {
      noted?.(note)
      stderr.write(`${clear()}${note.text}\n`)
    },
    live,
    redraw: (line) => {
      if (!live) return
      stderr.write(clear() + line)
      drawn = line !== ''
    },
  }
}
