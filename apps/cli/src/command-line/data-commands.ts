import { decoders, multilabelDefaults } from '@nonconvex/structured/multilabel'
import { networkDefaults } from '@nonconvex/structured/network'
import { dataFormats } from '@nonconvex/overparam/tabular'
import { multilabelFormats } from '../multilabel/multilabel-format.js'
import { sceneFormats } from '../scenes/scene-format.js'
import { attentions, measuredTasks, sceneModelNames, splits, tasks } from '../scenes/tasks.js'
import { declare, type FlagsOf } from './declaration.js'
import { delta, json, modelForce, modelJson, modelOut, tables } from './shared-flags.js'
import {
  dataFile,
  file,
  folder,
  notNegative,
  positiveReal,
  probability,
  real,
  seedRange,
  whole,
  wholes,
} from './values.js'

const labelsFile = {
  value: 'file',
  help: 'label file of an IDX image file',
  parse: dataFile,
} as const
const inclusive = {
  help: 'box corners include the last pixel (default for Visual Genome only)',
  no: 'box corners exclude the last pixel',
} as const
const split = (usual: string) =>
  ({ value: 'part', help: 'part of VG150 to read', choices: splits, usual }) as const
const integerBoxes = {
  help: 'round VG150 box corners down to integers, as the published readers do',
} as const
const anyFormat = {
  value: 'name',
  help: 'format of DATA',
  choices: [...dataFormats, 'arff', 'xmc', ...sceneFormats],
  usual: 'by file name and first bytes',
} as const
const sceneTask = {
  value: 'name',
  help: 'scenes: classes are given (predcls) or predicted from objectLogits (sgcls)',
  choices: tasks,
  usual: 'by the fields of the data',
} as const

export const fitSeparableCommand = declare({
  name: 'fit separable',
  about: 'classification: decide linear separability, train, and bound the test error',
  arguments: [{ name: 'data', help: 'a file of labeled examples', parse: dataFile }],
  flags: {
    label: {
      value: 'column',
      help: 'label column, by name or number',
      usual: 'label, class, target or the last',
    },
    drop: { value: 'column', help: 'column to drop', repeated: true },
    header: {
      help: 'the first line has the column names, even if they are numbers',
      no: 'CSV or TSV without column names; columns are named by their numbers',
    },
    positive: { value: 'label', help: 'label of the positive class (+1)', repeated: true },
    negative: {
      value: 'label',
      help: 'label of the negative class (−1); examples with other labels are dropped',
      repeated: true,
    },
    labels: labelsFile,
    format: { ...anyFormat, choices: dataFormats },
    standardise: {
      help: 'scale every feature to mean 0 and standard deviation 1; voids the compression bounds',
    },
    bias: { value: 'c', help: 'append the constant feature c', parse: real, usual: 'none' },
    scale: {
      value: 'c',
      help: 'multiply all features by c, chosen before seeing the data',
      parse: positiveReal,
      usual: 'from the largest norm of an example',
    },
    test: {
      value: 'file',
      help: 'held-out examples, never used for training or selection',
      parse: dataFile,
    },
    testLabels: { value: 'file', help: 'label file of an IDX --test file', parse: dataFile },
    k: { value: 'n', help: 'hidden units of each sign', parse: whole(1, 2 ** 21), default: 100 },
    seed: {
      value: 'n',
      help: `seed of initialization and order, ${seedRange}`,
      parse: whole(0),
      default: 1,
    },
    delta,
    maxSteps: { value: 'n', help: 'maximum number of SGD steps', parse: whole(1) },
    cv: {
      value: 'k',
      help: 'k-fold cross-validation besides: the mean error with an interval',
      parse: whole(2, 100),
    },
    seeds: {
      value: 'n',
      help: 'train with n seeds, from --seed on, besides: the spread over initializations',
      parse: whole(2, 100),
    },
    out: modelOut,
    force: modelForce,
    json: modelJson,
    tables,
    strict: {
      help: 'exit with 1 also if a claim is inconclusive or inapplicable',
      session: true,
    },
  },
  help: `DATA is CSV or TSV with a header, svmlight, or an IDX image file as of MNIST (with its label
file next to it, or --labels); each may be gzipped. With two labels the larger number, or the
later word, is positive. With more, up to 100, one network for each class is trained against
the rest, and the largest output is the prediction; --positive selects the positive labels
instead, against all others or those of --negative.

If the classes are not linearly separable the theorem is inapplicable: a witness is printed, and
the network is still trained, for at most 100 epochs or --max-steps steps. The same limit holds
where the theorem's bound on the updates is out of reach. Without --max-steps the data choose
one of two budgets, so every guarantee from the training examples holds at δ/2. --standardise
uses statistics of the training examples, so only held-out data (--test) can bound the error.

Examples:
  nonconvex fit separable iris.csv --label species --out my-model
  nonconvex fit separable iris.csv --positive setosa --bias 1 --out setosa
  nonconvex fit separable train-images-idx3-ubyte.gz --positive 3 --negative 5 --out digits
  nonconvex evaluate my-model more.csv`,
  hint: 'nonconvex fit separable FILE.csv; the label column is --label COLUMN',
})
export type FitSeparableFlags = FlagsOf<typeof fitSeparableCommand>

