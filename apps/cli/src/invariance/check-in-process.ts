import { fork } from 'node:child_process'
import type { Sink } from '../terminal/terminal.js'
import type { InvarianceReply } from '../work/invariance-worker.js'
import { printableLines } from '../text/printed.js'
import { workFile } from '../work/work-file.js'
import type { ThreadJob } from './check-in-thread.js'

/** Milliseconds for which output of the function that is on its way is waited for. */
const late = 200

/**
 * Checks a user's function in a process of its own, which is killed when the check has ended or is
 * interrupted: a thread cannot be ended while the function waits for the system, as in a read of a
 * pipe without a writer.
 *
 * @param timeout - seconds after which loading the module, or one call, is given up
 */
export function checkInProcess(
  job: ThreadJob,
  {
    stderr,
    signal,
    timeout,
  }: { readonly stderr: Sink; readonly signal: AbortSignal; readonly timeout: number },
): Promise<InvarianceReply | 'interrupted'> {
  return new Promise((resolve) => {
    const child = fork(workFile('invariance-process'), {
      serialization: 'advanced',
      silent: true,
      execArgv: [],
    })
    const outputs = [child.stdout, child.stderr].filter((output) => output !== null)
    for (const output of outputs)
      output
        .setEncoding('utf8')
        .on('data', (text: string) => void stderr.write(printableLines(text)))
    let reply: InvarianceReply | 'interrupted' = {
      fault: { message: 'expected a function that returns, got one that ended the program' },
    }
    const stop = () => {
      reply = 'interrupted'
      child.kill('SIGKILL')
    }
    const end = () => {
      signal.removeEventListener('abort', stop)
      // a process that the function has started may hold them open
      for (const output of outputs) output.destroy()
      resolve(reply)
    }
    signal.addEventListener('abort', stop, { once: true })
    child.once('error', ({ message }) => {
      reply = { fault: { message } }
      end()
    })
    child.once('message', (found: InvarianceReply) => {
      reply = found
      child.kill('SIGKILL')
    })
    child.once('close', end)
    child.once('exit', () => setTimeout(end, late).unref())
    if (signal.aborted) stop()
    else child.send({ job, timeout }, () => undefined)
  })
}
