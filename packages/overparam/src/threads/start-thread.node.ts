/// <reference types="node" />
import { Worker } from 'node:worker_threads'
import type { StartedThread } from './start-thread.js'

/** Starts a worker thread of Node, which does not keep the process alive. */
export function startThread(control: SharedArrayBuffer): StartedThread | undefined {
  const worker = new Worker(new URL('./thread-program.node.js', import.meta.url), {
    workerData: control,
  })
  // a thread that does not come is not missed: the work is done here
  worker.on('error', () => undefined)
  worker.unref()
  return { send: (place) => worker.postMessage(place), stop: () => void worker.terminate() }
}
