import { didYouMean } from '@nonconvex/experiments'
import { Command } from 'commander'
import type { Host } from '../host.js'
import { printableLines } from '../text/printed.js'
import { openTerminal } from '../terminal/terminal.js'
import {
  checkInvarianceCommand,
  evaluateCommand,
  fitMultilabelCommand,
  fitScenesCommand,
  fitSeparableCommand,
  predictCommand,
  scenesCommand,
} from './data-commands.js'
import { fitSequencesCommand } from './sequences-command.js'
import {
  addCommand,
  checkNeeds,
  globalFlags,
  helpFlag,
  type Action,
  type Declaration,
} from './declaration.js'
import {
  benchCommand,
  completionCommand,
  listCommand,
  reproduceCommand,
  runCommand,
  showCommand,
  verifyCommand,
  viewCommand,
} from './experiment-commands.js'

interface GlobalFlags {
  readonly color: boolean
  readonly quiet?: boolean
}

const epilogue = `
Examples:
  nonconvex list
  nonconvex run gaussian/gd-rate --set k=5 --seed 1
  nonconvex reproduce --quick --out report

Exit status: 0 done and no claim violated; 1 a claim is violated or a result is rejected;
2 usage error or bad input; 3 not finished; 130 interrupted.
Results go to standard output, progress and hints to standard error.`

/** A command with what loads its action: `list` does not wait for the code that only `fit` needs. */
interface Entry {
  readonly declaration: Declaration
  readonly load: () => Promise<(...given: never) => number | Promise<number>>
}

const entry = <D extends Declaration>(declaration: D, load: () => Promise<Action<D>>): Entry => ({
  declaration,
  load,
})

const groups: { readonly [name: string]: { readonly about: string; readonly hint: string } } = {
  fit: {
    about: 'train on your own data, certify what can be certified, and save the model',
    hint: 'nonconvex fit separable FILE.csv --label COLUMN; nonconvex fit scenes FILE.ndjson; nonconvex fit multilabel FILE.arff; nonconvex fit sequences FILE',
  },
}

const entries: readonly Entry[] = [
  entry(listCommand, async () => (await import('../commands/list.js')).list),
  entry(showCommand, async () => (await import('../commands/show.js')).show),
  entry(runCommand, async () => (await import('../commands/run.js')).run),
  entry(reproduceCommand, async () => (await import('../commands/reproduce.js')).reproduce),
  entry(verifyCommand, async () => (await import('../commands/verify.js')).verify),
  entry(viewCommand, async () => (await import('../commands/view.js')).view),
  entry(benchCommand, async () => (await import('../commands/bench.js')).bench),
  entry(
    fitSeparableCommand,
    async () => (await import('../commands/fit-separable.js')).fitSeparable,
  ),
  entry(
    fitMultilabelCommand,
    async () => (await import('../commands/fit-multilabel.js')).fitMultilabel,
  ),
  entry(
    fitSequencesCommand,
    async () => (await import('../commands/fit-sequences.js')).fitSequences,
  ),
  entry(fitScenesCommand, async () => (await import('../commands/fit-scenes.js')).fitScenes),
  entry(predictCommand, async () => (await import('../commands/predict.js')).predict),
  entry(evaluateCommand, async () => (await import('../commands/evaluate.js')).evaluate),
  entry(scenesCommand, async () => (await import('../commands/scenes.js')).scenes),
  entry(
    checkInvarianceCommand,
    async () => (await import('../commands/check-invariance.js')).checkInvariance,
  ),
  entry(completionCommand, async () => {
    const { completion } = await import('../commands/completion.js')
    return completion({
      declarations: entries.map(({ declaration }) => declaration),
      groups,
      shared: { ...globalFlags, '--help': helpFlag },
    })
  }),
]

/** Every word that is a command or a group of them. */
const commandWords = [
  ...Object.keys(groups),
  ...entries.map(({ declaration }) => declaration.name.replace(/^.* /, '')),
]

/** A usage error of commander's in our words. Its own suggestions for commands are far-fetched. */
function usageError(text: string): string {
  const [, unknown] = /^error: unknown command '([^]*)'/.exec(text) ?? []
  return unknown === undefined
    ? text
        .replace(/^error: /, 'nonconvex: ')
        .replace(/command-argument value ('[^]*') is invalid for argument '(\w+)'\./, '<$2> $1:')
    : `nonconvex: unknown command '${unknown}'${didYouMean(unknown, commandWords)}\n`
}

/** The command line as commander knows it; a command's status is left in `outcome`. */
export function makeProgram(host: Host, outcome: { status: number }): Command {
  const program = new Command('nonconvex')
    .description('Theorems about gradient descent: run, certify and redraw them.')
    .version(host.version, '-v, --version', 'print the version')
    .helpOption('-h, --help', helpFlag)
    .addHelpText('after', epilogue)
    .showHelpAfterError('Usage: nonconvex <command> [options]; see nonconvex --help')
    .configureOutput({
      writeOut: (text) => void host.stdout.write(printableLines(text)),
      writeErr: (text) => void host.stderr.write(printableLines(text)),
      outputError: (text, write) => write(usageError(text)),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride()
  for (const [flag, help] of Object.entries(globalFlags)) program.option(flag, help)
  const parents = new Map<string, Command>()
  const parentOf = (name: string): Command => {
    const [group, own] = name.split(' ')
    if (own === undefined) return program
    const { about, hint } = groups[group]
    const parent = parents.get(group) ?? program.command(group).description(about)
    parents.set(group, parent)
    return parent.showHelpAfterError(
      `Usage: nonconvex ${group} ${parent.usage()}; see nonconvex ${group} --help\n${hint}`,
    )
  }
  for (const { declaration, load } of entries)
    addCommand(parentOf(declaration.name), declaration, host).action(
      // commander adds the command itself as a last argument
      async (...given: unknown[]) => {
        const { color, quiet = false } = program.opts<GlobalFlags>()
        const { stdout, stderr, env, noted } = host
        const terminal = openTerminal({ stdout, stderr, env, color, quiet, noted })
        const flags = given[declaration.arguments.length] as { readonly [name: string]: unknown }
        checkNeeds(declaration.flags, flags)
        const action = await load()
        outcome.status = await action(...([host, terminal, ...given.slice(0, -1)] as never))
      },
    )
  return program
}
