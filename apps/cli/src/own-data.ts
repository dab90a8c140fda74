import { Option, type Command } from 'commander'
import type { Host } from './host.js'
import { formats } from './input/format.js'
import { lazily } from './lazily.js'
import type { Terminal } from './terminal/terminal.js'
import { addFitScenes, addScenes, measuredTask, sceneOptions } from './own-scenes.js'
import { splits } from './scenes/scene-flags.js'
import { sceneFormats } from './scenes/scene-format.js'
import { collect, dataFile, folder, fraction, positiveReal, real, whole } from './arguments.js'

/** A command's action as commander wants it. */
export type MakeAction = <A extends readonly unknown[]>(
  command: (host: Host, terminal: Terminal, ...args: A) => number | Promise<number>,
) => (...args: unknown[]) => Promise<void>

const format = () =>
  new Option('--format <name>', 'what DATA is; default: by its name and how it begins').choices(
    formats,
  )
const anyFormat = () =>
  new Option('--format <name>', 'what DATA is; default: by its name and how it begins').choices([
    ...formats,
    ...sceneFormats,
  ])
const delta = () =>
  new Option('--delta <p>', 'probability with which a guarantee may fail')
    .argParser(fraction)
    .default(0.05)

const predictHelp = `
Of scenes a line for each image with the score of each predicate of each pair that is not 0; its header says for which task
and from which images the model was made. DATA may be a pipe, - is standard input; --format says what it brings.

Examples:
  nonconvex predict my-model new.csv --out predicted.csv
  nonconvex predict my-scenes test.ndjson --out predicted.ndjson --pictures pictures`

const evaluateHelp = `
--predictions: a line for each image, with id, width, height, boxes, classes (or objectLogits) and, of pairs that are listed,
relationScores [subject, object, predicate, score], or relationLogits [subject, object, [logits]]; what is not listed has
score 0. Images of DATA without a line count 0. DATA or FILE may be a pipe, - is standard input; --format says what DATA brings.

Examples:
  nonconvex evaluate my-scenes test.ndjson
  nonconvex evaluate --predictions predicted.ndjson test.ndjson --train train.ndjson`

const separableHelp = `
DATA is CSV or TSV with a header, svmlight, or a file of images of the MNIST kind (IDX; its labels are found
beside it, or by --labels), each also as .gz. Two labels of any spelling: the larger number, or the later word,
counts +1; of more labels --positive says which count +1, against all others or those of --negative.
Without a separator the theorem does not apply, and a witness is printed; the network is trained all the same,
for at most 100 passes or --max-steps visits, as where the theorem allows more updates than can be made. Without --max-steps the examples choose one of two budgets, for which
every guarantee from the training examples gives up half of δ. --standardise measures the examples themselves, and so only a
test file can say anything of the error then.

Examples:
  nonconvex fit separable iris.csv --label species --positive setosa --bias 1 --out my-model
  nonconvex fit separable train-images-idx3-ubyte.gz --positive 3 --negative 5 --out digits
  nonconvex evaluate my-model more.csv`

/** The commands that work on a user's own examples: fit, predict, evaluate. */
export function addOwnData(program: Command, action: MakeAction): void {
  const fit = program
    .command('fit')
    .description('train on your own data, certify what can be certified, and keep the model')
  fit
    .command('separable')
    .description('two classes: is there a separator, and what follows')
    .argument('<data>', 'a file of examples', dataFile)
    .option(
      '--label <column>',
      'column of the labels, by name or number; default: label, class, target or the last',
    )
    .option('--header', 'the first line has the names, even if they are numbers')
    .option('--no-header', 'CSV or TSV without names of columns: they are called by their numbers')
    .option('--drop <column>', 'column to leave out (may be repeated)', collect)
    .option('--positive <label>', 'label that counts +1 (may be repeated)', collect)
    .option(
      '--negative <label>',
      'label that counts −1 (may be repeated); others are left out',
      collect,
    )
    .option('--labels <file>', 'labels of an IDX file of images', dataFile)
    .addOption(format())
    .option(
      '--standardise',
      'bring every feature to mean 0 and deviation 1; voids the compression bounds',
    )
    .addOption(
      new Option('--bias <c>', 'append the constant c to every example').argParser(real).default(0),
    )
    .addOption(
      new Option(
        '--scale <c>',
        'factor of all features, known before they were seen; default: from the longest row',
      ).argParser(positiveReal),
    )
    .option('--test <file>', 'examples that nothing is chosen by', dataFile)
    .option('--test-labels <file>', 'labels of an IDX file given to --test', dataFile)
    .addOption(new Option('--k <n>', 'units of each sign').argParser(whole(1)).default(100))
    .addOption(new Option('--seed <n>', 'seed of start and order').argParser(whole(0)).default(1))
    .addOption(delta())
    .addOption(
      new Option('--max-steps <n>', 'visits after which a run is ended').argParser(whole(1)),
    )
    .option(
      '--out <model>',
      'folder for model.json, weights.safetensors and the report, index.html',
      folder,
    )
    .option(
      '--force',
      'write into --out even if something is there; only files of ours are replaced',
    )
    .option('--json', 'the document of model.json, alone, on standard output')
    .option('--strict', 'status 1 also when a claim is inconclusive or inapplicable')
    .addHelpText('after', separableHelp)
    .action(action(lazily(async () => (await import('./commands/fit-separable.js')).fitSeparable)))

  addFitScenes(fit, action)

  const predicting = program
    .command('predict')
    .description('what a model says: of examples line, label, output; of images their scene graphs')
    .argument('<model>', 'a folder that fit has written')
    .argument(
      '<data>',
      'a file of examples, whose labels are not looked at, or of scenes, whose relations are not',
      dataFile,
    )
    .addOption(anyFormat())
    .option('--out <file>', 'write there instead of standard output')
    .option('--pictures <dir>', 'scene graphs of the first images as SVG', folder)
    .option('--force', 'replace --out, write into --pictures')
    .option('--json', 'one JSON document instead of CSV or NDJSON')
    .addHelpText('after', predictHelp)
    .action(action(lazily(async () => (await import('./commands/predict.js')).predict)))
  for (const option of sceneOptions()) predicting.addOption(option)

  const evaluating = program
    .command('evaluate')
    .description(
      "a model on labelled examples: errors, and what follows for new ones; or scenes: recall; or anybody's predictions",
    )
    .usage('[options] <model> <data> | --predictions <file> <data>')
    .argument('[model]', 'a folder that fit has written; left out with --predictions', dataFile)
    .argument(
      '[data]',
      'a file of labelled examples or annotated scenes that nothing was chosen by',
      dataFile,
    )
    .addOption(anyFormat())
    .option('--predictions <file>', 'scene graphs predicted by any program, as NDJSON', dataFile)
    .option('--train <data>', 'scenes that those were trained on, for zero-shot recall', dataFile)
    .addOption(
      new Option(
        '--train-split <part>',
        'part of VG150 that --train means; default: the one that the predictions say, or train',
      ).choices(splits),
    )
    .option('--label <column>', 'column of the labels; default: called as at the fit')
    .option('--labels <file>', 'labels of an IDX file of images', dataFile)
    .addOption(delta())
    .option('--inclusive', 'the last pixel of a box counts; default for Visual Genome only')
    .option('--no-inclusive', 'it does not')
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', evaluateHelp)
    .action(action(lazily(async () => (await import('./commands/evaluate.js')).evaluate)))
  for (const option of sceneOptions(measuredTask())) evaluating.addOption(option)

  addScenes(program, action)
}
