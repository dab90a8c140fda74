import type { Execute, Row } from '@nonconvex/experiments'
import { proxy, releaseProxy, wrap, type Remote } from 'comlink'
import { brokenOf } from './broken.js'
import type { CellWorker } from './cell.js'

interface Hand {
  readonly remote: Remote<CellWorker>
  /** rejects when the worker cannot be loaded or dies */
  readonly broken: Promise<never>
  readonly end: () => void
}

/** Workers that run cells. */
export interface CellPool {
  /** runs a cell, when a worker is free */
  readonly execute: Execute
  /** brings the program of an experiment to the workers that wait for a cell */
  readonly prepare: (experiment: string) => Promise<unknown>
}

/** At most `size` workers, all but the first started when they are needed, and used again. */
export function createPool(size: number): CellPool {
  const idle: Hand[] = [hire()]
  const waiting: ((hand: Hand) => void)[] = []
  let hired = 1

  const take = (): Promise<Hand> => {
    const hand = idle.pop()
    if (hand) return Promise.resolve(hand)
    if (hired < size) {
      hired += 1
      return Promise.resolve(hire())
    }
    return new Promise((resolve) => waiting.push(resolve))
  }
  const give = (hand: Hand) => {
    const next = waiting.shift()
    if (next) next(hand)
    else idle.push(hand)
  }

  const execute: Execute = async (job, { watch }): Promise<Row> => {
    const hand = await take()
    try {
      const row = await Promise.race([hand.remote.cell(job, proxy(watch)), hand.broken])
      give(hand)
      return row
    } catch (error) {
      // A worker that failed is not trusted with another cell.
      hand.end()
      give(hire())
      throw error
    }
  }
  const prepare = (experiment: string) =>
    Promise.all(idle.map(({ remote }) => remote.prepare(experiment)))
  return { execute, prepare }
}

function hire(): Hand {
  // The conductor's own program, under another name.
  const worker = new Worker(location.href, { type: 'module', name: 'cells' })
  const remote = wrap<CellWorker>(worker)
  const broken = brokenOf(worker)
  const end = () => {
    remote[releaseProxy]()
    worker.terminate()
  }
  return { remote, broken, end }
}
