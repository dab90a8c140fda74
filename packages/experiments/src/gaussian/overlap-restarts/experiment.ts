import { defineExperiment, type Experiment } from '../../define/experiment.js'
import type { RestartsRow } from './measure.js'
import { restartsCells, restartsParams, type RestartsCell, type RestartsParams } from './params.js'

/** How often random starts reach the global optimum when windows overlap. */
export const overlapRestarts: Experiment = defineExperiment<
  RestartsParams,
  RestartsCell,
  RestartsRow
>({
  id: 'gaussian/overlap-restarts',
  part: 'optimisation',
  name: 'Random restarts',
  title: 'With overlap a few random restarts find the global optimum',
  about:
    'When the windows of the network overlap there are local minima that are not global, and one run of gradient descent may end in one. ' +
    'A random start is lucky with a probability that seems never to be small, so a handful of restarts is enough; for some teachers half of all starts fail, each at a place that is certified as a local minimum. ' +
    'Without overlap no start fails. ' +
    'The shares are compared with those that another program measured for the same networks, with other random teachers and starts.',
  formula:
    'w \\leftarrow w - \\tfrac1L\\nabla\\ell(w),\\qquad \\Pr[\\text{all of } n \\text{ restarts fail}] = (1-p)^n',
  symbols: [
    { tex: 'w', text: 'filter of the network being trained' },
    { tex: '\\ell', text: 'mean squared difference from the teacher, over all inputs' },
    { tex: 'L', text: 'largest possible curvature' },
    { tex: 'p', text: 'probability that one random start reaches the global optimum' },
  ],
  source: {
    talk: 'Gaussian Inputs: random initialization with overlap',
    paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966',
  },
  params: restartsParams,
  presets: {
    quick: {},
    full: { networks: 'table', directions: 72 },
  },
  expectedSeconds: { quick: 5, full: 45 },
  cells: restartsCells,
  work: () => import('./work.js'),
})
