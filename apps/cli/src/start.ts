import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { relative } from 'node:path'
import { experiments } from '@nonconvex/experiments'
import { shellWord } from './command-line/declaration.js'
import { exit } from './exit.js'
import { codeStamp } from './files/code-stamp.js'
import { main } from './main.js'
import { openOutput } from './terminal/output.js'
import { findBenchProgram } from './work/bench-program.js'
import { findViewer } from './work/page-server.js'
import { openPool } from './work/pool.js'

/** Milliseconds after Ctrl-C at which the program ends, whatever it is doing. */
const patience = 900

/** The message when a command is ended at once; only some keep what is finished. */
export function abrupt(argv: readonly string[]): string {
  const command = argv.find((word) => !word.startsWith('-'))
  const out = argv.some((word) => /^--out(=|$)/.test(word))
  return command === 'reproduce' || (command === 'run' && out)
    ? 'nonconvex: interrupted; finished work is saved in --out: run the same command with --resume'
    : 'nonconvex: interrupted'
}

interface Manifest {
  readonly version: string
}

/**
 * In a clone the program is started by a script of npm; commands to copy then start so, too, from
 * the folder in which the user is.
 */
export function programOf(env: { readonly [name: string]: string | undefined }): string {
  if (env['npm_package_name'] !== 'nonconvex-workspace') return 'nonconvex'
  const { npm_config_local_prefix: clone, INIT_CWD: caller } = env
  // npm finds no script of the clone outside of it
  const outside =
    clone !== undefined && caller !== undefined && /^\.\.(?=$|[\\/])/.test(relative(clone, caller))
  return outside
    ? `npm --prefix ${shellWord(clone)} run -s nonconvex --`
    : 'npm run -s nonconvex --'
}

/** Runs the program in this process and sets its exit status. */
export async function start(process: NodeJS.Process): Promise<void> {
  const interrupt = new AbortController()
  const leave = () => {
    // a command that has ended has printed its message
    if (process.exitCode === undefined) process.stderr.write(`${abrupt(process.argv.slice(2))}\n`)
    process.exit(exit.interrupted)
  }
  const onSignal = () => {
    if (interrupt.signal.aborted) leave()
    interrupt.abort()
    setTimeout(leave, patience).unref()
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  // without standard error only the status remains
  process.stderr.on('error', () => undefined)
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  process.exitCode = await main(process.argv.slice(2), {
    stdout: openOutput(process.stdout),
    stderr: process.stderr,
    env: process.env,
    experiments,
    openPool,
    cores: availableParallelism(),
    clock: () => performance.now() / 1000,
    signal: interrupt.signal,
    codeStamp,
    benchProgram: () => findBenchProgram(),
    viewer: () => findViewer(),
    program: programOf(process.env),
    version: (JSON.parse(manifest) as Manifest).version,
  })
}
