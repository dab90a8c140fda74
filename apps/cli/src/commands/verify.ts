import { InputError, parseResult, type Result, type Verification } from '@nonconvex/experiments'
import type { Json } from '@nonconvex/optim'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { badInput, exit, interrupted } from '../exit.js'
import { fileFault } from '../files/faults.js'
import { inside } from '../files/marker.js'
import { resultName } from '../files/result-files.js'
import type { Host } from '../host.js'
import type { Terminal } from '../terminal/terminal.js'
import { count } from '../text/numbers.js'

export interface VerifyFlags {
  readonly json?: boolean
  readonly workers: number
}

interface Checked {
  readonly path: string
  readonly experiment: string
  readonly verification: Verification
}

const findingsShown = 10

/** `nonconvex verify <path>`: recomputes results from their witnesses. */
export async function verify(
  host: Host,
  terminal: Terminal,
  path: string,
  flags: VerifyFlags,
): Promise<number> {
  const results = resultPaths(path).map((file) => ({ file, result: readResult(file) }))
  const pool = host.openPool(Math.min(flags.workers, results.length))
  try {
    const checked = await Promise.all(
      results.map(async ({ file, result }): Promise<Checked> => {
        const verification = await pool.verify(result, host.signal)
        return { path: file, experiment: result.experiment, verification }
      }),
    )
    if (flags.json)
      terminal.print(JSON.stringify({ schema: 'nonconvex/verification@1', checked }, null, 2))
    else for (const one of checked) printChecked(one, terminal)
    return checked.every(({ verification }) => verification.accepted) ? exit.done : exit.violated
  } catch (error) {
    if (host.signal.aborted) throw interrupted('interrupted; nothing was decided')
    throw error
  } finally {
    await pool.close()
  }
}

/** The result files at a path: the file itself, or every result.json below a folder. */
function resultPaths(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path]
    const found = readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => name === resultName || /[\\/]result\.json$/.test(name))
      .filter((name) => !name.startsWith(inside))
      .sort()
    if (found.length === 0)
      throw badInput(`${path} holds no ${resultName}; give a result file or a folder with one`)
    return found.map((name) => join(path, name))
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw fileFault('read', path, error)
    throw error
  }
}

function readResult(path: string): Result {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw fileFault('read', path, error)
  }
  try {
    return parseResult(text, path)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const remedy = 'give a result.json as run --out and reproduce write it, or a folder with some'
    throw badInput(`${error.message}\n${remedy}`, { cause: error })
  }
}

/** A value on one line, not too long to read. */
function shown(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > 120 ? `${text.slice(0, 117)}…` : text
}

function printChecked({ path, experiment, verification }: Checked, terminal: Terminal): void {
  const { print, style } = terminal
  const { accepted, findings, notes } = verification
  const word = accepted
    ? style.status('holds', '✔ accepted')
    : style.status('violated', '✘ rejected')
  print(`${word}  ${experiment}  ${path}`)
  for (const { path: place, message, recorded, recomputed } of findings.slice(0, findingsShown)) {
    print(`    ${place}: ${message}`)
    if (recorded !== undefined) print(`      recorded    ${shown(recorded)}`)
    if (recomputed !== undefined) print(`      recomputed  ${shown(recomputed)}`)
  }
  if (findings.length > findingsShown)
    print(`    and ${count(findings.length - findingsShown, 'more finding')}`)
  for (const note of notes) print(`    note: ${note}`)
}
