import { badInput, interrupted, unfinished } from '../exit.js'
import type { Host } from '../host.js'
import type { Terminal } from '../terminal/terminal.js'
import { runBenchProgram } from '../work/bench-program.js'

const elsewhere =
  'bench: the benchmarks are in the repository, not in the published package.\n' +
  'Clone it, then: npm start; npm run -s nonconvex -- bench'

/**
 * `nonconvex bench [name]`: speed compared with the other programs that are installed. Its status
 * is that of the benchmark program.
 */
export async function bench(
  host: Host,
  terminal: Terminal,
  name: string | undefined,
  flags: { readonly json?: boolean },
): Promise<number> {
  const program = host.benchProgram()
  if (program === undefined) throw badInput('bench-missing', elsewhere)
  const args = [
    ...(name === undefined ? [] : [name]),
    ...(flags.json ? ['--json'] : []),
    ...(terminal.quiet ? ['--quiet'] : []),
  ]
  const status = await runBenchProgram(program, args, host)
  if (host.signal.aborted) throw interrupted('interrupted; run the command again to measure again')
  if (status === undefined)
    throw unfinished('bench-killed', 'bench: the benchmark process was killed')
  return status
}