export const fitScenesCommand = declare({
  name: 'fit scenes',
  about: 'scene graphs: predict the relations between the objects of an image',
  arguments: [{ name: 'data', help: 'annotated images', parse: dataFile }],
  flags: {
    model: {
      value: 'kind',
      help: 'predictor',
      choices: sceneModelNames,
      default: 'frequency',
    },
    task: {
      value: 'name',
      help: 'what a network learns: relations with classes given (predcls), or classes, too, from objectLogits (sgcls)',
      choices: tasks,
      usual: 'by the fields of the data',
    },
    hidden: {
      value: 'n',
      help: 'hidden units of the network',
      parse: whole(1, 4096),
      usual: networkDefaults.hidden,
    },
    steps: {
      value: 'n',
      help: 'message-passing rounds',
      parse: whole(1),
      usual: networkDefaults.steps,
    },
    attention: {
      value: 'kind',
      help: 'attention weights over neighbors: one per feature, one per neighbor, or none',
      choices: attentions,
      usual: networkDefaults.attention,
    },
    rate: {
      value: 'x',
      help: 'learning rate of Adam, at most 1',
      parse: positiveReal,
      usual: networkDefaults.rate,
    },
    epochs: {
      value: 'n',
      help: 'maximum number of epochs',
      parse: whole(1),
      usual: networkDefaults.epochs,
    },
    batch: { value: 'n', help: 'batch size', parse: whole(1), usual: networkDefaults.batch },
    seed: {
      value: 'n',
      help: `seed of initialization, order and validation split, ${seedRange}`,
      parse: whole(0),
      usual: networkDefaults.seed,
    },
    format: { value: 'name', help: 'format of DATA', choices: sceneFormats, usual: 'by name' },
    split: split('train; always test for --test'),
    integerBoxes,
    classes: {
      value: 'n',
      help: 'keep the n most frequent object names, of Visual Genome and GQA',
      parse: whole(1),
      usual: 150,
    },
    predicates: {
      value: 'n',
      help: 'keep the n most frequent predicates, of Visual Genome and GQA',
      parse: whole(1),
      usual: 50,
    },
    without: { value: 'predicate', help: 'predicate to drop, of GQA', repeated: true },
    test: {
      value: 'data',
      help: 'annotated test images, never used for training or selection',
      parse: dataFile,
    },
    inclusive,
    out: modelOut,
    resume: { help: 'resume an interrupted training in --out', needs: ['out'] },
    force: modelForce,
    json: modelJson,
    tables,
  },
  help: `DATA is a file in the exchange format (NDJSON), or a published data set: VG150 (the folder of
VG-SGG.h5, VG-SGG-dicts.json and image_data.json), Visual Genome (the folder of image_data.json
and scene_graphs.json, or relationships.json and objects.json), GQA (train_sceneGraphs.json) or
VRD (annotations_train.json next to its other files). Text files may be gzipped.
nonconvex scenes --count 2 prints an example of the exchange format: a header, then one image
per line with boxes, their classes, and relations as two box indices and a predicate. Files are
streamed. Boxes outside the image or with zero area are kept; anything dropped is reported.

--model frequency is the frequency baseline (FREQ). A network starts from its log-frequencies
(or from relationLogits, where the images have them) and the box geometry; 10 % of the images
form the validation set for early stopping, and --test compares with the baseline. A checkpoint
is written at each evaluation: after Ctrl-C, the same command with --resume gives the same bytes
as an uninterrupted run.

Examples:
  nonconvex fit scenes train.ndjson --test test.ndjson --out my-scenes
  nonconvex fit scenes train.ndjson --model network --test test.ndjson --out my-network
  nonconvex predict my-scenes test.ndjson --out predicted.ndjson --pictures pictures
  nonconvex evaluate --predictions predicted.ndjson test.ndjson --train train.ndjson`,
  hint: 'nonconvex fit scenes FILE.ndjson --out MODEL',
})
export type FitScenesFlags = FlagsOf<typeof fitScenesCommand>

