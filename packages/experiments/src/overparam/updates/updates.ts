import { defineExperiment, type Experiment } from '../../define/experiment.js'
import type { RunRow } from '../runs/run-cell.js'
import { source } from '../source.js'
import { updatesCells, updatesParams, type UpdatesCell, type UpdatesParams } from './params.js'

/** SGD stops after a bounded number of updates, on data made from a seed. */
export const updatesExperiment: Experiment = defineExperiment<UpdatesParams, UpdatesCell, RunRow>({
  id: 'overparam/updates',
  part: 'generalisation',
  name: 'Updates are bounded',
  title: 'SGD stops after a bounded number of updates, whatever the width',
  about:
    'On separable data a two-layer leaky ReLU network is trained one example at a time. Each update pushes $W$ towards the separator $w^*$ by a fixed amount, while its norm grows slowly; so the updates must end. The bound has no $k$ in it, and both lines of the proof are checked here at every update.',
  formula:
    'U \\;\\le\\; \\Bigl(\\frac{\\|w^*\\|}{\\gamma}\\Bigr)^{2}\\; \\max_{\\bar a\\in[\\alpha,1]} \\Bigl[\\frac{(1+\\alpha)R^{2}}{\\bar a} + \\frac{\\beta-\\alpha R^{2}}{\\bar a^{2}}\\Bigr], \\qquad \\beta = \\frac{1}{k\\,\\eta\\, v^{2}}',
  symbols: [
    { tex: 'U', text: 'number of updates: visits of an example with $y N(x) < 1$' },
    { tex: 'w^*', text: 'a separator: $y_i\\, w^*\\!\\cdot x_i \\ge \\gamma > 0$ for all $i$' },
    { tex: 'R', text: 'largest norm of an example' },
    { tex: 'v', text: 'weight of the second layer, $1/\\sqrt{2k}$ here' },
    { tex: '\\bar a', text: 'mean slope of a unit over the updates' },
    { tex: '\\beta', text: 'the formula shown is for $W_0 = 0$; other starts are in the table' },
  ],
  source,
  params: updatesParams,
  presets: {
    quick: { k: [1, 10, 100], alphas: [0.01, 0.1, 1], seeds: 3 },
    full: {},
  },
  expectedSeconds: { quick: 1, full: 3 },
  cells: updatesCells,
  work: () => import('./work.js'),
})
