import { releaseProxy, wrap, type Remote } from 'comlink'

/** A worker with what it offers. */
export interface WorkerHandle<T> {
  readonly remote: Remote<T>
  /** whether it has failed */
  readonly failed: () => boolean
  /** rejects when the worker cannot be loaded or dies: what waits for the worker races against it */
  readonly failure: Promise<never>
  /** ends the worker at once, whatever it is doing */
  readonly end: () => void
}

export function handleOf<T>(worker: Worker): WorkerHandle<T> {
  const remote = wrap<T>(worker)
  let failed = false
  const failure = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      failed = true
      reject(new Error(`worker: ${event.message || 'its script could not be loaded'}`))
    })
  })
  // a worker may fail while nobody waits
  failure.catch(() => undefined)
  return {
    remote,
    failed: () => failed,
    failure,
    end: () => {
      worker.terminate()
      remote[releaseProxy]()
    },
  }
}
