import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface Finished {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

export interface Launch {
  /** the launcher; default the one of this package */
  readonly launcher?: string
  readonly cwd?: string
  readonly env?: { readonly [name: string]: string }
  /** called with what standard error has so far, and with what sends a signal */
  readonly onErr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void
  /** closes the program's standard output after its first bytes, as `| head -1` does */
  readonly leave?: boolean
  /** the file that its standard output is, which then is not in `out` */
  readonly into?: string
  /** what its standard input brings; default nothing, as of /dev/null */
  readonly input?: string
  /** called with what sends a signal */
  readonly onStart?: (kill: (signal: NodeJS.Signals) => void) => void
  readonly uid?: number
}

export const launcher: string = fileURLToPath(new URL('../bin/nonconvex.js', import.meta.url))

/** Runs the built program as a user does: its own process, real experiments, worker threads. */
export function program(argv: readonly string[], launch: Launch = {}): Promise<Finished> {
  const { cwd, env = {}, onErr, leave = false, into, input, uid } = launch
  return new Promise((resolve, reject) => {
    const output = into === undefined ? undefined : openSync(into, 'w')
    const child = spawn(process.execPath, [launch.launcher ?? launcher, ...argv], {
      stdio: [input === undefined ? 'ignore' : 'pipe', output ?? 'pipe', 'pipe'],
      // not what npm says of the package whose tests run
      env: { PATH: process.env['PATH'], ...env },
      ...(cwd === undefined ? {} : { cwd }),
      ...(uid === undefined ? {} : { uid }),
    })
    const written = { out: '', err: '' }
    if (output !== undefined) closeSync(output)
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      written.out += text
      if (leave) child.stdout?.destroy()
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      written.err += text
      onErr?.(written.err, (signal) => child.kill(signal))
    })
    // a program that refuses its input leaves before it has read it
    child.stdin?.on('error', () => undefined).end(input)
    launch.onStart?.((signal) => child.kill(signal))
    child.on('error', reject).on('close', (status) => resolve({ status, ...written }))
  })
}
