import { signal, type ReadonlySignal } from '@preact/signals'
import { proxy } from 'comlink'
import { handleOf, type WorkerHandle } from '../work/worker-handle.js'
import type { DataAnswer, DataJob, DataProgress, DataSource, DataWorker } from './messages.js'

/** An analysis as far as it is. */
export type DataWork =
  | { readonly kind: 'none' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'running'; readonly progress?: DataProgress }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'done'; readonly answer: DataAnswer; readonly job: DataJob }

/** The analysis of this page, one at a time. */
export interface DataSession {
  readonly work: ReadonlySignal<DataWork>
  /** the last answer, which stays until another is there */
  readonly last: ReadonlySignal<
    { readonly source: DataSource; readonly answer: DataAnswer; readonly job: DataJob } | undefined
  >
  /** ends what goes on, and begins */
  analyze(source: DataSource, job: DataJob): void
  /** ends what goes on, at once */
  stop(): void
}

export function createDataSession(
  start: () => WorkerHandle<DataWorker> = startWorker,
): DataSession {
  const work = signal<DataWork>({ kind: 'none' })
  const last: ReturnType<typeof signal<DataSession['last']['value']>> = signal()
  let handle: WorkerHandle<DataWorker> | undefined
  let turn = 0
  const end = () => {
    handle?.end()
    handle = undefined
  }
  return {
    work,
    last,
    analyze(source, job) {
      // a busy worker hears no message: it is ended
      if (work.value.kind === 'running') end()
      const mine = ++turn
      work.value = { kind: 'running' }
      const { remote, failure } = (handle ??= start())
      const onProgress = (progress: DataProgress) => {
        if (mine === turn) work.value = { kind: 'running', progress }
      }
      Promise.race([remote.analyze(source, job, proxy(onProgress)), failure]).then(
        (answer) => {
          if (mine !== turn) return
          last.value = { source, answer, job }
          work.value = { kind: 'done', answer, job }
        },
        (error: unknown) => {
          if (mine !== turn) return
          // what failed may be the worker itself
          end()
          const message = error instanceof Error ? error.message : String(error)
          work.value = { kind: 'failed', message }
        },
      )
    },
    stop() {
      if (work.value.kind !== 'running') return
      turn++
      end()
      work.value = { kind: 'stopped' }
    },
  }
}

const startWorker = (): WorkerHandle<DataWorker> =>
  handleOf(
    new Worker(new URL('./data.worker.ts', import.meta.url), { type: 'module', name: 'data' }),
  )
