import { readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { badInput } from '../exit.js'
import { syncFolder, writeFlushed } from './atomic.js'
import { codeOf, fileFault } from './faults.js'
import { lock } from './lock.js'
import { makeFolder, removeEmpty } from './make-folder.js'
import { inside, markerPath, readMarker, writeMarker, type Marker } from './marker.js'

export interface OpenFolderOptions {
  readonly path: string
  readonly kind: Marker['kind']
  readonly holds: string
  /** resume an interrupted run or training */
  readonly resume: boolean
  /** write even where there is something already; only files that are ours are deleted */
  readonly force: boolean
}

/** An output folder that is being written. Nothing is seen in it until `install`. */
export interface OutFolder {
  /** as the user gave it, for messages and commands */
  readonly path: string
  /** where the finished rows of an experiment are saved during the run */
  rowsPath(experiment: string): string
  /** where unfinished work of another kind is kept, under this name */
  keptPath(name: string): string
  /**
   * Puts all files in their places, in this order, and deletes those of the result that they
   * replace.
   *
   * @param unfinished - experiments whose finished rows are still of use
   */
  install(files: ReadonlyMap<string, string | Uint8Array>, unfinished?: readonly string[]): void
  /**
   * lets other processes write here; finished rows stay, and where there are none all is as it was
   * before
   */
  release(): void
}

/** A name for files, from an id: 'gaussian/gd-rate' → 'gaussian-gd-rate'. */
export const fileName = (id: string): string => id.replace(/[^A-Za-z0-9._-]+/g, '-')

/** Where files are written before they are put in their places. */
const aside = 'next'

function entries(path: string): string[] | undefined {
  try {
    return readdirSync(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw fileFault('write', path, error)
  }
}

/** Refuses a folder that is not empty and not ours to write, with what to do. */
function admit(
  options: OpenFolderOptions,
  existing: Marker | undefined,
  { empty, kept }: { readonly empty: boolean; readonly kept: boolean },
): void {
  const { path, kind, holds, resume, force } = options
  if (force) return
  if (existing === undefined) {
    if (empty) return
    throw badInput(
      'folder-foreign',
      `${path} is not empty and was not written by nonconvex; choose another name with --out, ` +
        `or --force to write into it (other files are not changed)`,
    )
  }
  if (existing.kind !== kind || existing.holds !== holds)
    throw badInput(
      'folder-differs',
      `${path} contains ${describe(existing)}; choose another name with --out, or --force to replace it`,
    )
  // a report is remade in its place; what an interrupted one had finished is used again
  if (kind === 'report') return
  if (existing.state === 'complete')
    throw badInput(
      'folder-complete',
      `${path} already contains ${describe(existing)}; choose another name with --out, ` +
        `or --force to replace it`,
    )
  // a model without checkpoints cannot be resumed
  if (kind === 'model' && !kept) return
  if (!resume)
    throw badInput(
      'folder-unfinished',
      `${path} contains ${describe(existing)}; --resume continues it, --force starts over`,
    )
}

function describe({ kind, holds, state }: Marker): string {
  const what =
    kind === 'report' ? 'a report' : kind === 'model' ? `a ${holds} model` : `a result of ${holds}`
  return state === 'complete' ? what : `${what} that is unfinished`
}

/** Opens or makes the output folder, marks it as ours and locks it. */
export function openFolder(options: OpenFolderOptions): OutFolder {
  const { path, kind, holds, force, resume } = options
  const root = resolve(path)
  const existing = readMarker(root)
  const found = entries(root) ?? []
  const own = join(root, inside)
  const rows = join(own, 'rows')
  admit(options, existing, {
    empty: found.filter((name) => name !== inside).length === 0,
    kept: (entries(rows) ?? []).length > 0,
  })
  const keptPath = (name: string) => join(rows, name)
  const rowsPath = (experiment: string) => keptPath(`${fileName(experiment)}.ndjson`)
  const files = existing?.files ?? []
  const marker = { schema: 'nonconvex/folder@1', kind, holds, files } as const
  let made: readonly string[] = [own]
  let unlock: (() => void) | undefined
  let installed = false
  const release = () => {
    if (unlock && !installed) undo(root, existing)
    if (unlock) rmSync(join(own, aside), { recursive: true, force: true })
    unlock?.()
    removeEmpty(made)
  }
  try {
    made = [...new Set([...makeFolder(own), own])]
    unlock = lock(join(own, 'lock'), path)
    if (force && !resume) rmSync(rows, { recursive: true, force: true })
    makeFolder(rows)
    if (existing?.state !== 'complete' || force)
      writeMarker(root, { ...marker, state: 'unfinished' })
  } catch (error) {
    release()
    throw codeOf(error) === undefined ? error : fileFault('write', path, error)
  }
  return {
    path,
    rowsPath,
    keptPath,
    install: (next, unfinished = []) => {
      try {
        install(root, { ...marker, state: 'complete' }, next)
        installed = true
        keepOnly(rows, unfinished.map(rowsPath))
      } catch (error) {
        throw codeOf(error) === undefined ? error : fileFault('write', path, error)
      }
    },
    release,
  }
}

/** Without finished rows the folder gets its previous marker back. */
function undo(root: string, before: Marker | undefined): void {
  const rows = join(root, inside, 'rows')
  try {
    if ((entries(rows) ?? []).length > 0) return
    removeEmpty([rows])
    if (before && (before.state === 'complete' || before.files.length > 0))
      writeMarker(root, before)
    else rmSync(markerPath(root), { force: true })
  } catch {
    // the first error is the one that is reported
  }
}

/** Removes the rows that are of no use any more. */
function keepOnly(rows: string, kept: readonly string[]): void {
  for (const name of entries(rows) ?? [])
    if (!kept.includes(join(rows, name))) rmSync(join(rows, name), { force: true })
  removeEmpty([rows])
}

/** Everything is written and flushed aside first; then only renames are left. */
function install(
  root: string,
  { files: old, ...marker }: Marker,
  next: ReadonlyMap<string, string | Uint8Array>,
): void {
  const beside = join(root, inside, aside)
  rmSync(beside, { recursive: true, force: true })
  const names = [...next.keys()]
  for (const [name, data] of next) {
    makeFolder(dirname(join(beside, name)))
    writeFlushed(join(beside, name), data)
  }
  const all = [...new Set([...old, ...names])]
  writeMarker(root, { ...marker, state: 'unfinished', files: all })
  for (const name of names) {
    makeFolder(dirname(join(root, name)))
    renameSync(join(beside, name), join(root, name))
  }
  for (const name of old) if (!next.has(name)) removeFile(root, name)
  writeMarker(root, { ...marker, files: names })
  syncFolder(root)
}

/** Removes a file of ours and the folders that it leaves empty. */
function removeFile(root: string, name: string): void {
  rmSync(join(root, name), { force: true })
  const above: string[] = []
  for (let folder = dirname(name); folder !== '.'; folder = dirname(folder)) above.push(folder)
  removeEmpty(above.map((folder) => join(root, folder)))
}

/**
 * Throws unless pictures can be put into a folder: one that is not there yet, or is empty, or, with
 * force, any.
 */
export function checkPicturesFolder(path: string, force: boolean): void {
  let found: readonly string[]
  try {
    found = readdirSync(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw fileFault('write', path, error)
  }
  if (found.length > 0 && !force)
    throw badInput(
      'folder-foreign',
      `${path} is not empty; choose another name with --pictures, or --force to write into it`,
    )
}
