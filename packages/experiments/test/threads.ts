import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { javaScriptOf } from '@tooling/vitest/transpile'
import type { CellJob, Execute, Row } from '../src/index.js'

const require = createRequire(import.meta.url)
const url = (path: string): string => pathToFileURL(require.resolve(path)).href

/** The toy as plain JavaScript on the built package, and a thread that runs its cells. */
const threadSource = `
import { parentPort } from 'node:worker_threads'
import { runCell } from '${url('@nonconvex/experiments/worker')}'
import { runCell as runAmong } from '${url('@nonconvex/experiments')}'
import { toy } from './toy.mjs'
parentPort.on('message', async (job) => {
  try {
    const own = job.experiment === toy.id
    parentPort.postMessage({ row: await (own ? runAmong(job, {}, [toy]) : runCell(job)) })
  } catch (error) {
    parentPort.postMessage({ error: error.message })
  }
})`

/** Real worker threads of the built package, each taking one cell at a time. */
export function threads(count: number): { readonly execute: Execute; close(): Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'nonconvex-threads-'))
  const source = readFileSync(new URL('./toy.ts', import.meta.url), 'utf8')
    .replace("'../src/index.js'", `'${url('@nonconvex/experiments')}'`)
    .replace("'../src/define/index.js'", `'${url('@nonconvex/experiments/define')}'`)
    .replace("'@nonconvex/optim/claims'", `'${url('@nonconvex/optim/claims')}'`)
  writeFileSync(join(folder, 'toy.mjs'), javaScriptOf(source))
  writeFileSync(join(folder, 'thread.mjs'), threadSource)
  const workers = Array.from({ length: count }, () => new Worker(join(folder, 'thread.mjs')))
  const idle = [...workers]
  const execute: Execute = (job) => {
    const worker = idle.pop()
    if (!worker) throw new Error('more cells at a time than threads')
    return askWorker(worker, job).finally(() => idle.push(worker))
  }
  return {
    execute,
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()))
      rmSync(folder, { recursive: true })
    },
  }
}

function askWorker(worker: Worker, job: CellJob): Promise<Row> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', ({ row, error }: { row?: Row; error?: string }) => {
      worker.removeListener('error', reject)
      if (row) resolve(row)
      else reject(new Error(error))
    })
    worker.postMessage(job)
  })
}
