import { InputError } from '@nonconvex/experiments'
import { CommanderError } from 'commander'
import { exit, Stop, type Note } from './exit.js'
import type { Host } from './host.js'
import { printableLines, printableMessage } from './text/printed.js'
import { makeProgram } from './command-line/program.js'

/**
 * Runs one command line.
 *
 * @param argv - the arguments after the program's name
 * @returns the exit status; nothing is thrown
 */
export async function main(argv: readonly string[], host: Host): Promise<number> {
  const outcome = { status: exit.done as number }
  const program = makeProgram(host, outcome)
  try {
    await program.parseAsync(argv, { from: 'user' }).catch((error: unknown) => {
      // commander has printed its message already
      if (!(error instanceof CommanderError)) throw error
      outcome.status = error.exitCode === 0 ? exit.done : exit.input
      if (error.exitCode !== 0) host.noted?.({ code: 'usage', text: error.message })
    })
    await host.stdout.settled?.()
    return outcome.status
  } catch (error) {
    const { status, code, text } = explain(error)
    host.noted?.({ code, text })
    // nobody reads the output: whoever has closed it does not ask why
    if (code === 'reader-left') return status
    host.stderr.write(`nonconvex: ${printableMessage(text)}\n`)
    if (argv.includes('--json')) host.stderr.write(`code: ${code}\n`)
    if (argv.includes('--debug')) host.stderr.write(`${printableLines(traces(error))}\n`)
    return status
  }
}

/** The exit status, code and message of whatever was thrown. */
function explain(error: unknown): Note & { status: number } {
  if (error instanceof Stop) return { status: error.status, code: error.code, text: error.message }
  if (error instanceof InputError)
    return { status: exit.input, code: error.code, text: error.message }
  // a cell that failed because of its input, missing digits, say: the fault names file and remedy,
  // and which cell came to it first says nothing
  if (error instanceof Error && error.cause instanceof InputError) return explain(error.cause)
  const what = error instanceof Error ? error.message : String(error)
  return {
    status: exit.unfinished,
    code: 'unexpected',
    text: `could not finish: ${what} (--debug prints a stack trace)`,
  }
}

function traces(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const own = error.stack ?? error.message
  return error.cause === undefined ? own : `${own}\ncaused by: ${traces(error.cause)}`
}
