import { defineExperiment, type Experiment } from '../../define/experiment.js'
import type { MinimumRow } from './measure.js'
import { minimumCells, minimumParams, type MinimumCell, type MinimumParams } from './params.js'

/** The explicit local minimum of a network whose windows overlap. */
export const overlapMinimum: Experiment = defineExperiment<MinimumParams, MinimumCell, MinimumRow>({
  id: 'gaussian/overlap-minimum',
  part: 'optimisation',
  name: 'Overlap',
  title: 'With overlap a local minimum emerges that is not global',
  about:
    'Two networks with opposite filters differ by a linear function of the input, because $\\mathrm{relu}(z) - \\mathrm{relu}(-z) = z$. ' +
    'When windows overlap, that function can nearly cancel: for the teacher $(-1, 1)$ only the two ends of the input remain, so the reflected teacher is almost a solution. ' +
    'Close to it lies a strict local minimum, in closed form: a disc around it in which there is no other critical point is proved by interval arithmetic, and every start in its quadrant is trapped. ' +
    'Opposite to $(1, 1)$ lies a saddle instead, opposite to $(-1, 0, 1)$ a saddle for few windows and a local minimum for many.',
  formula:
    '\\ell(-w^*) = \\frac{1}{k^2}\\Big\\lVert\\sum_i P_i^{\\top}w^*\\Big\\rVert^2,\\qquad \\nabla\\ell(-t_0\\,w^*) = 0,\\quad \\nabla^2\\ell(-t_0\\,w^*) \\succ 0,\\quad \\ell(-t_0\\,w^*) > 0',
  symbols: [
    { tex: 'w^*', text: 'filter of the teacher' },
    { tex: '\\ell', text: 'mean squared difference of the two networks, over all inputs' },
    { tex: 'P_i', text: 'cuts window i out of the input' },
    { tex: 't_0', text: 'where the loss is least on the ray opposite to the teacher' },
  ],
  source: {
    talk: 'Gaussian Inputs: networks with overlap',
    paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966',
  },
  params: minimumParams,
  presets: { quick: { points: 60 }, full: { points: 1000, k: [2, 3, 5, 10, 20, 50] } },
  expectedSeconds: { quick: 4, full: 12 },
  cells: minimumCells,
  work: () => import('./work.js'),
})