export const fitMultilabelCommand = declare({
  name: 'fit multilabel',
  about: 'sets of labels: predict which labels an example has, and how many',
  arguments: [{ name: 'data', help: 'a file of examples with sets of labels', parse: dataFile }],
  flags: {
    xml: {
      value: 'file',
      help: 'ARFF: the XML file with the names of the labels',
      parse: dataFile,
      usual: 'the XML file named like DATA, if there is one',
    },
    label: { value: 'name', help: 'a label, of CSV or ARFF', repeated: true },
    last: {
      value: 'n',
      help: 'ARFF: the last n attributes are the labels',
      parse: whole(1),
    },
    format: {
      value: 'name',
      help: 'format of DATA',
      choices: multilabelFormats,
      usual: 'by file name',
    },
    test: {
      value: 'file',
      help: 'held-out examples, never used for training or selection',
      parse: dataFile,
    },
    counted: {
      help: 'learn the number of labels, too, by the exact likelihood of labels and their count',
    },
    hidden: {
      value: 'n',
      help: 'hidden units; 0 trains a linear model',
      parse: whole(0, 4096),
      usual: multilabelDefaults.hidden,
    },
    dropout: {
      value: 'p',
      help: 'probability that a hidden unit is dropped in a training step',
      parse: probability,
      usual: multilabelDefaults.dropout,
    },
    epochs: {
      value: 'n',
      help: 'number of epochs',
      parse: whole(1),
      usual: multilabelDefaults.epochs,
    },
    rate: {
      value: 'x',
      help: 'learning rate of Adam',
      parse: positiveReal,
      usual: multilabelDefaults.rate,
    },
    batch: { value: 'n', help: 'batch size', parse: whole(1), usual: multilabelDefaults.batch },
    seed: {
      value: 'n',
      help: `seed of initialization, order and dropout, ${seedRange}`,
      parse: whole(0),
      default: 1,
    },
    out: modelOut,
    resume: { help: 'resume an interrupted training in --out', needs: ['out'] },
    force: modelForce,
    json: modelJson,
    tables,
  },
  help: `DATA is ARFF as of MULAN (with its XML file, named like DATA or by --xml) or MEKA, svmlight with
labels separated by commas, the format of the XMC repository, or CSV with a column of 0 and 1
for each --label; each may be gzipped. Files are streamed.

Labels are chosen from their probabilities by a threshold of 1/2, by the most likely number of
labels, or by the expected F1, as predict does by default. Labels are independent given the
features, unless --counted gives their number a distribution of its own. --test reports F1 by each
decoder, and whether the expected number of labels is right. After Ctrl-C, the same command with --resume gives
the same bytes as an uninterrupted run.

Examples:
  nonconvex fit multilabel emotions-train.arff --test emotions-test.arff --out my-emotions
  nonconvex predict my-emotions emotions-test.arff --out predicted.ndjson
  nonconvex evaluate my-emotions emotions-test.arff`,
  hint: 'nonconvex fit multilabel FILE.arff --out MODEL',
})
export type FitMultilabelFlags = FlagsOf<typeof fitMultilabelCommand>

const fitHint = 'nonconvex fit … --out MODEL writes a model'

export const predictCommand = declare({
  name: 'predict',
  about: 'apply a model: predicted labels for examples and tokens, scene graphs for images',
  arguments: [
    { name: 'model', help: 'a model folder written by fit', parse: folder },
    {
      name: 'data',
      help: 'a file of examples, sequences or scenes; their labels and relations are ignored',
      parse: dataFile,
    },
  ],
  flags: {
    format: anyFormat,
    out: { value: 'file', help: 'output file instead of standard output', parse: file },
    pictures: { value: 'dir', help: 'draw the first scene graphs as SVG', parse: folder },
    force: {
      help: 'replace --out, write to a non-empty --pictures',
      needs: ['out', 'pictures'],
      session: true,
    },
    json: { help: 'one JSON document instead of CSV, columns or NDJSON', session: true },
    decoder: {
      value: 'name',
      help: 'multilabel models: how labels are chosen from their probabilities',
      choices: decoders,
      usual: 'expected-f1',
    },
    task: sceneTask,
    split: split('test'),
    integerBoxes,
  },
  help: `Examples give one row each: line, predicted label, output. Scenes give one line per image with
the non-zero score of each predicate of each pair; the header names the task and the images that
the model was trained on. Sequences are written as they are, with the predicted label as a last
column; their labels may be left out. DATA may be a pipe, - is standard input; then --format is needed.

Examples:
  nonconvex predict my-model new.csv --out predicted.csv
  nonconvex predict my-scenes test.ndjson --out predicted.ndjson --pictures pictures`,
  hint: fitHint,
})
export type PredictFlags = FlagsOf<typeof predictCommand>

