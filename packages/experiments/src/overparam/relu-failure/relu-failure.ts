import { defineExperiment, type Experiment } from '../../define/experiment.js'
import { source } from '../source.js'
import type { ReluFailureRow } from './measure.js'
import {
  reluFailureCells,
  reluFailureParams,
  type ReluFailureCell,
  type ReluFailureParams,
} from './params.js'

/** Without a leak: bad minima, and a distribution on which narrow networks fail. */
export const reluFailureExperiment: Experiment = defineExperiment<
  ReluFailureParams,
  ReluFailureCell,
  ReluFailureRow
>({
  id: 'overparam/relu-failure',
  part: 'generalisation',
  name: 'ReLU fails',
  title: 'Without a leak SGD fails as often as its start has dead coordinates',
  about:
    'On the unit vectors with labels $+1$ coordinates do not interact. If no positive unit is active on $e_i$ at the start, none ever will be: the coordinate is dead, and SGD fails whatever its step, order and patience. With random starts that has an exact probability. And on every separable set with both classes there is a point where the loss is constant all around and not 0.',
  formula: '\\Pr(\\text{SGD fails}) \\;=\\; 1 - \\bigl(1 - 2^{-k}\\bigr)^{d}',
  symbols: [],
  source,
  params: reluFailureParams,
  presets: {
    quick: { runs: 200 },
    full: {},
  },
  expectedSeconds: { quick: 2, full: 4 },
  cells: reluFailureCells,
  work: () => import('./work.js'),
})
