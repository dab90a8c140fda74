import { join } from 'node:path'
import * as v from 'valibot'
import { writeAtomically } from './atomic.js'
import { bytesAt } from './regular-file.js'

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

/**
 * The names that we give to files of results, reports and models. Others are not ours, whatever a
 * marker lists.
 */
const ours =
  /^(viewer\/(assets\/)?[\w-][\w.-]*\.(js|css|html|svg|woff2|gz)|(results\/([\w-][\w.-]*\/)+)?(proofs\/check\.py|(proofs\/)?[\w-][\w.-]*\.(svg|png|csv|parquet|json|html|safetensors)))$/

const schema: v.GenericSchema<unknown, Marker> = v.object({
  schema: v.literal('nonconvex/folder@1'),
  kind: v.picklist(['run', 'report', 'model']),
  holds: v.string(),
  state: v.picklist(['unfinished', 'complete']),
  files: v.pipe(
    v.array(v.string()),
    v.transform((names) => names.filter((name) => ours.test(name))),
  ),
})

/** The file that marks a folder, inside of it. */
export const markerName = `${inside}/folder.json`

export const markerPath = (folder: string): string => join(folder, markerName)

/** The marker of an output folder, or undefined where there is none that can be read. */
export function readMarker(folder: string): Marker | undefined {
  try {
    const text = bytesAt(markerPath(folder))?.toString('utf8')
    const parsed = v.safeParse(schema, text === undefined ? undefined : JSON.parse(text))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}

export const writeMarker = (folder: string, marker: Marker): void =>
  writeAtomically(markerPath(folder), `${JSON.stringify(marker, null, 2)}\n`)
