import { experiment, type ParamsOf } from '../../define/definition.js'
import { count, integer, real } from '../../define/fields.js'
import { hiddenUnits, initializations, learningRate, seeds } from '../fields.js'
import { dataFolder, fileCells, setsOf } from '../multilabel/sets.js'
import { predictAndConstrain as paper } from '../source.js'

/** How networks are trained, with their names. */
export const modelNames = {
  'cross-entropy': 'cross-entropy',
  published: 'published projection',
  exact: 'exact projection',
} as const

export type Model = keyof typeof modelNames

export const models = Object.keys(modelNames) as readonly Model[]

/** The models whose labels are inferred under a projection. */
export const projected = ['published', 'exact'] as const

/** What chooses labels from the outputs of each model; the last one is given the true count. */
export const ruleNames: { readonly [model in Model]: readonly string[] } = {
  'cross-entropy': ['probability ≥ 1/2', 'most likely count', 'expected F1', 'true count'],
  published: ['output ≥ 1/2', 'predicted count', 'true count'],
  exact: ['output ≥ 1/2', 'predicted count', 'true count'],
}

/** The number of labels is predicted, the labels are inferred under it, both are trained. */
export const predictAndConstrain = experiment({
  id: 'structured/predict-and-constrain',
  part: 'architecture',
  name: 'Predict and constrain',
  title: 'Trained through an exact projection, labels sum to the predicted number',
  about:
    'One network predicts scores of labels, another one their number z. The labels are found by steps of gradient ascent, each followed by a projection to labels that sum to z, and both networks are trained through all steps. ' +
    'The projection of the published program does not keep the sum, and its training makes use of that: the predicted number becomes a constant, and the outputs a learned threshold. ' +
    'With the exact projection and a loss on the number they sum to it on every example.',
  formula:
    'y \\leftarrow \\Pi_z\\big(y + v\\big),\\quad v \\leftarrow \\mu v + \\eta\\,\\partial_y\\big(u^\\top y + c^\\top \\mathrm{relu}(W^\\top y)\\big),\\qquad \\sum_i y_i = z',
  symbols: [
    { tex: 'y', text: 'labels in [0, 1]' },
    { tex: 'z', text: 'predicted number of labels' },
    { tex: 'u', text: 'predicted scores of the labels' },
    { tex: 'W', text: 'interactions of the labels, with weights c' },
    { tex: '\\Pi_z', text: 'projection to labels that sum to z' },
  ],
  source: {
    ...paper,
    ours: 'the exact projection with a loss on the count; the gradient of each step',
  },
  params: {
    train: count(2000, 100_000, 'training examples of each set, or those of the folder', {
      min: 50,
    }),
    test: count(1000, 100_000, 'test examples of each set, or those of the folder', { min: 20 }),
    epochs: count(20, 1000, 'epochs through the projections, in batches of 50'),
    steps: integer({ default: 15, min: 1, max: 100, symbol: 'T', help: 'steps of the inference' }),
    eta: real({
      default: 0.005,
      min: 1e-5,
      max: 10,
      scale: 'log',
      symbol: '\\eta',
      help: 'step size of the inference',
    }),
    hidden: hiddenUnits(150, 2000),
    crossEntropyEpochs: count(40, 1000, 'epochs with cross-entropy, in batches of 50'),
    dropout: real({
      default: 0.5,
      min: 0,
      max: 0.9,
      help: 'probability that a hidden unit is dropped in a step with cross-entropy',
    }),
    rate: learningRate(1e-3, ' with cross-entropy'),
    seeds: initializations(3, ' and orders of the examples for each set'),
    problems: count(100, 100_000, 'random problems for the gradients'),
    data: dataFolder,
    maxDigits: integer({ default: 6, min: 1, max: 12, help: 'maximum number of digits in a row' }),
  },
  presets: {
    // one step size for both small sets; without dropout and with a larger rate: few steps suffice
    quick: {
      train: 600,
      test: 400,
      epochs: 8,
      steps: 5,
      eta: 0.05,
      hidden: 24,
      crossEntropyEpochs: 25,
      dropout: 0,
      rate: 5e-3,
      seeds: 2,
      problems: 50,
    },
    full: { train: 5000, test: 5000, seeds: 5 },
  },
  expectedSeconds: { quick: 14, full: 900 },
  cells: {
    // first, so that a check first compares the files
    files: fileCells,
    training: (p) =>
      setsOf(p).flatMap((set) =>
        models.flatMap((model) => seeds(p.seeds).map(({ seed }) => ({ set, model, seed }))),
      ),
    gradients: () => projected.map((projection) => ({ projection })),
  },
})

export type Params = ParamsOf<typeof predictAndConstrain>
