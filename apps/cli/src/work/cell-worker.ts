import type { CellJob, Row, ReadScenes } from '@nonconvex/experiments'
import { runCell } from '@nonconvex/experiments/worker'

/** An error as plain data: a thread's messages lose the class and the name of what was thrown. */
export interface Fault {
  readonly name: string
  readonly message: string
  readonly stack: string | undefined
}

/** What a cell came to. */
export type CellReply = { readonly row: Row } | { readonly fault: Fault }

/** Runs a cell in this thread. */
export async function cell(job: CellJob): Promise<CellReply> {
  try {
    return { row: await runCell(job, { scenes: readScenes }) }
  } catch (error) {
    return { fault: faultOf(error) }
  }
}

export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: undefined }
  return { name: error.name, message: error.message, stack: error.stack }
}

/** Reads annotated scenes; the loaders are brought for runs that name a file, and for no others. */
export const readScenes: ReadScenes = async (data, test, signal) => {
  const loaders = await import('../scenes/read-scenes.js')
  return loaders.readScenes(data, test, signal)
}
