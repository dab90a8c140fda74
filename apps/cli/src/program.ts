import { Command, Option } from 'commander'
import { collect, folder, whole } from './arguments.js'
import type { Host } from './host.js'
import { lazily } from './lazily.js'
import { addOwnData } from './own-data.js'
import { addCheckInvariance } from './own-model.js'
import { formatSeconds } from './text/numbers.js'
import { openTerminal, type Terminal } from './terminal/terminal.js'

interface GlobalFlags {
  readonly color: boolean
  readonly quiet?: boolean
}

const epilogue = `
Exit status: 0 done and no claim violated; 1 a claim was violated or a result rejected;
2 usage or bad input; 3 it could not be finished; 130 interrupted.
Results go to standard output, progress and hints to standard error.`

const examples = `
Examples:
  nonconvex list
  nonconvex run gaussian/gd-rate --set k=5 --seed 1
  nonconvex reproduce --quick --out report
`

/** What else helps after a mistake in a command's arguments. */
const more: { readonly [command: string]: string } = {
  run: '\nnonconvex list prints the ids; nonconvex show <id> the parameters, set with --set name=value',
  show: '\nnonconvex list prints the ids',
  bench: '\nwithout a name every bench is run',
  fit: '\nnonconvex fit separable FILE.csv; the column of the labels is --label COL',
  'fit separable': '\nnonconvex fit separable FILE.csv; the column of the labels is --label COL',
  'fit scenes': '\nnonconvex fit scenes FILE.ndjson --out MODEL',
  scenes: '\nnonconvex scenes --out FILE.ndjson --count 500 --seed 1',
  predict: '\nnonconvex fit … --out MODEL makes a model',
  evaluate: '\nnonconvex fit … --out MODEL makes a model',
  'check-invariance':
    '\nMODEL.mjs exports a function of ({ nodes, edges, mask }) that returns { nodes: [a label for each] }',
  verify: '\nnonconvex run <id> --out DIR writes a result; nonconvex verify DIR checks it',
}

