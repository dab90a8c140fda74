import { defineExperiment } from '../../define/experiment.js'
import type { Experiment } from '../../define/experiment.js'
import { source } from '../source.js'
import type { CountingRow } from './measure.js'
import { countingCells, countingParams } from './params.js'
import type { CountingCell, CountingParams } from './params.js'

/** How many graphs each architecture needs to learn to count. */
export const counting: Experiment = defineExperiment<CountingParams, CountingCell, CountingRow>({
  id: 'structured/counting',
  part: 'architecture',
  name: 'Counting',
  title: 'An invariant network does better with a tenth of the graphs than a dense one with all',
  about:
    'Each node of a random graph is to be labelled with the number of its neighbours of its own class. ' +
    'The invariant network with the local read-out learns it exactly from a hundred graphs; with the literal read-out of the theorem it cannot, as nodes of one class get one answer. ' +
    'A fully connected network on all class and edge bits has ten times the parameters, fits what it has seen, and stays close to guessing.',
  formula: 'y_k = \\sum_{j\\ne k} z_{kj}\\,[\\Gamma(j) = \\Gamma(k)]',
  symbols: [
    { tex: '\\Gamma', text: 'class of a node, one of five' },
    { tex: 'z_{kj}', text: 'edge bit' },
  ],
  source,
  params: countingParams,
  presets: {
    quick: { graphs: [100, 1000], steps: 1500, hidden: 48, dense: 256, test: 300 },
    full: {},
  },
  expectedSeconds: { quick: 15, full: 300 },
  cells: countingCells,
  work: () => import('./work.js'),
})
