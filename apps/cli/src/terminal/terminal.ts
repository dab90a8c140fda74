import type { Note } from '../exit.js'
import type { Status } from '@nonconvex/optim/claims'
import { styleText } from 'node:util'
import { wrap } from '../text/wrap.js'
import {
  lineText,
  printable,
  printableJson,
  printableMessage,
  Printed,
  type Line,
} from '../text/printed.js'

/** A stream as the program needs it. */
export interface Sink {
  /** false where the reader is slower than we are */
  write(text: string): unknown
  /** whether its reader has gone: nothing is taken any more */
  readonly left?: boolean
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
  readonly strong: (line: Line) => Printed
  readonly soft: (line: Line) => Printed
  readonly status: (status: Status, line: Line) => Printed
}

/**
 * Where results, hints and progress go: results to standard output, everything else to standard
 * error. Whatever a text holds, the terminal shows it and obeys none of it.
 */
export interface Terminal {
  readonly style: Style
  /** whether `--quiet` was given */
  readonly quiet: boolean
  /** columns to wrap at */
  readonly columns: number
  /** columns of a line that is not to be wrapped: of a terminal; elsewhere it may be of any length */
  readonly lineColumns: number
  /** a line of the result, on standard output */
  readonly print: (line?: Line) => void
  /** a paragraph of the result, wrapped on a terminal and one line elsewhere */
  readonly paragraph: (text: string, indent?: string) => void
  /** a document as JSON text, on standard output */
  readonly json: (text: string) => void
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
  strong: (line) => new Printed(lineText(line)),
  soft: (line) => new Printed(lineText(line)),
  status: (_, line) => new Printed(lineText(line)),
}

const inColor = (color: Parameters<typeof styleText>[0], line: Line): Printed =>
  new Printed(styleText(color, lineText(line), always))

const colored: Style = {
  strong: (line) => inColor('bold', line),
  soft: (line) => inColor('gray', line),
  status: (status, line) => inColor(colors[status], line),
}

function wantsColor({ stdout, env, color }: TerminalOptions): boolean {
  if (!color || (env['NO_COLOR'] ?? '') !== '') return false
  if ((env['FORCE_COLOR'] ?? '') !== '') return env['FORCE_COLOR'] !== '0'
  return stdout.isTTY === true && env['TERM'] !== 'dumb'
}

export function openTerminal(options: TerminalOptions): Terminal {
  const { stdout, stderr, env, quiet, noted } = options
  const live = stderr.isTTY === true && !quiet && env['TERM'] !== 'dumb'
  const columns = Math.min(110, Math.max(40, stdout.columns ?? 100))
  let drawn = false
  /** wipes the progress line, where there is one */
  const clear = () => {
    const wipe = drawn ? '\r\x1b[2K' : ''
    drawn = false
    return wipe
  }
  const lineColumns = stdout.isTTY === true ? columns : Infinity
  const print = (line: Line = ''): void => void stdout.write(`${lineText(line)}\n`)
  return {
    style: wantsColor(options) ? colored : plain,
    quiet,
    columns,
    lineColumns,
    print,
    paragraph: (text, indent = '') => {
      for (const line of wrap(text, lineColumns - indent.length)) print(indent + line)
    },
    json: (text) => void stdout.write(`${printableJson(text.trimEnd())}\n`),
    hint: (line) => {
      if (!quiet) stderr.write(`${clear()}${printableMessage(line)}\n`)
    },
    warn: (note) => {
      noted?.(note)
      stderr.write(`${clear()}${printableMessage(note.text)}\n`)
    },
    live,
    redraw: (line) => {
      if (!live) return
      stderr.write(clear() + printable(line))
      drawn = line !== ''
    },
  }
}
