import { defineExperiment } from '../../define/experiment.js'
import type { Experiment } from '../../define/experiment.js'
import { source } from '../source.js'
import type { InductiveBiasRow } from './measure.js'
import { inductiveBiasCells, inductiveBiasParams } from './params.js'
import type { InductiveBiasCell, InductiveBiasParams } from './params.js'

/** What kind of function SGD ends at: how linear, of which rank. */
export const inductiveBiasExperiment: Experiment = defineExperiment<
  InductiveBiasParams,
  InductiveBiasCell,
  InductiveBiasRow
>({
  id: 'overparam/inductive-bias',
  part: 'generalisation',
  name: 'Inductive bias',
  title: 'SGD ends near a linear function, but neither at least rank nor at least trace norm',
  about:
    'Many networks fit separable data; which one does SGD find? The linear function nearest to it explains nearly all of its outputs, from small starts with few directions, from large ones with many. A network of rank 1 with a smaller trace norm fits as well, so it is not the least in either. Whether less of either goes with fewer errors is measured, without a verdict.',
  formula:
    "r^2 = 1 - \\frac{\\|N - Xb\\|^2}{\\|N\\|^2}, \\qquad \\|W'\\|_* = \\frac{2\\,\\min_i y_i N(x_i)}{(1+\\alpha)\\,\\gamma}",
  symbols: [
    { tex: 'b', text: 'the linear function nearest to the network on the training points (ridge)' },
    {
      tex: "W'",
      text: 'rows $\\pm c\\,w^*/\\|w^*\\|$ with the same least margin as the network, of rank 1',
    },
  ],
  source,
  params: inductiveBiasParams,
  presets: {
    quick: {
      ...{ rows: [0.001, 0.1, 10], k: [1, 10, 100], alphas: [0.03, 0.3, 1], width: 30 },
      ...{ seeds: 3, digits: false },
    },
    full: {},
  },
  expectedSeconds: { quick: 2, full: 40 },
  cells: inductiveBiasCells,
  work: () => import('./work.js'),
})
