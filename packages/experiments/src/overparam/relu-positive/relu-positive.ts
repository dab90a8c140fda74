import { defineExperiment, type Experiment } from '../../define/experiment.js'
import { source } from '../source.js'
import type { ReluPositiveRow } from './measure.js'
import {
  reluPositiveCells,
  reluPositiveParams,
  type ReluPositiveCell,
  type ReluPositiveParams,
} from './params.js'

/** Wide networks without a leak: the transition from certain failure to certain success. */
export const reluPositiveExperiment: Experiment = defineExperiment<
  ReluPositiveParams,
  ReluPositiveCell,
  ReluPositiveRow
>({
  id: 'overparam/relu-positive',
  part: 'generalisation',
  name: 'Wide ReLU succeeds',
  title: 'A wide network overcomes its dead units: failures vanish at k = log₂ d',
  about:
    'On the unit vectors with labels $+1$ a run without a leak fails only if some coordinate is dead at the start. With $k$ units that becomes unlikely as soon as $k$ exceeds $\\log_2 d$, within a few units whatever the dimension. Without a dead coordinate SGD ends at loss 0 after a number of updates that the start tells; with a leak it always does.',
  formula:
    '\\Pr(\\text{SGD fails}) \\;\\to\\; 1 - \\exp\\bigl(-2^{-\\kappa}\\bigr),\\quad \\kappa = k - \\log_2 d; \\qquad U \\le \\sum_i \\Bigl\\lceil \\frac{1 - N_0(e_i)}{\\eta v^2 p_i} \\Bigr\\rceil_+',
  symbols: [
    { tex: 'p_i', text: 'positive units that are active on $e_i$ at the start' },
    { tex: 'N_0', text: 'the network at the start; $v = 1/\\sqrt{2k}$' },
  ],
  source,
  params: reluPositiveParams,
  presets: { quick: { d: [16, 64, 256], starts: 200, runs: 5 }, full: {} },
  expectedSeconds: { quick: 3, full: 25 },
  cells: reluPositiveCells,
  work: () => import('./work.js'),
})
