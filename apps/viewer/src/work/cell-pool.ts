import type { Execute, Row } from '@nonconvex/experiments'
import { proxy, releaseProxy, wrap, type Remote } from 'comlink'
import type { CellWorker } from './cell.worker.js'

interface Hand {
  readonly remote: Remote<CellWorker>
  /** rejects when the worker cannot be loaded or dies */
  readonly broken: Promise<never>
  readonly end: () => void
}

/** Runs cells in at most `size` workers, started when they are needed and used again. */
export function createPool(size: number): Execute {
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

  return async (job, { watch }): Promise<Row> => {
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
}

function hire(): Hand {
  const worker = new Worker(new URL('./cell.worker.ts', import.meta.url), { type: 'module' })
  const remote = wrap<CellWorker>(worker)
  const broken = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      reject(new Error(`worker: ${event.message || 'its program could not be loaded'}`))
    })
  })
  broken.catch(() => undefined)
  const end = () => {
    remote[releaseProxy]()
    worker.terminate()
  }
  return { remote, broken, end }
}
