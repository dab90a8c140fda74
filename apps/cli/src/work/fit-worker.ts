import type { MessagePort } from 'node:worker_threads'
import {
  fitSeparable,
  type FitOptions,
  type FitProgress,
  type SeparableFit,
} from '@nonconvex/overparam/fit'
import type { Table } from '@nonconvex/overparam/tabular'
import { stream } from '@nonconvex/tensor'
import { collectGarbage } from './collect-garbage.js'
import { faultOf, type Fault } from './cell-worker.js'

/** A fit for a worker thread. */
export interface FitJob {
  readonly table: Table
  readonly test?: Table
  readonly seed: number
  readonly options: Omit<FitOptions, 'stream' | 'test' | 'signal' | 'watch'>
}

/** What a fit came to. */
export type FitReply = { readonly fit: SeparableFit } | { readonly fault: Fault }

/** A fit in this thread. */
export function fitJob(
  { table, test, seed, options }: FitJob,
  watch: (progress: FitProgress) => void,
): Promise<SeparableFit> {
  const bytes = 8 * table.x.rows * table.x.cols
  let before = ''
  return fitSeparable(table, {
    ...options,
    ...(test && { test }),
    consume: true,
    stream: stream(seed).child('fit'),
    watch: (progress) => {
      const now = `${progress.stage} ${'k' in progress ? progress.k : ''}`
      if (now !== before) collectGarbage(bytes)
      before = now
      watch(progress)
    },
  })
}

/** Runs a fit in this thread, telling its progress to the port. */
export async function fit({
  job,
  port,
}: {
  readonly job: FitJob
  readonly port: MessagePort
}): Promise<FitReply> {
  try {
    return { fit: await fitJob(job, (progress) => port.postMessage(progress)) }
  } catch (error) {
    return { fault: faultOf(error) }
  } finally {
    port.close()
  }
}