export const evaluateCommand = declare({
  name: 'evaluate',
  about: 'measure a model on labeled examples (error) or scenes (recall), or given predictions',
  usage: '[options] <model> <data> | --predictions <file> <data>',
  arguments: [
    {
      name: 'model',
      help: 'a model folder written by fit; omitted with --predictions',
      optional: true,
      parse: dataFile,
    },
    {
      name: 'data',
      help: 'held-out labeled examples or sequences, or annotated scenes',
      optional: true,
      parse: dataFile,
    },
  ],
  flags: {
    format: anyFormat,
    predictions: {
      value: 'file',
      help: 'scene graphs or sets of labels predicted by any program',
      parse: dataFile,
    },
    train: {
      value: 'data',
      help: 'training scenes of --predictions, for zero-shot recall',
      parse: dataFile,
    },
    trainSplit: {
      value: 'part',
      help: 'part of VG150 read by --train',
      choices: splits,
      usual: 'as named by the predictions, or train',
    },
    label: {
      value: 'column',
      help: 'label column; each of them, with --predictions of CSV',
      usual: 'as in the training data',
      repeated: true,
    },
    labels: labelsFile,
    delta,
    inclusive,
    json,
    tables,
    task: {
      ...sceneTask,
      help: 'scenes: predcls, sgcls; with --predictions also sggen, preddet, phrdet',
      choices: measuredTasks,
      usual: 'by the fields of the data, or the header of the predictions',
    },
    split: split('test'),
    integerBoxes,
  },
  help: `FILE of --predictions has one line per image with id, width, height, boxes, classes (or
objectLogits) and, for the listed pairs, relationScores [subject, object, predicate, score] or
relationLogits [subject, object, [logits]]; what is not listed has score 0. Images of DATA
without a line have recall 0. DATA or FILE may be a pipe, - is standard input; a pipe as DATA
needs --format.

If DATA has sets of labels (ARFF, svmlight, XMC, CSV), FILE is CSV with a column for each label and
a row for each example, of probabilities or of 0 and 1, or one JSON object per line with labels, a
list of names, as predict writes it.

Examples:
  nonconvex evaluate my-scenes test.ndjson
  nonconvex evaluate --predictions predicted.ndjson test.ndjson --train train.ndjson
  nonconvex evaluate --predictions predicted.csv emotions-test.arff`,
  hint: fitHint,
})
export type EvaluateFlags = FlagsOf<typeof evaluateCommand>

/** Flags of every command that reads scenes. */
export type SceneFlags = Pick<PredictFlags, 'format' | 'split' | 'integerBoxes' | 'task'>
/** Flags of `evaluate` with a model, which predicts fewer tasks than can be evaluated. */
export type ModelEvaluationFlags = Omit<EvaluateFlags, 'task' | 'label'> &
  SceneFlags & { readonly label?: string }

/** The default settings of the simulated detector of `scenes --detections`. */
export const detectionDefaults = { miss: 0.1, jitter: 0.05, spurious: 0.5 } as const

const margin = (help: string, usual: number) =>
  ({
    value: 's',
    help: `${help}, in units of the detector noise`,
    parse: notNegative,
    usual,
  }) as const

