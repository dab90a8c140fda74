import { badInput, interrupted, unfinished } from '../exit.js'
import type { Host } from '../host.js'
import type { Terminal } from '../terminal/terminal.js'
import { runBenchProgram } from '../work/bench-program.js'

const elsewhere =
  'bench: the benches are in the repository, not in the published package.\n' +
  'Clone it, then: npm start; npm run -s nonconvex -- bench'

/**
 * `nonconvex bench [name]`: our speed beside what else is installed. Its status is that of the
 * bench program.
 */
export async function bench(
  host: Host,
  terminal: Terminal,
  name: string | undefined,
  flags: { readonly json?: boolean },
): Promise<number> {
  const program = host.benchProgram()
  if (program === undefined) throw badInput(elsewhere)
  const args = [
    ...(name === undefined ? [] : [name]),
    ...(flags.json ? ['--json'] : []),
    ...(terminal.quiet ? ['--quiet'] : []),
  ]
  const status = await runBenchProgram(program, args, host)
  if (host.signal.aborted) throw interrupted('interrupted; give the command again to measure again')
  if (status === undefined) throw unfinished('bench: its process was ended from outside')
  return status
}
