import { Option, type Command } from 'commander'
import {
  collect,
  dataFile,
  folder,
  notNegative,
  positiveReal,
  probability,
  whole,
} from './arguments.js'
import { lazily } from './lazily.js'
import type { MakeAction } from './own-data.js'
import { detectionDefaults } from './scenes/detection-defaults.js'
import { attentions, networkDefaults } from './scenes/network-options.js'
import { measuredTasks, splits, tasks } from './scenes/scene-flags.js'
import { sceneFormats } from './scenes/scene-format.js'
import { sceneModels } from './scenes/scene-models.js'

const help = `
DATA is a file of our exchange format (NDJSON), or as published: VG150 (the folder of VG-SGG.h5, VG-SGG-dicts.json and
image_data.json), Visual Genome (the folder of image_data.json and scene_graphs.json, or relationships.json and
objects.json), GQA (train_sceneGraphs.json), VRD (annotations_train.json beside its other files); text also as .gz.
nonconvex scenes --count 2 writes an example of our format: a header, then an image a line, with its boxes, their classes,
and relations as places of two boxes and a predicate. Files are read in pieces. Boxes outside the image or without area are kept; what is left out is said.

--model frequency counts. A network starts from these counts (or relationLogits, where the images have them) and from where
the boxes are; a tenth of the images chooses when it is best, and --test tells how good it is beside the counts. It is kept
at each look: after Ctrl-C the same command with --resume ends in the same bytes as if there had been no stop.

Examples:
  nonconvex fit scenes train.ndjson --test test.ndjson --out my-scenes
  nonconvex fit scenes train.ndjson --model network --test test.ndjson --out my-network
  nonconvex predict my-scenes test.ndjson --out predicted.ndjson --pictures pictures
  nonconvex evaluate --predictions predicted.ndjson test.ndjson --train train.ndjson`

const split = (usual: string) =>
  new Option('--split <part>', `part of VG150; default: ${usual}`).choices(splits)
const integerBoxes = () =>
  new Option('--integer-boxes', 'corners of VG150 cut to integers, as the published readers do')

/** An option of networks with its default. */
const option = (
  flags: string,
  about: string,
  name: keyof typeof networkDefaults,
  parse: (text: string) => number,
) => new Option(flags, `${about}; default: ${networkDefaults[name]}`).argParser(parse)

/** Options of predict and evaluate that only scenes have. */
export const sceneOptions = (
  task: Option = new Option(
    '--task <name>',
    'of scenes: classes are given (predcls), or read off objectLogits (sgcls); default: by what is there',
  ).choices(tasks),
): readonly Option[] => [task, split('test'), integerBoxes()]

/** The tasks of evaluate: more, if predictions are at hand. */
export const measuredTask = (): Option =>
  new Option(
    '--task <name>',
    'of scenes: predcls, sgcls (default: by what is there); of --predictions also sggen, preddet, phrdet (default: as their header says, or as they are)',
  ).choices(measuredTasks)

