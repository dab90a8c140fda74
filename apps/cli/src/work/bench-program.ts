import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { printableJson, printableLines } from '../text/printed.js'
import type { Sink } from '../terminal/terminal.js'

/** In a clone, seen from this file, built or not. */
const home = new URL('../../../../tooling/bench/', import.meta.url)

/**
 * The program that measures. It is part of a clone only: the published package has no benches. A
 * folder of that name which is not ours is passed over.
 *
 * @returns its path, or undefined if there is none
 */
export function findBenchProgram(folder: URL = home): string | undefined {
  const manifest = new URL('package.json', folder)
  const program = new URL('bench.mjs', folder)
  if (!existsSync(manifest) || !existsSync(program)) return undefined
  const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly name?: unknown }
  return name === '@tooling/bench' ? fileURLToPath(program) : undefined
}

export interface BenchStreams {
  readonly stdout: Sink
  readonly stderr: Sink
  /** ends the program at once, whatever it is computing */
  readonly signal: AbortSignal
}

/**
 * Runs it in a process of its own: nothing else is on its heap, and Ctrl-C need not wait for a long
 * computation.
 *
 * @returns its exit status; undefined if it was ended by a signal
 */
export function runBenchProgram(
  program: string,
  args: readonly string[],
  { stdout, stderr, signal }: BenchStreams,
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    // a document stays the same value
    const shown = args.includes('--json') ? printableJson : printableLines
    const end = () => void child.kill('SIGKILL')
    signal.addEventListener('abort', end, { once: true })
    if (signal.aborted) end()
    child.stdout.setEncoding('utf8').on('data', (text: string) => void stdout.write(shown(text)))
    child.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => void stderr.write(printableLines(text)))
    child.on('error', reject).on('close', (code) => {
      signal.removeEventListener('abort', end)
      resolve(code ?? undefined)
    })
  })
}
