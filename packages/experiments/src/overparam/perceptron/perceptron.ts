import { defineExperiment, type Experiment } from '../../define/experiment.js'
import { source } from '../source.js'
import type { PerceptronRow } from './measure.js'
import {
  perceptronCells,
  perceptronParams,
  type PerceptronCell,
  type PerceptronParams,
} from './params.js'

/** The linear rules whose proof the theorem on networks goes back to. */
export const perceptronExperiment: Experiment = defineExperiment<
  PerceptronParams,
  PerceptronCell,
  PerceptronRow
>({
  id: 'overparam/perceptron',
  part: 'generalisation',
  name: 'Perceptron',
  title: 'The perceptron stops within its bound, and a network with leak 1 is a perceptron',
  about:
    'The bound on the updates of a network is proved like that of the perceptron: one number grows with every mistake, another cannot keep up. Here are the rules that it goes back to, each within its own bound. A network with $\\alpha = 1$ from zero makes the very updates of the margin perceptron, and with a step without bound the mistakes of the perceptron.',
  formula:
    '\\text{mistakes} \\;\\le\\; \\Bigl(\\frac{R}{\\gamma}\\Bigr)^{2}, \\qquad \\text{updates with margin 1} \\;\\le\\; \\frac{R^2 + 2/\\eta}{\\gamma^2}',
  symbols: [{ tex: 'R', text: 'largest norm of an example' }],
  source,
  params: perceptronParams,
  presets: { quick: { gammas: [0.02, 0.1], seeds: 4 }, full: {} },
  expectedSeconds: { quick: 1, full: 10 },
  cells: perceptronCells,
  work: () => import('./work.js'),
})
