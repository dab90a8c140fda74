import {
  closeSync,
  ftruncateSync,
  fsyncSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { canonicalJson, type Row } from '@nonconvex/experiments'
import * as v from 'valibot'
import { badInput } from '../exit.js'
import { codeOf, fileFault } from './faults.js'

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
  append(row: Row): void
  /** ends the log; one without rows is removed */
  close(): void
}

const schemaName = 'nonconvex/rows@1'
const rowSchema = v.object({ key: v.string(), measured: v.unknown(), witness: v.unknown() })

interface Kept {
  readonly rows: readonly Row[]
  /** bytes of the lines that are whole */
  readonly bytes: number
}

/** Reads whole lines; a torn last line, or one that is no row, ends what is kept. */
function kept(path: string, header: string): Kept | 'other' | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw fileFault('read', path, error)
  }
  const lines = text.split('\n').slice(0, -1)
  if (lines.length === 0) return undefined
  if (lines[0] !== header) return 'other'
  const rows: Row[] = []
  let bytes = Buffer.byteLength(header) + 1
  for (const line of lines.slice(1)) {
    const row = parseRow(line)
    if (row === undefined) break
    rows.push(row)
    bytes += Buffer.byteLength(line) + 1
  }
  return { rows, bytes }
}

function parseRow(line: string): Row | undefined {
  try {
    const parsed = v.safeParse(rowSchema, JSON.parse(line))
    return parsed.success ? (parsed.output as Row) : undefined
  } catch {
    return undefined
  }
}

/**
 * Opens the log at `path`, keeping its rows if they belong to `header`.
 *
 * @param other - what to do with rows of another run: refuse (the user asked to resume) or drop
 *   them
 */
export function openRows(path: string, header: RowsHeader, other: 'refuse' | 'drop'): RowsLog {
  const first = canonicalJson({ schema: schemaName, ...header })
  const found = kept(path, first)
  if (found === 'other' && other === 'refuse')
    throw badInput(
      'rows-differ',
      `${path} contains rows of another run (other parameters, seed or code); ` +
        `run the same command with --resume, or --force to start over`,
    )
  const old: Kept = found === 'other' || found === undefined ? { rows: [], bytes: 0 } : found
  try {
    const descriptor = openSync(path, old.bytes === 0 ? 'w' : 'r+')
    ftruncateSync(descriptor, old.bytes)
    let at = old.bytes
    let empty = old.rows.length === 0
    const write = (line: string) => {
      const bytes = Buffer.from(`${line}\n`, 'utf8')
      for (let sent = 0; sent < bytes.length;)
        sent += writeSync(descriptor, bytes, sent, bytes.length - sent, at + sent)
      fsyncSync(descriptor)
      at += bytes.length
    }
    if (old.bytes === 0) write(first)
    return {
      rows: old.rows,
      append: (row) => {
        try {
          write(JSON.stringify(row))
          empty = false
        } catch (error) {
          throw fileFault('write', path, error)
        }
      },
      close: () => {
        closeSync(descriptor)
        if (empty) rmSync(path, { force: true })
      },
    }
  } catch (error) {
    throw codeOf(error) === undefined ? error : fileFault('write', path, error)
  }
}
