import type { Execute, Row } from '@nonconvex/experiments'
import { proxy } from 'comlink'
import type { CellWorker } from './cell.js'
import { handleOf, type WorkerHandle } from './worker-handle.js'

type Handle = WorkerHandle<CellWorker>

/** Workers that run cells. */
export interface CellPool {
  /** runs a cell, when a worker is free */
  readonly execute: Execute
  /** brings the program of an experiment to the workers that wait for a cell */
  readonly prepare: (experiment: string) => Promise<unknown>
}

/** At most `size` workers, all but the first started when they are needed, and used again. */
export function createPool(size: number): CellPool {
  const idle: Handle[] = [startWorker()]
  const waiting: ((handle: Handle) => void)[] = []
  let started = 1

  const take = (): Promise<Handle> => {
    const handle = idle.pop()
    if (handle) return Promise.resolve(handle)
    if (started < size) {
      started += 1
      return Promise.resolve(startWorker())
    }
    return new Promise((resolve) => waiting.push(resolve))
  }
  const give = (handle: Handle) => {
    const next = waiting.shift()
    if (next) next(handle)
    else idle.push(handle)
  }

  const execute: Execute = async (job, { watch }): Promise<Row> => {
    const handle = await take()
    try {
      const row = await Promise.race([handle.remote.cell(job, proxy(watch)), handle.failure])
      give(handle)
      return row
    } catch (error) {
      // A worker that failed is not trusted with another cell.
      handle.end()
      give(startWorker())
      throw error
    }
  }
  const prepare = (experiment: string) =>
    Promise.all(idle.map(({ remote }) => remote.prepare(experiment)))
  return { execute, prepare }
}

// The conductor's own program, under another name.
const startWorker = (): WorkerHandle<CellWorker> =>
  handleOf(new Worker(location.href, { type: 'module', name: 'cells' }))
