import { createHash } from 'node:crypto'
import { closeSync, ftruncateSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { canonicalJson, type Row } from '@nonconvex/experiments'
import * as v from 'valibot'
import { badInput, type Note } from '../exit.js'
import { fileFault, resumable, systemFault } from './faults.js'
import { bytesAt, refuseOdd } from './regular-file.js'

/** What the rows of a log belong to. Rows are used again only where all of it is the same. */
export interface RowsHeader {
  readonly experiment: string
  readonly params: { readonly [name: string]: unknown }
  readonly seed: number
  /** version and digest of the code that made the rows */
  readonly code: string
}

/**
 * The rows of a run as they finish: a file of JSON lines that survives a kill in the middle of a
 * line.
 */
export interface RowsLog {
  /** rows that were there already */
  readonly rows: readonly Row[]
  /** how long the runs took that these are from */
  readonly seconds: number
  /** what to tell of a line that is not as it was written */
  readonly damage: Note | undefined
  append(row: Row): void
  /** ends the log; one without rows is removed */
  close(): void
}

const schemaName = 'nonconvex/rows@2'

const lineSchema = v.object({
  seconds: v.number(),
  row: v.object({ key: v.string(), measured: v.unknown(), witness: v.unknown() }),
})

/** A line of a log: a row, and how long the run has taken until then. */
interface Line {
  readonly seconds: number
  readonly row: Row
}

const sumOf = (body: string): string => createHash('sha256').update(body).digest('hex').slice(0, 16)

/** `{"sum":"…",` and the fields of the line, of which it is the checksum. */
function lineText(line: Line): string {
  const fields = JSON.stringify(line).slice(1)
  return `{"sum":"${sumOf(fields)}",${fields}`
}

function parseLine(text: string): Line | undefined {
  const [, sum, fields = ''] = /^\{"sum":"([\da-f]{16})",(.*)$/s.exec(text) ?? []
  if (sum !== sumOf(fields)) return undefined
  const parsed = v.safeParse(lineSchema, JSON.parse(`{${fields}`))
  return parsed.success ? (parsed.output as Line) : undefined
}

interface Kept {
  readonly lines: readonly Line[]
  /** bytes of the lines that are whole */
  readonly bytes: number
  /** number of the line that is not as it was written */
  readonly damaged?: number
}

/** Reads whole lines; a torn last line, or one that was changed, ends what is kept. */
function kept(path: string, header: string): Kept | 'other' | undefined {
  const texts = bytesAt(path)?.toString('utf8').split('\n').slice(0, -1) ?? []
  if (texts.length === 0) return undefined
  if (texts[0] !== header) return 'other'
  const lines: Line[] = []
  let bytes = Buffer.byteLength(header) + 1
  for (const text of texts.slice(1)) {
    const line = parseLine(text)
    if (line === undefined) return { lines, bytes, damaged: lines.length + 2 }
    lines.push(line)
    bytes += Buffer.byteLength(text) + 1
  }
  return { lines, bytes }
}

/**
 * Opens the log at `path`, keeping its rows if they belong to `header`.
 *
 * @param other - what to do with rows of another run: refuse (the user asked to resume) or drop
 *   them
 * @param clock - in seconds
 */
export function openRows(
  path: string,
  header: RowsHeader,
  other: 'refuse' | 'drop',
  clock: () => number,
): RowsLog {
  const first = canonicalJson({ schema: schemaName, ...header })
  const found = kept(path, first)
  if (found === 'other' && other === 'refuse')
    throw badInput(
      'rows-differ',
      `${path} contains rows of another run (other parameters, seed or code); ` +
        `run the same command with --resume, or --force to start over`,
    )
  const old: Kept = found === 'other' || found === undefined ? { lines: [], bytes: 0 } : found
  const seconds = old.lines.at(-1)?.seconds ?? 0
  const started = clock()
  try {
    refuseOdd(path)
    const descriptor = openSync(path, old.bytes === 0 ? 'w' : 'r+')
    ftruncateSync(descriptor, old.bytes)
    let at = old.bytes
    let empty = old.lines.length === 0
    const write = (line: string) => {
      const bytes = Buffer.from(`${line}\n`, 'utf8')
      for (let sent = 0; sent < bytes.length;)
        sent += writeSync(descriptor, bytes, sent, bytes.length - sent, at + sent)
      fsyncSync(descriptor)
      at += bytes.length
    }
    if (old.bytes === 0) write(first)
    return {
      rows: old.lines.map(({ row }) => row),
      seconds,
      damage: old.damaged === undefined ? undefined : damageNote(path, old.damaged),
      append: (row) => {
        try {
          write(lineText({ seconds: seconds + clock() - started, row }))
          empty = false
        } catch (error) {
          throw fileFault('write', path, error, resumable)
        }
      },
      close: () => {
        closeSync(descriptor)
        if (empty) rmSync(path, { force: true })
      },
    }
  } catch (error) {
    throw systemFault('write', path, error)
  }
}

const damageNote = (path: string, line: number): Note => ({
  code: 'rows-damaged',
  text: `${path}, line ${line}: damaged; this row and those after it are computed again`,
})
