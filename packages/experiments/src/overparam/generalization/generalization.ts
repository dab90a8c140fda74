import { defineExperiment, type Experiment } from '../../define/experiment.js'
import { source } from '../source.js'
import type { SampleRow } from './measure.js'
import {
  generalizationCells,
  generalizationParams,
  type GeneralizationCell,
  type GeneralizationParams,
} from './params.js'

/** What a run promises of new examples, on a population whose every point is known. */
export const generalizationExperiment: Experiment = defineExperiment<
  GeneralizationParams,
  GeneralizationCell,
  SampleRow
>({
  id: 'overparam/generalization',
  part: 'generalisation',
  name: 'Guarantees',
  title: 'The examples that were updated bound the error on new ones, at every width',
  about:
    'Examples that never caused an update can be left out: training on the others along the same order gives the same network, bit for bit. So the few updated examples are a code for the network, and all others test it; the bound that follows has no $k$ in it. Examples are drawn from a finite population, so that the true error is counted, not estimated, and hundreds of samples show how often each guarantee fails.',
  formula:
    '\\Pr\\bigl(y N(x) < 1\\bigr) \\;\\le\\; 1 - \\exp\\Bigl(-\\frac{\\ln\\binom{T}{c} + \\ln n + \\ln\\frac1\\delta}{m\\,(T-c)}\\Bigr), \\qquad m = \\lfloor n/T\\rfloor',
  symbols: [
    { tex: 'c', text: 'number of distinct examples ever updated' },
    {
      tex: 'T',
      text: 'number of blocks, the best for this $n$, $c$, $\\delta$; $T = n$ is the bound by the subset',
    },
    { tex: 'm', text: 'examples in a block' },
  ],
  source,
  params: generalizationParams,
  presets: {
    quick: { n: [100, 300, 1000], k: 10, draws: 20, population: 5000 },
    full: {},
  },
  expectedSeconds: { quick: 4, full: 60 },
  cells: generalizationCells,
  work: () => import('./work.js'),
})
