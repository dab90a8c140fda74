import { setMaxListeners } from 'node:events'
import { fileURLToPath } from 'node:url'
import { MessageChannel } from 'node:worker_threads'
import { InputError, type Execute, type Result, type Verification } from '@nonconvex/experiments'
import type { FitProgress, SeparableFit } from '@nonconvex/overparam/fit'
import type { Table } from '@nonconvex/overparam/tabular'
import type { Piscina } from 'piscina'
import type { CellReply, Fault } from './cell-worker.js'
import { collectGarbage } from './collect-garbage.js'
import type { FitJob, FitReply } from './fit-worker.js'
import type { VerifyReply } from './verify-worker.js'

/** Worker threads. What is given to them is served in the order in which it comes. */
export interface Pool {
  /** runs a cell; cells of several experiments may be given at the same time */
  readonly execute: Execute
  /** checks a result again */
  readonly verify: (result: Result, signal: AbortSignal) => Promise<Verification>
  /** trains and certifies on a user's own examples */
  readonly fit: (
    job: FitJob,
    options: { readonly signal: AbortSignal; readonly watch: (progress: FitProgress) => void },
  ) => Promise<SeparableFit>
  close(): Promise<void>
}

/**
 * Names of the errors caused by user input, from all packages.
 */
const inputFaults = new Set(['InputError', 'FileError', 'DigitsError', 'DataError'])

function thrown({ name, message, stack, code }: Fault): Error {
  const error = inputFaults.has(name)
    ? new InputError(message, undefined, code)
    : Object.assign(new Error(message), { name })
  if (stack !== undefined) error.stack = stack
  return error
}

const beside = (name: string): string =>
  fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? `../../dist/work/${name}` : name, import.meta.url),
  )

const buffersOf = (x: Table['x']): ArrayBuffer[] =>
  ('index' in x ? [x.start, x.index, x.value] : [x.data]).map(({ buffer }) => buffer as ArrayBuffer)

async function threads(workers: number): Promise<Piscina> {
  const { Piscina } = await import('piscina')
  return new Piscina({
    filename: beside('thread.cjs'),
    minThreads: workers,
    maxThreads: workers,
    idleTimeout: Infinity,
  })
}

/**
 * Opens a pool of worker threads. A piece of work that is aborted ends at once, with its thread.
 *
 * @param workers - number of threads, at least 1
 */
export function openPool(workers: number): Pool {
  let opened: Promise<Piscina> | undefined
  // threads start with the first piece of work; a command without any does not load them
  const run = async (...work: Parameters<Piscina['run']>): Promise<unknown> =>
    (await (opened ??= threads(workers))).run(...work)
  return {
    execute: async (job, { signal, took }) => {
      // every running cell listens to the signal, and there are as many as threads
      setMaxListeners(0, signal)
      const reply = (await run(job, { name: 'cell', signal })) as CellReply
      if ('fault' in reply) throw thrown(reply.fault)
      took?.(reply.seconds)
      return reply.row
    },
    verify: async (result, signal) => {
      setMaxListeners(0, signal)
      const reply = (await run(result, { name: 'verify', signal })) as VerifyReply
      if ('fault' in reply) throw thrown(reply.fault)
      return reply.verification
    },
    fit: async (job, { signal, watch }) => {
      setMaxListeners(0, signal)
      const { port1, port2 } = new MessageChannel()
      const x = job.table.x
      const transferList = [port2, ...buffersOf(x)]
      port1.on('message', watch)
      // what reading has left, once the numbers have gone
      port1.once('message', () => collectGarbage(8 * x.rows * x.cols))
      try {
        const reply = (await run(
          { job, port: port2 },
          {
            name: 'fit',
            signal,
            // the matrix is handed over, not copied
            transferList,
          },
        )) as FitReply
        if ('fault' in reply) throw thrown(reply.fault)
        return reply.fit
      } finally {
        port1.close()
      }
    },
    close: async () => (await opened)?.destroy(),
  }
}
