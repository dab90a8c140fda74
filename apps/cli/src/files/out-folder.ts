import { readdirSync, renameSync, rmSync, rmdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { badInput } from '../exit.js'
import { syncFolder, writeFlushed } from './atomic.js'
import { codeOf, fileFault } from './faults.js'
import { lock } from './lock.js'
import { makeFolder } from './make-folder.js'
import { inside, readMarker, writeMarker, type Marker } from './marker.js'

export interface OpenFolderOptions {
  readonly path: string
  readonly kind: Marker['kind']
  readonly holds: string
  /** go on with the finished rows of an interrupted run */
  readonly resume: boolean
  /** write even where there is something already; only files that are ours are deleted */
  readonly force: boolean
}

/** An output folder that is being written. Nothing is seen in it until `install`. */
export interface OutFolder {
  /** as the user gave it, for messages and commands */
  readonly path: string
  /** where the finished rows of an experiment are kept while the run goes on */
  rowsPath(experiment: string): string
  /** puts all files in their places, in this order, and deletes those of the result that they replace */
  install(files: ReadonlyMap<string, string | Uint8Array>): void
  /** lets other processes write here; finished rows stay */
  release(): void
}

/** A name for files, from an id: 'gaussian/gd-rate' → 'gaussian-gd-rate'. */
export const fileName = (id: string): string => id.replace(/[^A-Za-z0-9._-]+/g, '-')

function entries(path: string): string[] | undefined {
  try {
    return readdirSync(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw fileFault('write', path, error)
  }
}

/** Refuses a folder that is not empty and not ours to write, with what to do. */
function admit(options: OpenFolderOptions, existing: Marker | undefined, empty: boolean): void {
  const { path, kind, holds, resume, force } = options
  if (force) return
  if (existing === undefined) {
    if (empty) return
    throw badInput(
      `${path} is not empty and not made by nonconvex; choose another name with --out, ` +
        `or --force to write into it (no other file is touched)`,
    )
  }
  if (existing.kind !== kind || existing.holds !== holds)
    throw badInput(
      `${path} holds ${describe(existing)}; choose another name with --out, or --force to replace it`,
    )
  // a report is remade in its place; what an interrupted one had finished is used again
  if (kind === 'report') return
  if (existing.state === 'complete')
    throw badInput(
      `${path} already holds ${describe(existing)}; choose another name with --out, ` +
        `or --force to replace it`,
    )
  if (!resume)
    throw badInput(
      `${path} holds ${describe(existing)}; --resume goes on with it, --force starts again`,
    )
}

function describe({ kind, holds, state }: Marker): string {
  const what = kind === 'report' ? 'a report' : `a result of ${holds}`
  return state === 'complete' ? what : `${what} that is not finished`
}

/** Opens or makes the output folder, marks it as ours and locks it. */
export function openFolder(options: OpenFolderOptions): OutFolder {
  const { path, kind, holds, force, resume } = options
  const root = resolve(path)
  const existing = readMarker(root)
  const found = entries(root) ?? []
  admit(options, existing, found.filter((name) => name !== inside).length === 0)
  const own = join(root, inside)
  const rows = join(own, 'rows')
  let release: () => void
  const files = existing?.files ?? []
  try {
    makeFolder(own)
    release = lock(join(own, 'lock'), path)
    if (force && !resume) rmSync(rows, { recursive: true, force: true })
    makeFolder(rows)
    if (existing?.state !== 'complete' || force)
      writeMarker(root, { schema: 'nonconvex/folder@1', kind, holds, state: 'unfinished', files })
  } catch (error) {
    throw codeOf(error) === undefined ? error : fileFault('write', path, error)
  }
  return {
    path,
    rowsPath: (experiment) => join(rows, `${fileName(experiment)}.ndjson`),
    install: (next) => {
      try {
        install(root, { schema: 'nonconvex/folder@1', kind, holds, state: 'complete', files }, next)
        rmSync(rows, { recursive: true, force: true })
      } catch (error) {
        throw codeOf(error) === undefined ? error : fileFault('write', path, error)
      }
    },
    release: () => release(),
  }
}

/** Everything is written and flushed aside first; then only renames are left. */
function install(
  root: string,
  { files: old, ...marker }: Marker,
  next: ReadonlyMap<string, string | Uint8Array>,
): void {
  const aside = join(root, inside, 'next')
  rmSync(aside, { recursive: true, force: true })
  const names = [...next.keys()]
  for (const [name, data] of next) {
    makeFolder(dirname(join(aside, name)))
    writeFlushed(join(aside, name), data)
  }
  const all = [...new Set([...old, ...names])]
  writeMarker(root, { ...marker, state: 'unfinished', files: all })
  for (const name of names) {
    makeFolder(dirname(join(root, name)))
    renameSync(join(aside, name), join(root, name))
  }
  for (const name of old) if (!next.has(name)) removeFile(root, name)
  writeMarker(root, { ...marker, files: names })
  rmSync(aside, { recursive: true, force: true })
  syncFolder(root)
}

/** Removes a file of ours and the folders that it leaves empty. */
function removeFile(root: string, name: string): void {
  rmSync(join(root, name), { force: true })
  for (let folder = dirname(name); folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(join(root, folder))
    } catch {
      return
    }
  }
}
