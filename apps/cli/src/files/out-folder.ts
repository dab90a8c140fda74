import { readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { badInput } from '../exit.js'
import { syncFolder, temporaryNames, writeFlushed } from './atomic.js'
import { fileBelow, folderBelow, regularFiles, removeBelow, removeFiles } from './below.js'
import { codeOf, fileFault, resumable, systemFault } from './faults.js'
import { lock } from './lock.js'
import { makeFolder, removeEmpty } from './make-folder.js'
import { inside, markerName, markerPath, readMarker, writeMarker, type Marker } from './marker.js'

export interface OpenFolderOptions {
  readonly path: string
  readonly kind: Marker['kind']
  readonly holds: string
  /** resume an interrupted run or training */
  readonly resume: boolean
  /** write even where there is something already; only files that are ours are deleted */
  readonly force: boolean
  /** files that will be written whatever is found, by name */
  readonly writes: readonly string[]
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

/** Where files are written, by number, before they are put in their places. */
const aside = 'next'
const asideNames = /^\d+$/

/** Where unfinished work is, and the names that it has: those of logs and checkpoints. */
const unfinishedRows = 'rows'
const rowsNames = /^[\w.-]+\.(ndjson|safetensors)$/

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

/** Whether a folder has work that --resume continues. */
export const hasUnfinished = (folder: string): boolean =>
  regularFiles(join(folder, inside, unfinishedRows), rowsNames).length > 0

/** Opens or makes the output folder, marks it as ours and locks it. */
export function openFolder(options: OpenFolderOptions): OutFolder {
  const { path, kind, holds, force, resume, writes } = options
  const root = resolve(path)
  const found = entries(root) ?? []
  const own = folderBelow(root, inside)
  const rows = folderBelow(root, `${inside}/${unfinishedRows}`)
  const next = folderBelow(root, `${inside}/${aside}`)
  let existing: Marker | undefined
  const enter = () => {
    existing = readMarker(root)
    // now, and not when the results of hours are to be put in their places
    for (const name of [...writes, ...(existing?.files ?? [])]) fileBelow(root, name)
    for (const name of entries(next) ?? [])
      if (asideNames.test(name)) fileBelow(root, `${inside}/${aside}/${name}`)
    admit(options, existing, {
      empty: found.filter((name) => name !== inside).length === 0,
      kept: hasUnfinished(root),
    })
  }
  // what is refused is not touched
  fileBelow(root, markerName)
  enter()
  const keptPath = (name: string) => join(rows, name)
  const rowsPath = (experiment: string) => keptPath(`${fileName(experiment)}.ndjson`)
  const marker = () =>
    ({ schema: 'nonconvex/folder@1', kind, holds, files: existing?.files ?? [] }) as const
  let made: readonly string[] = [own]
  let unlock: (() => void) | undefined
  let installed = false
  const release = () => {
    if (unlock) {
      if (!installed) undo(root, existing)
      clean()
    }
    unlock?.()
    removeEmpty(made)
  }
  /** Removes what was not put in its place, by this process or one that was killed. */
  const clean = () => {
    for (const folder of [own, rows]) removeFiles(folder, temporaryNames)
    removeFiles(next, asideNames)
    removeEmpty([next])
  }
  try {
    made = [...new Set([...makeFolder(own), own])]
    unlock = lock(own, path)
    // another process may have finished here in the meantime
    enter()
    clean()
    if (force && !resume) removeFiles(rows, rowsNames)
    makeFolder(rows)
    if (existing?.state !== 'complete' || force)
      writeMarker(root, { ...marker(), state: 'unfinished' })
  } catch (error) {
    release()
    throw systemFault('write', path, error)
  }
  return {
    path,
    rowsPath,
    keptPath,
    install: (files, unfinished = []) => {
      try {
        install(root, { ...marker(), state: 'complete' }, files)
        installed = true
        for (const name of regularFiles(rows, rowsNames))
          if (!unfinished.map(rowsPath).includes(keptPath(name))) rmSync(keptPath(name))
        removeEmpty([rows])
      } catch (error) {
        const again = kind === 'model' ? undefined : resumable
        throw systemFault('write', path, error, again)
      }
    },
    release,
  }
}

/** Without finished rows the folder gets its previous marker back. */
function undo(root: string, before: Marker | undefined): void {
  try {
    if (hasUnfinished(root)) return
    removeEmpty([join(root, inside, unfinishedRows)])
    if (before && (before.state === 'complete' || before.files.length > 0))
      writeMarker(root, before)
    else rmSync(markerPath(root), { force: true })
  } catch {
    // the first error is the one that is reported
  }
}

/** Everything is written and flushed aside first; then only renames are left. */
function install(
  root: string,
  { files: old, ...marker }: Marker,
  next: ReadonlyMap<string, string | Uint8Array>,
): void {
  const beside = join(root, inside, aside)
  const names = [...next.keys()]
  const places = names.map((name) => fileBelow(root, name))
  makeFolder(beside)
  for (const [i, data] of [...next.values()].entries()) writeFlushed(join(beside, String(i)), data)
  const all = [...new Set([...old, ...names])]
  writeMarker(root, { ...marker, state: 'unfinished', files: all })
  for (const [i, place] of places.entries()) {
    makeFolder(dirname(place))
    renameSync(join(beside, String(i)), place)
  }
  for (const name of old) if (!next.has(name)) removeBelow(root, name)
  writeMarker(root, { ...marker, files: names })
  syncFolder(root)
}

/**
 * Throws unless pictures can be put into a folder: one that is not there yet, or is empty, or, with
 * force, any.
 */
export function checkPicturesFolder(path: string, force: boolean): void {
  if ((entries(path) ?? []).length > 0 && !force)
    throw badInput(
      'folder-foreign',
      `${path} is not empty; choose another name with --pictures, or --force to write into it`,
    )
}
