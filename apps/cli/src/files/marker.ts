import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { writeAtomically } from './atomic.js'

/** The folder inside an output folder that marks it as ours and contains unfinished work. */
export const inside = '.nonconvex'

/** The marker of an output folder of ours. */
export interface Marker {
  readonly schema: 'nonconvex/folder@1'
  readonly kind: 'run' | 'report' | 'model'
  /** what it holds: an experiment's id, 'report', or the kind of model */
  readonly holds: string
  readonly state: 'unfinished' | 'complete'
  /** the files we put there, and no others are ever deleted */
  readonly files: readonly string[]
}

const schema: v.GenericSchema<unknown, Marker> = v.object({
  schema: v.literal('nonconvex/folder@1'),
  kind: v.picklist(['run', 'report', 'model']),
  holds: v.string(),
  state: v.picklist(['unfinished', 'complete']),
  files: v.array(
    v.pipe(
      v.string(),
      v.check((name) => !name.split(/[\\/]/).includes('..') && !/^([\\/]|[A-Za-z]:)/.test(name)),
    ),
  ),
})

export const markerPath = (folder: string): string => join(folder, inside, 'folder.json')

/** The marker of an output folder, or undefined where there is none that can be read. */
export function readMarker(folder: string): Marker | undefined {
  if (!existsSync(markerPath(folder))) return undefined
  try {
    const parsed = v.safeParse(schema, JSON.parse(readFileSync(markerPath(folder), 'utf8')))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}

export const writeMarker = (folder: string, marker: Marker): void =>
  writeAtomically(markerPath(folder), `${JSON.stringify(marker, null, 2)}\n`)
