import { defineExperiment, type Experiment } from '../../define/experiment.js'
import { source } from '../source.js'
import type { InductiveBiasRow } from './measure.js'
import {
  inductiveBiasCells,
  inductiveBiasParams,
  type InductiveBiasCell,
  type InductiveBiasParams,
} from './params.js'

/** What kind of function SGD ends at: how linear, of which rank. */
export const inductiveBiasExperiment: Experiment = defineExperiment<
  InductiveBiasParams,
  InductiveBiasCell,
  InductiveBiasRow
>({
  id: 'overparam/inductive-bias',
  part: 'generalisation',
  name: 'Inductive bias',
  title:
    'With a kink SGD ends near a linear function, but neither at least rank nor at least trace norm',
  about:
    'Many networks fit separable data; which one does SGD find? The linear function nearest to it explains nearly all of its outputs. What SGD has learnt, $W - W_0$, has few directions from small starts and many from large ones. From the same start a change of rank 1 with a smaller trace norm fits as well, so $W - W_0$ is not the least in trace norm, nor, where the units have a kink ($\\alpha < 1$), in rank. With $\\alpha = 1$ its rank is 1. Whether less of either goes with fewer errors is measured, without a verdict.',
  formula:
    "r^2 = 1 - \\frac{\\|N - Xb\\|^2}{\\|N\\|^2}, \\qquad \\min_i y_i N(x_i; W_0 + \\Delta') = \\min_i y_i N(x_i; W), \\quad \\|\\Delta'\\|_* < \\|W - W_0\\|_*",
  symbols: [
    { tex: 'b', text: 'the linear function nearest to the network on the training points (ridge)' },
    { tex: "\\Delta'", text: 'a change of rank 1: rows $\\pm c\\,w^*/\\|w^*\\|$' },
  ],
  source,
  params: inductiveBiasParams,
  presets: {
    quick: {
      rows: [0.001, 0.1, 10],
      k: [1, 10, 100],
      alphas: [0.03, 0.3, 1],
      width: 30,
      seeds: 3,
      digits: false,
    },
    full: {},
  },
  expectedSeconds: { quick: 2, full: 40 },
  cells: inductiveBiasCells,
  work: () => import('./work.js'),
})
