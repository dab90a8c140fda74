import { defineExperiment, type Experiment } from '../../define/experiment.js'
import type { LeakyRow } from './measure.js'
import { leakyCells, leakyParams, type LeakyCell, type LeakyParams } from './params.js'

/** What a leaky ReLU does to the saddle. */
export const leaky: Experiment = defineExperiment<LeakyParams, LeakyCell, LeakyRow>({
  id: 'gaussian/leaky',
  part: 'optimisation',
  name: 'Leaky ReLU',
  title: 'The smallest leak turns the degenerate saddle into a strict one',
  about:
    'With $\\mathrm{relu}$ the saddle opposite to the teacher is so flat that gradient descent needs about $(k-1)/\\varphi_0$ steps to leave it. ' +
    'If the activation lets a share $\\lambda$ of negative inputs through, the loss is a mixture of that of $\\mathrm{relu}$ and of a linear network, and a second derivative shows the way down. ' +
    'Above a threshold of the leak the saddle is gone, and with it the peak at $0$.',
  formula:
    '\\ell_\\lambda(w) = (1-\\lambda)^2\\,\\ell(w) + \\frac{\\lambda}{k}\\lVert w - w^*\\rVert^2,\\qquad (k-1)(1-\\lambda^*)^2 = 2\\pi\\lambda^*',
  symbols: [
    { tex: '\\ell', text: 'mean squared difference from the teacher with ReLU' },
    { tex: 'w^*', text: 'filter of the teacher, of length 1' },
    { tex: '\\varphi_0', text: 'angle of the start to −w*' },
    { tex: '\\lambda^*', text: 'leak from which on there is no saddle' },
  ],
  source: { talk: 'leaky ReLU is needed in the analysis of the second part' },
  params: leakyParams,
  presets: { quick: { k: [2, 4], starts: 50 }, full: { k: [2, 4, 5, 10, 20], starts: 1000 } },
  expectedSeconds: { quick: 0.3, full: 1 },
  cells: leakyCells,
  work: () => import('./work.js'),
})
