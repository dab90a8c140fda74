import { defineExperiment, type Experiment } from '../../define/experiment.js'
import type { RunRow } from '../runs/run-cell.js'
import { source } from '../source.js'
import { mnistCells, mnistParams, type MnistCell, type MnistParams } from './params.js'

/** The size sweep on handwritten digits. */
export const mnistExperiment: Experiment = defineExperiment<MnistParams, MnistCell, RunRow>({
  id: 'overparam/mnist',
  part: 'generalisation',
  name: 'MNIST',
  title: 'On handwritten digits a wider network needs no more updates and does not over-fit',
  about:
    'Two groups of real digits are told apart by networks of two to hundreds of hidden units, trained until every training digit is right with margin 1, that is to a loss of exactly 0. The number of updates stays below a bound that does not depend on the width $k$. With dozens of parameters for each training digit the error on new digits is no larger than with two units.',
  formula:
    'U \\;\\le\\; \\max_{t}\\Bigl\\{\\, t : (F_0+gA)^2 \\le L\\,(S_0+hA+ct),\\; 2k\\alpha t\\le A\\le 2kt \\Bigr\\}',
  symbols: [
    { tex: 'U', text: 'number of updates: visits of a digit with $y N(x) < 1$' },
    { tex: 'A', text: 'sum of the slopes over the updates' },
    { tex: 'F_0,\\,S_0', text: '$\\langle W_0, W^*\\rangle$ and $\\|W_0\\|^2$' },
    { tex: 'g,\\,L', text: '$\\eta v\\gamma$ and $2k\\|w^*\\|^2$' },
    {
      tex: 'h,\\,c',
      text: '$\\eta^2v^2R^2(1+\\alpha)$ and $2\\eta-2k\\alpha\\eta^2v^2R^2$; $v = 1/\\sqrt{2k}$',
    },
  ],
  source,
  params: mnistParams,
  presets: {
    quick: {},
    full: { k: [1, 3, 10, 30, 100, 300, 1000], seeds: 3 },
  },
  expectedSeconds: { quick: 16, full: 48 },
  cells: mnistCells,
  work: () => import('./work.js'),
})
