import type { Host } from '../host.js'
import { formatSeconds } from '../text/numbers.js'
import { tableFormats } from '../terminal/print-tables.js'
import { declare, type FlagsOf } from './declaration.js'
import { document, file, folder, seedRange, whole } from './values.js'

const json = { help: 'one JSON document on standard output', session: true } as const
const seed = { value: 'n', help: `random seed, ${seedRange}`, parse: whole(0), default: 1 } as const
const format = {
  value: 'name',
  help: 'how tables are printed; json is the document of --json',
  choices: [...tableFormats, 'json'],
  default: 'table',
  conflicts: ['json'],
  session: true,
} as const
const workers = {
  value: 'n',
  help: 'worker threads',
  parse: whole(1),
  usual: 'number of cores',
  session: true,
} as const
const strict = {
  help: 'exit with 1 also if a claim is inconclusive or inapplicable',
  session: true,
} as const
const experiment = {
  name: 'id',
  help: 'experiment id, as printed by list',
  experiment: true,
} as const
const listHint = 'nonconvex list prints the ids'

export const listCommand = declare({
  name: 'list',
  about: 'list all experiments, a line each: id and claim',
  arguments: [],
  flags: {
    long: { help: 'whole claims, with their sources' },
    format,
    json,
  },
  help: `Examples:
  nonconvex list --long
  nonconvex list --format csv > experiments.csv`,
})

export const showCommand = declare({
  name: 'show',
  about: 'describe one experiment: statement, claims, parameters, expected time',
  arguments: [experiment],
  flags: { json },
  hint: listHint,
})

export const runCommand = declare({
  name: 'run',
  about: 'run one experiment and decide its claims',
  arguments: [experiment],
  flags: {
    preset: { value: 'name', choices: ['quick', 'full'], help: 'parameter preset' },
    quick: { help: 'same as --preset quick', conflicts: ['preset', 'full'], session: true },
    full: { help: 'same as --preset full', conflicts: ['preset'], session: true },
    set: { value: 'name=value', help: 'set a parameter', repeated: true },
    params: {
      value: 'file',
      help: 'parameters as JSON or YAML, a name and its value each; --set overrides them',
      parse: file,
    },
    seed,
    out: {
      value: 'dir',
      help: 'output folder: result.json, figures (SVG, PNG), tables (CSV, Parquet)',
      parse: folder,
    },
    format,
    json: { help: 'only the result document, on standard output', session: true },
    workers,
    resume: { help: 'continue an interrupted run in --out', needs: ['out'] },
    force: {
      help: 'write to a non-empty --out; only files written by nonconvex are replaced',
      needs: ['out'],
      session: true,
    },
    strict,
  },
  help: `Examples:
  nonconvex run gaussian/gd-rate --set k=10 --set starts=20 --seed 7 --out my-run
  nonconvex run gaussian/gd-rate --params my-params.yaml --format md`,
  hint: `${listHint}, nonconvex show <id> the parameters; --set name=value sets one`,
})

export const reproduceCommand = declare({
  name: 'reproduce',
  about: 'run all experiments and write one report, index.html',
  arguments: [],
  flags: {
    quick: { help: 'small presets (default)', conflicts: ['full'] },
    full: { help: 'large presets' },
    only: {
      value: 'glob',
      help: "only these experiments, as in 'gaussian/*'",
      experiment: true,
      repeated: true,
    },
    seed,
    out: { value: 'dir', help: 'output folder of the report', parse: folder, default: 'report' },
    viewer: { help: 'copy the viewer to viewer/ and link each figure to it' },
    workers,
    resume: { help: 'continue an interrupted run (also without this flag)' },
    force: {
      help: 'start over, in any folder; only files written by nonconvex are replaced',
      session: true,
    },
    strict,
  },
  help: ({ experiments }: Host) => {
    const expected = (preset: 'quick' | 'full'): string =>
      formatSeconds(
        experiments.reduce((sum, { expectedSeconds }) => sum + expectedSeconds[preset], 0),
      )
    return `Examples:
  nonconvex reproduce --out report
  nonconvex reproduce --full --only 'gaussian/*' --only overparam/mnist --seed 7 --out full

Expected time on one core: about ${expected('quick')} for --quick, ${expected('full')} for --full.`
  },
})

export const verifyCommand = declare({
  name: 'verify',
  about: 'check a result without trusting the program run that wrote it',
  arguments: [
    {
      name: 'path',
      help: 'a result.json, or - for standard input; an output folder of run or reproduce, or a model folder of fit',
      parse: document,
    },
  ],
  flags: {
    json,
    workers,
    strict: {
      help: 'exit with 1 also if a result is partial or there is a note on it',
      session: true,
    },
  },
  help: `Every row is recomputed from its seed or replayed from its witness, some are also checked
independently; nonconvex show <id> says which. In a folder, figures, tables and the report page
are regenerated and compared. In a model folder, hashes are compared and the guarantees are
recomputed from the recorded counts. A note is what could not be checked this time; --strict
fails on it. A scope is what verify never checks of this kind; --strict does not fail on it.

Examples:
  nonconvex verify report
  nonconvex verify my-run/result.json --json

Exit status: 1 a result or a file is rejected, or there is a note on it and --strict;
2 one cannot be read.`,
  hint: 'nonconvex run <id> --out DIR writes a result; nonconvex verify DIR checks it',
})

export const benchCommand = declare({
  name: 'bench',
  about: 'compare the speed with PyTorch, NumPy and plain tfjs, where installed (in a clone)',
  arguments: [
    { name: 'name', help: 'one benchmark; default: all, which takes minutes', optional: true },
  ],
  flags: { json },
  help: `Results are compared before anything is timed.
NONCONVEX_PYTHON sets the Python interpreter; default: every python3 found is tried.

Exit status: 1 a result differs; 3 a compared program failed.`,
  hint: 'without a name all benchmarks run',
})

export const viewCommand = declare({
  name: 'view',
  about: 'serve the interactive pages to a browser on this machine, until Ctrl-C',
  arguments: [],
  flags: {
    port: {
      help: 'port of 127.0.0.1; 0: any that is free',
      value: 'n',
      parse: whole(0, 65535),
      default: 8080,
    },
  },
  help: `Prints the address to open. Nothing is sent to other machines, and none can reach it.`,
  hint: 'nonconvex view --port 0',
})

const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

export const completionCommand = declare({
  name: 'completion',
  about: 'print a script that completes commands, flags and experiments in a shell',
  arguments: [{ name: 'shell', help: 'the shell that you use', choices: shells }],
  flags: {},
  help: `To try it, and to keep it:
  source <(nonconvex completion bash)      nonconvex completion bash >> ~/.bashrc
  source <(nonconvex completion zsh)       nonconvex completion zsh >> ~/.zshrc
  nonconvex completion fish | source       nonconvex completion fish > ~/.config/fish/completions/nonconvex.fish`,
  hint: 'nonconvex completion bash',
})
export type ListFlags = FlagsOf<typeof listCommand>
export type RunFlags = FlagsOf<typeof runCommand>
export type VerifyFlags = FlagsOf<typeof verifyCommand>
export type ReproduceFlags = FlagsOf<typeof reproduceCommand>
