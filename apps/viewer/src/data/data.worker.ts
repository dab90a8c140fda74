import { expose } from 'comlink'
import { analyze } from './analyze.js'
import type { DataProgress, DataWorker } from './messages.js'

/** Progress is reported at most this often, in milliseconds. */
const pause = 100

const worker: DataWorker = {
  analyze(source, job, onProgress) {
    let free = 0
    return analyze(source, job, (progress: DataProgress) => {
      const now = performance.now()
      if (now < free) return
      free = now + pause
      onProgress(progress)
    })
  },
}

expose(worker)
