import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Sink } from '../terminal/terminal.js'
import type { InvarianceJob, InvarianceReply } from '../work/invariance-worker.js'

const file = (): string =>
  fileURLToPath(
    new URL(
      import.meta.url.endsWith('.ts')
        ? '../../dist/work/invariance-worker.js'
        : '../work/invariance-worker.js',
      import.meta.url,
    ),
  )

/**
 * Checks a user's function in a thread of its own, which Ctrl-C can end whatever the function is
 * doing, and in which it can neither end this program nor write into its results: what it prints
 * goes to `stderr`.
 */
export function checkInThread(
  job: InvarianceJob,
  { stderr, signal }: { readonly stderr: Sink; readonly signal: AbortSignal },
): Promise<InvarianceReply | 'interrupted'> {
  return new Promise((resolve) => {
    const worker = new Worker(file(), { workerData: job, stdout: true, stderr: true })
    for (const printed of [worker.stdout, worker.stderr])
      printed.setEncoding('utf8').on('data', (text: string) => void stderr.write(text))
    const end = (reply: InvarianceReply | 'interrupted') => {
      signal.removeEventListener('abort', stop)
      resolve(reply)
      void worker.terminate()
    }
    const stop = () => end('interrupted')
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    worker.once('message', (reply: InvarianceReply) => end(reply))
    worker.once('error', ({ name, message, stack }) =>
      end({ fault: { message: `it failed with ${name}: ${message}`, ...(stack && { stack }) } }),
    )
    worker.once('exit', () =>
      end({
        fault: { message: 'expected a function that returns, got one that ended the program' },
      }),
    )
  })
}
