import { experiment, type ParamsOf } from '../../define/definition.js'
import { count, integer, real } from '../../define/fields.js'
import { hiddenUnits, initializations, learningRate, seeds } from '../fields.js'
import { predictAndConstrain } from '../source.js'
import { dataFolder, fileCells, setsOf } from './sets.js'

/** What chooses labels; the last one is given the true count. */
export const ruleNames = {
  threshold: 'probability ≥ 1/2',
  mode: 'most likely count',
  expected: 'expected F1',
  known: 'true count',
} as const

export type Rule = keyof typeof ruleNames

export const rules = Object.keys(ruleNames) as readonly Rule[]

/** One network, several decoders. */
export const multilabel = experiment({
  id: 'structured/multilabel',
  part: 'architecture',
  name: 'Multi-label',
  title: 'The F1 score of one trained network increases with exact decoding of the count',
  about:
    'A network is trained with binary cross-entropy to predict which labels an example has. ' +
    'Labels with probability at least 1/2 maximize no F1 score: from the same probabilities the exact distribution of the count gives the most likely number of labels, and the set with the highest expected F1. ' +
    'The sets of examples are synthetic labels whose count has a direction of its own, and pictures of one to six handwritten digits in a row, whose labels are the digits that occur.',
  formula:
    '\\hat y = \\arg\\max_{\\hat y} \\sum_y p(y)\\,\\frac{2\\,\\hat y^\\top y}{\\sum_i \\hat y_i + \\sum_i y_i},\\qquad p(y) = \\prod_i p_i^{y_i}(1 - p_i)^{1 - y_i}',
  symbols: [
    { tex: 'p_i', text: 'probability of label i by the network' },
    { tex: '\\hat y', text: 'predicted labels' },
  ],
  source: {
    ...predictAndConstrain,
    paper: `${predictAndConstrain.paper}; Ye et al. (2012), Optimizing F-measures, ICML`,
    ours: 'decoders of one network, with intervals over examples and initializations',
  },
  params: {
    train: count(2000, 100_000, 'training examples of each set, or those of the folder', {
      min: 50,
    }),
    test: count(1000, 100_000, 'test examples of each set, or those of the folder', { min: 20 }),
    epochs: count(40, 1000, 'training epochs, in batches of 50'),
    hidden: hiddenUnits(150, 2000),
    dropout: real({
      default: 0.5,
      min: 0,
      max: 0.9,
      help: 'probability that a hidden unit is dropped in a training step',
    }),
    rate: learningRate(1e-3),
    seeds: initializations(3, ' and orders of the examples for each set'),
    data: dataFolder,
    maxDigits: integer({
      default: 6,
      min: 1,
      max: 12,
      help: 'maximum number of digits in a row',
    }),
  },
  presets: {
    // hidden, dropout and rate by the cross-entropy of a validation split, see decision 031
    quick: { train: 1500, test: 1500, epochs: 10, hidden: 50, dropout: 0.25, rate: 5e-3 },
    full: { train: 5000, test: 5000, seeds: 5 },
  },
  expectedSeconds: { quick: 8, full: 300 },
  cells: {
    // first, so that a check first compares the files
    files: fileCells,
    // the keys, and so the numbers, are those of an experiment with this part alone
    network: (p) =>
      setsOf(p).flatMap((set) =>
        seeds(p.seeds).map(({ seed }) => ({ key: `set=${set}/seed=${seed}`, set, seed })),
      ),
  },
})

export type Params = ParamsOf<typeof multilabel>
