import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCell, verifyResult, type Experiment, type Result } from '@nonconvex/experiments'
import { onTestFinished } from 'vitest'
import type { Host } from '../src/host.js'
import { main } from '../src/main.js'
import { readers } from '../src/work/cell-worker.js'
import { fitJob } from '../src/work/fit-worker.js'
import { demos } from './fixtures/demo.js'

export interface Outcome {
  readonly status: number
  readonly out: string
  readonly err: string
  /** codes of its errors and warnings, in their order */
  readonly codes: readonly string[]
}

export interface Setting {
  readonly experiments?: readonly Experiment[]
  readonly env?: { readonly [name: string]: string }
  readonly signal?: AbortSignal
  /** both streams are terminals */
  readonly tty?: boolean
  /** of the terminals; default 100 */
  readonly columns?: number
  readonly code?: string
  /** the program behind `bench` */
  readonly benchProgram?: string
  /** the folder behind `view` */
  readonly viewer?: string
  /** in seconds */
  readonly clock?: () => number
  /** called after each row */
  readonly onCell?: () => void
}

/** Runs one command line in this process, its cells too, on the fixture's experiments. */
export async function cli(argv: readonly string[], setting: Setting = {}): Promise<Outcome> {
  const {
    experiments = demos,
    env = {},
    tty = false,
    columns = 100,
    code = 'test',
    onCell,
  } = setting
  const written = { out: '', err: '' }
  const codes: string[] = []
  const sink = (name: 'out' | 'err') => ({
    write: (text: string) => (written[name] += text),
    isTTY: tty,
    columns,
  })
  const host: Host = {
    stdout: sink('out'),
    stderr: sink('err'),
    env,
    experiments,
    openPool: () => ({
      execute: async (job, options) => {
        const row = await runCell(job, { ...options, ...readers }, experiments)
        onCell?.()
        return row
      },
      fit: (job, { watch }) => fitJob(job, watch),
      verify: (result) => verifyResult(result, { among: experiments, ...readers }),
      close: () => Promise.resolve(),
    }),
    cores: 2,
    clock: setting.clock ?? (() => performance.now() / 1000),
    noted: ({ code }) => void codes.push(code),
    signal: setting.signal ?? new AbortController().signal,
    codeStamp: () => code,
    benchProgram: () => setting.benchProgram,
    viewer: () => setting.viewer,
    version: '0.0.0-test',
    program: 'nonconvex',
  }
  const status = await main(argv, host)
  return { status, ...written, codes }
}

/**
 * What of a result document is the same on every run: all but timings and versions, in its order.
 */
export const lasting = (text: string): string =>
  JSON.stringify({ ...(JSON.parse(text) as Result), timings: null, versions: null })

/** A folder for one test, removed after it. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nonconvex-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Puts a pipe with a name at `path`, in the place of what is there. */
export const makePipe = (path: string): void =>
  void execFileSync('sh', ['-c', 'rm -f "$0" && mkfifo "$0"', path])

/** What was printed on standard error, after the codes of its errors and warnings. */
export const coded = ({ codes, err }: Outcome): string => `[${codes.join(' ')}] ${err}`
