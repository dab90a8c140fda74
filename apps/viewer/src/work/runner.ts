import type { Result, Row } from '@nonconvex/experiments'
import { proxy } from 'comlink'
import type { Conductor, Job, Listener } from './messages.js'
import { handleOf, type WorkerHandle } from './worker-handle.js'

/** Runs one job at a time away from the page's thread. */
export interface Runner {
  /** says which experiment will probably run next, so that its program is there by then */
  expect(experiment: string): void
  /** rejects if the run fails; never settles once it is stopped */
  run(job: Job, listener: Listener): Promise<Result>
  /** ends the work at once, whatever it is doing, and makes ready for the next */
  stop(): void
  partial(job: Job, rows: readonly Row[]): Promise<Result>
}

/** A runner whose worker is started now, so that the first run does not wait for it. */
export function createRunner(): Runner {
  let handle = startWorker()
  let expected: string | undefined
  const prepare = () => {
    // What fails here fails again in the run, which says so.
    if (expected !== undefined) handle.remote.prepare(expected).catch(() => undefined)
  }
  return {
    expect(experiment) {
      if (experiment === expected) return
      expected = experiment
      prepare()
    },
    run(job, listener) {
      // one that was started without a network does not get better
      if (handle.failed()) this.stop()
      return Promise.race([handle.remote.run(job, proxy(listener)), handle.failure])
    },
    partial: (job, rows) => Promise.race([handle.remote.partial(job, rows), handle.failure]),
    stop() {
      handle.end()
      handle = startWorker()
      prepare()
    },
  }
}

const startWorker = (): WorkerHandle<Conductor> =>
  handleOf(
    new Worker(new URL('./engine.worker.ts', import.meta.url), {
      type: 'module',
      name: 'conductor',
    }),
  )