/** The command line as commander knows it; a command's status is left in `outcome`. */
export function makeProgram(host: Host, outcome: { status: number }): Command {
  const program = new Command('nonconvex')
    .description('Theorems about gradient descent, run, certified and redrawn.')
    .version(host.version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .option('--no-color', 'no colours (NO_COLOR is kept to as well)')
    .option('--quiet', 'no progress and no hints')
    .option('--debug', 'print stack traces')
    .addHelpText('after', examples + epilogue)
    .showHelpAfterError('Usage: nonconvex <command> [options]; see nonconvex --help')
    .configureOutput({
      writeOut: (text) => void host.stdout.write(text),
      writeErr: (text) => void host.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'nonconvex: ')),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride()

  /** A command's action, given its terminal; its arguments come from commander. */
  const action =
    <A extends readonly unknown[]>(
      command: (host: Host, terminal: Terminal, ...args: A) => number | Promise<number>,
    ) =>
    async (...args: unknown[]): Promise<void> => {
      const { color, quiet = false } = program.opts<GlobalFlags>()
      const { stdout, stderr, env } = host
      const terminal = openTerminal({ stdout, stderr, env, color, quiet })
      // commander adds the command itself as a last argument
      outcome.status = await command(host, terminal, ...(args.slice(0, -1) as unknown as A))
    }

  /** expected time of all experiments */
  const about = (preset: 'quick' | 'full'): string => {
    const seconds = host.experiments.map(({ expectedSeconds }) => expectedSeconds[preset])
    return `about ${formatSeconds(seconds.reduce((sum, each) => sum + each, 0))} on one core`
  }
  const seed = () =>
    new Option('--seed <n>', 'seed of all randomness').argParser(whole(0)).default(1)
  const workers = () =>
    new Option('--workers <n>', 'worker threads').argParser(whole(1)).default(host.cores)
  const strict = () =>
    new Option('--strict', 'status 1 also when a claim is inconclusive or inapplicable')
  const force = (what: string) => new Option('--force', what)

  program
    .command('list')
    .description('every experiment: id, claim, source')
    .option('--json', 'one JSON document on standard output')
    .action(action(lazily(async () => (await import('./commands/list.js')).list)))

  program
    .command('show')
    .description('one experiment: statement, hypotheses, parameters, expected time')
    .argument('<id>', 'an experiment, as list prints it')
    .option('--json', 'one JSON document on standard output')
    .action(action(lazily(async () => (await import('./commands/show.js')).show)))

  program
    .command('run')
    .description('run one experiment and decide its claims')
    .argument('<id>', 'an experiment, as list prints it')
    .option('--set <name=value>', 'set a parameter (may be repeated)', collect)
    .addOption(seed())
    .addOption(new Option('--preset <name>', 'a set of parameters').choices(['quick', 'full']))
    .addOption(new Option('--quick', 'the same as --preset quick').conflicts(['preset', 'full']))
    .addOption(new Option('--full', 'the same as --preset full').conflicts('preset'))
    .option(
      '--out <dir>',
      'write result.json, figures (SVG, PNG) and tables (CSV, Parquet) there',
      folder,
    )
    .option('--json', 'the result document, alone, on standard output')
    .addOption(workers())
    .option('--resume', 'go on with the finished cells of an interrupted run in --out')
    .addOption(
      force('write into --out even if something is there; only files of ours are replaced'),
    )
    .addOption(strict())
    .addHelpText(
      'after',
      '\nExample:\n  nonconvex run gaussian/gd-rate --set k=10 --set starts=20 --seed 7 --out my-run',
    )
    .action(action(lazily(async () => (await import('./commands/run.js')).run)))

  program
    .command('reproduce')
    .description('run all experiments and write one report, index.html')
    .addOption(
      new Option('--quick', `small presets (default): ${about('quick')}`).conflicts('full'),
    )
    .option('--full', `large presets: ${about('full')}`)
    .option(
      '--only <glob>',
      "only these experiments, as in 'gaussian/*' (may be repeated)",
      collect,
    )
    .option('--out <dir>', 'folder of the report', folder, 'report')
    .addOption(seed())
    .addOption(workers())
    .option('--resume', 'go on with the finished cells of an interrupted run (done anyway)')
    .addOption(force('start again, in whatever folder; only files of ours are replaced'))
    .addOption(strict())
    .action(action(lazily(async () => (await import('./commands/reproduce.js')).reproduce)))

  program
    .command('verify')
    .description('check a result again from its witnesses, without trusting the run')
    .argument('<path>', 'a result.json, a folder of run or reproduce, or a model folder of fit')
    .option('--json', 'one JSON document on standard output')
    .addOption(workers())
    .addHelpText(
      'after',
      '\nIn a folder every figure and table, and the page of a report, is remade and compared. Of a model\nweights, document and page are compared with the hashes that they were written with, and guarantees are\ncomputed again from the counts.\nStatus 1: a result or a file is rejected; 2: one cannot be read.',
    )
    .action(action(lazily(async () => (await import('./commands/verify.js')).verify)))

  program
    .command('bench')
    .description('our speed beside what else is installed: PyTorch, NumPy, plain tfjs (in a clone)')
    .argument('[name]', 'one bench; without it all of them, which takes minutes')
    .option('--json', 'one JSON document on standard output')
    .addHelpText(
      'after',
      '\nResults are compared before anything is timed. Status 1: a result differs; 3: a rival failed.\nNONCONVEX_PYTHON names the interpreter, if not every python3 is to be looked at.',
    )
    .action(
      action(
        async (host, terminal, name: string | undefined, flags: { readonly json?: boolean }) => {
          const { bench } = await import('./commands/bench.js')
          return bench(host, terminal, name, { ...flags, quiet: program.opts<GlobalFlags>().quiet })
        },
      ),
    )

  addOwnData(program, action)
  addCheckInvariance(program, action)

  for (const command of program.commands.flatMap((one) => [one, ...one.commands])) {
    const { parent } = command
    const name =
      parent && parent !== program ? `${parent.name()} ${command.name()}` : command.name()
    command.showHelpAfterError(
      `Usage: nonconvex ${name} ${command.usage()}; see nonconvex ${name} --help${more[name] ?? ''}`,
    )
  }
  return program
}
