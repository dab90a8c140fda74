import { InputError } from '@nonconvex/experiments'
import { CommanderError } from 'commander'
import { exit, Stop } from './exit.js'
import type { Host } from './host.js'
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
    })
    await host.stdout.settled?.()
    return outcome.status
  } catch (error) {
    const { status, message } = explain(error)
    host.stderr.write(`nonconvex: ${message}\n`)
    if (argv.includes('--debug')) host.stderr.write(`${traces(error)}\n`)
    return status
  }
}

/** The exit status and the message of whatever was thrown. */
function explain(error: unknown): { status: number; message: string } {
  if (error instanceof Stop) return { status: error.status, message: error.message }
  if (error instanceof InputError) return { status: exit.input, message: error.message }
  // a cell that failed because its input is at fault: missing digits, say
  if (error instanceof Error && error.cause instanceof InputError)
    return { status: exit.input, message: error.message }
  const what = error instanceof Error ? error.message : String(error)
  return { status: exit.unfinished, message: `could not finish: ${what} (--debug says where)` }
}

function traces(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const own = error.stack ?? error.message
  return error.cause === undefined ? own : `${own}\ncaused by: ${traces(error.cause)}`
}
