import {
  InputError,
  type CellJob,
  type InputCode,
  type Readers,
  type Row,
} from '@nonconvex/experiments'
import { runCell } from '@nonconvex/experiments/worker'

/** An error as plain data: a thread's messages lose the class and the name of what was thrown. */
export interface Fault {
  readonly name: string
  readonly message: string
  readonly stack: string | undefined
  /** of an InputError */
  readonly code?: InputCode
}

/** What a cell came to. */
export type CellReply =
  | { readonly row: Row; /** without the wait for a thread */ readonly seconds: number }
  | { readonly fault: Fault }

/** Runs a cell in this thread. */
export async function cell(job: CellJob): Promise<CellReply> {
  try {
    const started = performance.now()
    const row = await runCell(job, readers)
    return { row, seconds: (performance.now() - started) / 1000 }
  } catch (error) {
    return { fault: faultOf(error) }
  }
}

export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: undefined }
  const { name, message, stack } = error
  return { name, message, stack, ...(error instanceof InputError && { code: error.code }) }
}

/** Reads what parameters name; the loaders are imported only for runs that name a file. */
export const readers: Readers = {
  scenes: async (data, test, signal) => {
    const { readScenes } = await import('../scenes/read-scenes.js')
    return readScenes(data, test, signal)
  },
  digits: async (folder, signal) => {
    const { readDigits } = await import('../input/read-digits.js')
    return readDigits(folder, signal)
  },
  multilabel: async (folder, signal) => {
    const { readMultilabel } = await import('../multilabel/read-multilabel.js')
    return readMultilabel(folder, signal)
  },
}
