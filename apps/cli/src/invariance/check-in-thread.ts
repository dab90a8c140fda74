import { MessageChannel, Worker } from 'node:worker_threads'
import type { Sink } from '../terminal/terminal.js'
import { workFile } from '../work/work-file.js'
import type { InvarianceJob, InvarianceReply } from '../work/invariance-worker.js'

/** What is to be checked, as plain data. */
export type ThreadJob = Omit<InvarianceJob, 'port' | 'state'>

/** The status with which Node ends a thread whose top-level await nothing can end any more. */
const UNSETTLED = 13

/**
 * Checks a user's function in a thread of its own, which can be ended while the function computes,
 * and in which it can neither end its process nor write into the results: what it prints goes to
 * `stderr`.
 *
 * @param timeout - seconds after which loading the module, or one call, is given up
 */
export function checkInThread(
  job: ThreadJob,
  { stderr, timeout }: { readonly stderr: Sink; readonly timeout: number },
): Promise<InvarianceReply> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    const state = new Int32Array(new SharedArrayBuffer(4))
    const workerData: InvarianceJob = { ...job, port: port2, state }
    const worker = new Worker(workFile('invariance-worker'), {
      workerData,
      transferList: [port2],
      stdout: true,
      stderr: true,
    })
    for (const printed of [worker.stdout, worker.stderr])
      printed.setEncoding('utf8').on('data', (text: string) => void stderr.write(text))
    const end = (reply: InvarianceReply) => {
      clearInterval(clock)
      port1.close()
      resolve(reply)
      void worker.terminate()
    }
    const fault = (message: string, stack?: string) =>
      end({ fault: { message, ...(stack !== undefined && { stack }) } })
    let seen = { state: 0, at: performance.now() }
    const clock = setInterval(
      () => {
        const now = { state: Atomics.load(state, 0), at: performance.now() }
        if (now.state !== seen.state) seen = now
        else if (now.at - seen.at > 1000 * timeout)
          fault(
            now.state === 0
              ? `expected a module that loads within ${timeout} s, got one that still runs; does a top-level await never end? (--timeout S)`
              : `expected a function that returns within ${timeout} s, got call ${now.state - 1}, which has not; shorten it, or raise --timeout`,
          )
      },
      Math.min(250, 250 * timeout),
    )
    port1.once('message', (reply: InvarianceReply) => end(reply))
    worker.once('error', (error: unknown) =>
      error instanceof Error
        ? fault(`it failed with ${error.name}: ${error.message}`, error.stack)
        : fault(`it failed with ${String(error)}`),
    )
    worker.once('exit', (status) =>
      fault(
        status === UNSETTLED
          ? 'expected a module that loads, got one whose top-level await never ends'
          : 'expected a function that returns, got one that ended the program',
      ),
    )
  })
}
