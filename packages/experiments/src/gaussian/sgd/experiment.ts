import { defineExperiment, type Experiment } from '../../define/experiment.js'
import type { SGDRow } from './measure.js'
import { sgdCells, sgdParams, type SGDCell, type SGDParams } from './params.js'

/** SGD with fresh samples, and fixed samples beside the population. */
export const sgdExperiment: Experiment = defineExperiment<SGDParams, SGDCell, SGDRow>({
  id: 'gaussian/sgd',
  part: 'optimisation',
  name: 'SGD',
  title: 'SGD with fresh samples reaches the teacher at a constant step',
  about:
    'In practice the mean over all inputs is not known, and each step uses a few fresh ones. ' +
    'The sampled gradient is right on average, and since the teacher makes no errors its noise vanishes at $w^*$: a constant step converges, if it is shorter the smaller the batch. ' +
    'The loss of a fixed sample, too, tends to that of the population as the sample grows, and descent on it finds the teacher from a few times $m$ examples on.',
  formula:
    'w \\leftarrow w - \\frac{\\eta}{B}\\sum_{b=1}^{B}\\nabla_w\\big(f(x_b;w) - f(x_b;w^*)\\big)^2,\\qquad \\eta = \\frac{0.8}{c}\\,\\min\\Big(1, \\frac{B}{2m}\\Big)',
  symbols: [
    { tex: 'w', text: 'filter of the network being trained' },
    { tex: 'w^*', text: 'filter of the teacher, of length 1' },
    { tex: 'x_b', text: 'fresh standard normal inputs' },
    { tex: 'c', text: 'largest curvature of the population loss' },
    { tex: '\\eta', text: 'step size; this one is a rule of thumb, not a theorem' },
  ],
  source: { paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966' },
  params: sgdParams,
  presets: {
    quick: {
      seeds: 40,
      batch: [8, 32],
      samples: 20_000,
      fixed: [5, 8, 10, 15, 20, 50],
      fixedSeeds: 50,
    },
    full: { seeds: 100 },
  },
  expectedSeconds: { quick: 1.5, full: 4 },
  cells: sgdCells,
  work: () => import('./work.js'),
})
