import { experiment, type ParamsOf } from '../../define/definition.js'
import { count } from '../../define/fields.js'
import { hiddenUnits, learningRate, trainingGraphs } from '../fields.js'
import { source } from '../source.js'

/** The networks, each a part, with their names in tables and figures. */
export const names = {
  local: 'invariant, per-node form',
  literal: 'invariant, theorem form',
  dense: 'fully connected',
  'lstm-after': 'LSTM after hidden layers',
  'lstm-raw': 'LSTM on raw inputs',
} as const

export type Model = keyof typeof names

export const models = Object.keys(names) as readonly Model[]

/** A cell for each number of training graphs, in ascending order. */
const sizes = (all: readonly number[]) =>
  [...all].sort((a, b) => a - b).map((graphs) => ({ graphs }))

/** Sample complexity of learning to count, by architecture. */
export const counting = experiment({
  id: 'structured/counting',
  part: 'architecture',
  name: 'Counting',
  title: 'The invariant network exceeds a dense network with a tenth of the training graphs',
  about:
    'The label of each node of a random graph is the number of its neighbors of its own class. ' +
    'The invariant network with the per-node form learns this from 100 graphs, up to an error rate of one or two percent; the theorem’s form cannot, as all nodes of a class in a graph get the same label. ' +
    'A fully connected network on all class and edge bits has ten to twenty times the parameters and stays close to chance. ' +
    'LSTMs in place of the sums learn the task as well, after hidden layers for the pairs even from 30 graphs, but they are not invariant: their scores depend on the reading order.',
  formula: 'y_k = \\sum_{j\\ne k} z_{kj}\\,[\\Gamma(j) = \\Gamma(k)]',
  symbols: [
    { tex: '\\Gamma', text: 'class of a node, one of five' },
    { tex: 'z_{kj}', text: 'edge bit' },
  ],
  source,
  params: {
    graphs: trainingGraphs([10, 30, 100, 300, 1000, 3000]),
    steps: count(2000, 100_000, 'steps of Adam', { min: 5 }),
    batch: count(50, 1000, 'batch size'),
    rate: learningRate(1e-3, ' for all networks; the last fifth of the steps uses a tenth of it'),
    hidden: hiddenUnits(64, 512, ' of the invariant layer'),
    dense: count(
      512,
      2048,
      'width of each of the two hidden layers of the fully connected network',
      { min: 2 },
    ),
    test: count(1000, 100_000, 'test graphs', { min: 10 }),
    lstm: trainingGraphs([10, 30, 100, 1000], ' of the networks with LSTMs'),
    lstmSteps: count(
      1500,
      100_000,
      'number of Adam steps for the networks with LSTMs, with batch size 25',
      { min: 5 },
    ),
    state: count(
      48,
      512,
      'state size of the LSTMs that read raw features; LSTMs after hidden layers have the size of these layers',
      { min: 2 },
    ),
  },
  presets: {
    quick: {
      // a larger rate and smaller batches learn as much in a fifth of the time
      graphs: [100, 1000],
      steps: 600,
      batch: 25,
      rate: 5e-3,
      hidden: 48,
      dense: 256,
      test: 200,
      lstm: [100],
      lstmSteps: 200,
      state: 24,
    },
    full: {},
  },
  expectedSeconds: { quick: 9, full: 350 },
  cells: {
    local: (p) => sizes(p.graphs),
    literal: (p) => sizes(p.graphs),
    dense: (p) => sizes(p.graphs),
    'lstm-after': (p) => sizes(p.lstm),
    'lstm-raw': (p) => sizes(p.lstm),
  },
})

export type Params = ParamsOf<typeof counting>