/** `fit scenes`. */
export function addFitScenes(fit: Command, action: MakeAction): void {
  fit
    .command('scenes')
    .description('scene graphs: which relations hold between the objects of an image')
    .argument('<data>', 'annotated images', dataFile)
    .addOption(
      new Option('--model <kind>', 'what predicts')
        .choices([...sceneModels.keys()])
        .default('frequency'),
    )
    .addOption(
      new Option(
        '--task <name>',
        'what a network learns: relations where classes are given (predcls), or classes, too, from objectLogits (sgcls); default: by what is there',
      ).choices(tasks),
    )
    .addOption(option('--hidden <n>', 'hidden units of a network', 'hidden', whole(1, 4096)))
    .addOption(option('--steps <n>', 'rounds in which it improves its scores', 'steps', whole(1)))
    .addOption(
      new Option(
        '--attention <kind>',
        `how it weighs neighbours; default: ${networkDefaults.attention}`,
      ).choices(attentions),
    )
    .addOption(option('--rate <x>', 'step size of Adam, at most 1', 'rate', positiveReal))
    .addOption(option('--epochs <n>', 'passes over the images at most', 'epochs', whole(1)))
    .addOption(option('--batch <n>', 'images in a step of Adam', 'batch', whole(1)))
    .addOption(option('--seed <n>', 'seed of start, order and split', 'seed', whole(0)))
    .addOption(
      new Option('--format <name>', 'what DATA is; default: by its name').choices(sceneFormats),
    )
    .addOption(split('train; of --test always test'))
    .addOption(integerBoxes())
    .addOption(
      new Option(
        '--classes <n>',
        'most frequent names of objects to keep, of Visual Genome and GQA; default: 150',
      ).argParser(whole(1)),
    )
    .addOption(
      new Option('--predicates <n>', 'the same of relations; default: 50').argParser(whole(1)),
    )
    .option('--without <predicate>', 'predicate to leave out, of GQA (may be repeated)', collect)
    .option('--test <data>', 'annotated images that nothing is chosen by', dataFile)
    .option('--inclusive', 'the last pixel of a box counts; default for Visual Genome only')
    .option('--no-inclusive', 'it does not')
    .option(
      '--out <model>',
      'folder for model.json, weights.safetensors and the report, index.html',
      folder,
    )
    .option('--resume', 'go on with an interrupted training in --out')
    .option(
      '--force',
      'write into --out even if something is there; only files of ours are replaced',
    )
    .option('--json', 'the document of model.json, alone, on standard output')
    .addHelpText('after', help)
    .action(action(lazily(async () => (await import('./commands/fit-scenes.js')).fitScenes)))
}

const synthetic = `
Streets, kitchens, parks, offices and beaches with 3 to 12 objects of 32 classes, relations as annotators write them
down, and what a detector says of each object and each pair: it can hardly tell ten pairs of classes apart, so that
the rest of the scene has to. Other margins and --kept keep the scenes; scene t is the same whatever --count is.

Examples:
  nonconvex scenes --out train.ndjson --count 2000 --seed 1
  nonconvex scenes --out test.ndjson --count 500 --seed 2 --pictures pictures
  nonconvex fit scenes train.ndjson --test test.ndjson --out my-scenes`

/** `scenes`. */
export function addScenes(program: Command, action: MakeAction): void {
  const margin = (name: string, what: string, value: number) =>
    new Option(
      `--${name}-margin <s>`,
      `${what}, in units of the detector's noise; default: ${value}`,
    ).argParser(notNegative)
  program
    .command('scenes')
    .description('synthetic annotated scenes as NDJSON, to try fit scenes, predict and evaluate on')
    .addOption(new Option('--count <n>', 'how many').argParser(whole(1)).default(500))
    .addOption(new Option('--seed <n>', 'seed of all randomness').argParser(whole(0)).default(1))
    .addOption(margin('pair', 'how far classes lie apart', 4))
    .addOption(margin('inner', 'how far those lie apart that are hard to tell', 0.5))
    .addOption(margin('relation', 'how far predicates lie apart', 3))
    .addOption(
      new Option(
        '--kept <p>',
        'probability that annotators write a relation down; default: 0.7',
      ).argParser(probability),
    )
    .option(
      '--detections',
      'what a detector finds in those scenes, for SGGen: its boxes and scores, no truth',
    )
    .addOption(
      new Option(
        '--miss <p>',
        `of --detections: probability that it misses a box; default: ${detectionDefaults.miss}`,
      ).argParser(probability),
    )
    .addOption(
      new Option(
        '--jitter <s>',
        `how far it moves corners, in parts of the side of the box; default: ${detectionDefaults.jitter}`,
      ).argParser(notNegative),
    )
    .addOption(
      new Option(
        '--spurious <n>',
        `boxes of nothing in each scene, on average; default: ${detectionDefaults.spurious}`,
      ).argParser(notNegative),
    )
    .option('--out <file>', 'write there instead of standard output')
    .option('--pictures <dir>', 'the first 20 scenes as SVG', folder)
    .option('--force', 'replace --out, write into --pictures')
    .addHelpText('after', synthetic)
    .action(action(lazily(async () => (await import('./commands/scenes.js')).scenes)))
}
