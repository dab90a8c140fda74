import { defineExperiment, type Experiment } from '../../define/experiment.js'
import type { HardnessRow } from './measure.js'
import { hardnessCells, hardnessParams, type HardnessCell, type HardnessParams } from './params.js'

/** Set splitting as a training problem. */
export const hardness: Experiment = defineExperiment<HardnessParams, HardnessCell, HardnessRow>({
  id: 'gaussian/hardness',
  part: 'optimisation',
  name: 'Hardness',
  title: 'With arbitrary inputs, training is as hard as set splitting',
  about:
    'Can the elements of a set be put into $k$ parts so that none of given subsets lies inside one part? That question is NP-complete. ' +
    'It becomes a training problem for the same small network: an example for each element and one for each subset, and loss 0 exactly if there is such a partition, which can be read off the weights. ' +
    'Gradient descent mostly fails on instances that brute force solves at once, while it learns Gaussian inputs of the same size from every start.',
  formula:
    '\\min_w \\frac{1}{n+M}\\sum_j \\big(f(x_j;w) - y_j\\big)^2 \\;\\begin{cases} = 0 & \\text{there is a splitting}\\\\ \\ge \\Gamma & \\text{there is none}\\end{cases}',
  symbols: [
    { tex: 'n', text: 'number of elements; each is an example with label 1/k' },
    { tex: 'M', text: 'number of subsets; each is an example with label 0' },
    { tex: 'k', text: 'number of parts, and of windows of the network' },
    { tex: '\\Gamma', text: 'gap; a smaller loss shows a splitting' },
  ],
  source: {
    talk: 'Gaussian Inputs: learning with arbitrary inputs is hard',
    paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966',
  },
  params: hardnessParams,
  presets: {
    quick: { starts: 300, steps: 5000, instances: 50 },
    full: { instance: 'planted-10', instances: 1000 },
  },
  expectedSeconds: { quick: 1, full: 10 },
  cells: hardnessCells,
  work: () => import('./work.js'),
})
