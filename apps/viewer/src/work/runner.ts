import type { Result, Row } from '@nonconvex/experiments'
import { proxy, releaseProxy, wrap, type Remote } from 'comlink'
import { brokenOf } from './broken.js'
import type { Conductor, Job, Listener } from './messages.js'

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
  let hand = hire()
  let expected: string | undefined
  const prepare = () => {
    // What fails here fails again in the run, which says so.
    if (expected !== undefined) hand.remote.prepare(expected).catch(() => undefined)
  }
  return {
    expect(experiment) {
      if (experiment === expected) return
      expected = experiment
      prepare()
    },
    run: (job, listener) => Promise.race([hand.remote.run(job, proxy(listener)), hand.broken]),
    partial: (job, rows) => Promise.race([hand.remote.partial(job, rows), hand.broken]),
    stop() {
      hand.worker.terminate()
      hand.remote[releaseProxy]()
      hand = hire()
      prepare()
    },
  }
}

interface Hand {
  readonly worker: Worker
  readonly remote: Remote<Conductor>
  readonly broken: Promise<never>
}

function hire(): Hand {
  const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), {
    type: 'module',
    name: 'conductor',
  })
  const broken = brokenOf(worker)
  return { worker, remote: wrap<Conductor>(worker), broken }
}
