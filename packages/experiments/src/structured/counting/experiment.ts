import { defineExperiment, type Experiment } from '../../define/experiment.js'
import { source } from '../source.js'
import type { CountingRow } from './measure.js'
import { countingCells, countingParams, type CountingCell, type CountingParams } from './params.js'

/** How many graphs each architecture needs to learn to count. */
export const counting: Experiment = defineExperiment<CountingParams, CountingCell, CountingRow>({
  id: 'structured/counting',
  part: 'architecture',
  name: 'Counting',
  title: 'An invariant network does better with a tenth of the graphs than a dense one with all',
  about:
    'Each node of a random graph is to be labelled with the number of its neighbours of its own class. ' +
    'The invariant network with the local read-out learns it from a hundred graphs, but for a node or two in a hundred; with the literal read-out of the theorem it cannot, as nodes of one class get one answer. ' +
    'A fully connected network on all class and edge bits has ten to twenty times the parameters and stays close to guessing. ' +
    'LSTMs in place of the sums learn it, too, after networks for the pairs even from thirty graphs; what they lack is invariance: they answer by the order in which they read.',
  formula: 'y_k = \\sum_{j\\ne k} z_{kj}\\,[\\Gamma(j) = \\Gamma(k)]',
  symbols: [
    { tex: '\\Gamma', text: 'class of a node, one of five' },
    { tex: 'z_{kj}', text: 'edge bit' },
  ],
  source,
  params: countingParams,
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
  cells: countingCells,
  work: () => import('./work.js'),
})
