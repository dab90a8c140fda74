// Ours beside every rival that is installed. `nonconvex bench` starts this program; so does
// `pnpm bench`.
import { InputError } from '@nonconvex/experiments'
import { benches } from './benches/index.mjs'
import { chosen, runBenches, status } from './frame/run-benches.mjs'

const say = (line) => process.stderr.write(`${line}\n`)

async function program(argv) {
  const flags = argv.filter((word) => word.startsWith('-'))
  const names = argv.filter((word) => !word.startsWith('-'))
  if (names.length > 1 || flags.some((flag) => flag !== '--json' && flag !== '--quiet')) {
    say('usage: node bench.mjs [name] [--json] [--quiet]')
    return status.usage
  }
  const json = flags.includes('--json')
  try {
    const result = await runBenches({
      benches: chosen(benches, names[0]),
      print: json ? () => {} : (line = '') => process.stdout.write(`${line}\n`),
      hint: flags.includes('--quiet') ? () => {} : say,
    })
    if (json) process.stdout.write(`${JSON.stringify(result.document, null, 2)}\n`)
    return result.status
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    say(`nonconvex: ${error.message}`)
    return status.usage
  }
}

process.exitCode = await program(process.argv.slice(2))