export const scenesCommand = declare({
  name: 'scenes',
  about: 'generate synthetic annotated scenes as NDJSON, to try fit scenes, predict and evaluate',
  arguments: [],
  flags: {
    count: { value: 'n', help: 'number of scenes', parse: whole(1), default: 500 },
    seed: { value: 'n', help: `random seed, ${seedRange}`, parse: whole(0), default: 1 },
    pairMargin: margin('separation of classes', 4),
    innerMargin: margin('separation of confusable classes', 0.5),
    relationMargin: margin('separation of predicates', 3),
    kept: {
      value: 'p',
      help: 'probability that a relation is annotated',
      parse: probability,
      usual: 0.7,
    },
    detections: {
      help: 'write detections of those scenes, for SGGen: boxes and scores, no annotations',
    },
    miss: {
      needs: ['detections'],
      value: 'p',
      help: '--detections: probability of a missed box',
      parse: probability,
      usual: detectionDefaults.miss,
    },
    jitter: {
      needs: ['detections'],
      value: 's',
      help: '--detections: noise of the corners, relative to the side of the box',
      parse: notNegative,
      usual: detectionDefaults.jitter,
    },
    spurious: {
      needs: ['detections'],
      value: 'n',
      help: '--detections: mean number of false boxes per scene',
      parse: notNegative,
      usual: detectionDefaults.spurious,
    },
    out: { value: 'file', help: 'output file instead of standard output', parse: file },
    pictures: { value: 'dir', help: 'draw the first 20 scenes as SVG', parse: folder },
    force: {
      help: 'replace --out, write to a non-empty --pictures',
      needs: ['out', 'pictures'],
      session: true,
    },
  },
  help: `Streets, kitchens, parks, offices and beaches with 3 to 12 objects of 32 classes, relations as
annotated by people, and detector scores of every object and pair. Ten pairs of classes are
hardly distinguishable by the detector, so that their context has to decide. Other margins and
--kept keep the scenes; scene t does not depend on --count.

Examples:
  nonconvex scenes --out train.ndjson --count 2000 --seed 1
  nonconvex scenes --out test.ndjson --count 500 --seed 2 --pictures pictures
  nonconvex fit scenes train.ndjson --test test.ndjson --out my-scenes`,
  hint: 'nonconvex scenes --out FILE.ndjson --count 500 --seed 1',
})
export type ScenesFlags = FlagsOf<typeof scenesCommand>

/** Most nodes of a graph that is tried; the number of its pairs grows quadratically. */
const LARGEST = 200

export const checkInvarianceCommand = declare({
  name: 'check-invariance',
  about: 'test whether your own function of graphs depends on the order of the nodes',
  arguments: [
    { name: 'model', help: 'an ES module (.mjs) that exports the function', parse: dataFile },
  ],
  flags: {
    export: {
      value: 'name',
      help: 'export to check',
      usual: 'default, F, or the only function',
    },
    nodes: { value: 'd', help: 'number of node features', parse: whole(0), default: 1 },
    edges: { value: 'e', help: 'number of edge features', parse: whole(0), default: 1 },
    sizes: {
      value: 'list',
      help: 'numbers of nodes to try',
      parse: wholes(0, LARGEST),
      default: [1, 2, 3, 5, 8] as readonly number[],
    },
    trials: {
      value: 'n',
      help: 'graphs of each size; 48 cover all kinds of ties',
      parse: whole(1),
      default: 50,
    },
    tol: {
      value: 'x',
      help: 'tolerated change of an output (an entry of the labels), relative to 1 + its largest value',
      parse: notNegative,
      default: 1e-9,
    },
    exact: { help: 'labels must be equal', conflicts: ['tol'] },
    timeout: {
      value: 's',
      help: 'seconds allowed for loading MODEL and for each call',
      parse: positiveReal,
      default: 30,
    },
    seed: { value: 'n', help: `seed of the graphs, ${seedRange}`, parse: whole(0), default: 1 },
    outputs: {
      value: 'which',
      help: 'labels to compare',
      choices: ['nodes', 'edges', 'both'],
      default: 'both',
    },
    json,
  },
  help: `MODEL is an ES module; its default export, the export named F, or its only exported function is
called as

  F({ nodes, edges, mask }) → { nodes?, edges?, graph? }

nodes: n lists of numbers; edges[i][j]: a list of numbers; mask[i][j]: 1 if the ordered pair
(i, j) exists, else 0. It returns a label for each node, one for each pair (n lists of n), one
list of numbers for the graph; a label is a number, a string, a boolean, or a list of these.
Every call receives copies. The function must be synchronous and deterministic: disable dropout.
Its own output goes to standard error.

The graphs have many ties (equal nodes, edge features 0 or 1, few pairs, none), which expose
hidden use of node positions. Use --tol 1e-4 for float32 functions, --exact for discrete labels.
Exit status: 0 no violation found, which is evidence, not proof; 1 a counterexample, shrunk to
minimal; 2 MODEL cannot be checked.

Example:
  nonconvex check-invariance model.mjs --nodes 3 --edges 2 --tol 1e-4`,
  hint: 'MODEL.mjs exports a function of ({ nodes, edges, mask }) that returns { nodes: [one label per node] }',
})
export type CheckInvarianceFlags = FlagsOf<typeof checkInvarianceCommand>
