import { defineExperiment, type Experiment } from '../../define/experiment.js'
import type { LandscapeRow } from './measure.js'
import {
  landscapeCells,
  landscapeParams,
  type LandscapeCell,
  type LandscapeParams,
} from './params.js'

/** The three critical points of the loss, and that there is no other. */
export const landscape: Experiment = defineExperiment<LandscapeParams, LandscapeCell, LandscapeRow>(
  {
    id: 'gaussian/landscape',
    part: 'optimisation',
    name: 'Landscape',
    title: 'Three critical points, and no other',
    about:
      'A method that goes downhill can only stop where the loss is flat, or where it has no slope at all. ' +
      'This loss has three such places: a peak at $0$, the global minimum at the teacher $w^*$, and a saddle on the opposite side, at $-\\alpha w^*$. ' +
      'The saddle is a treacherous one: no second derivative shows the way down, the loss falls at third order only. It is nonetheless no minimum, and there is no bad one anywhere.',
    formula:
      '\\nabla\\ell(w) = 0 \\iff w \\in \\{\\,w^*,\\; -\\alpha w^*\\}\\quad (w \\ne 0),\\qquad \\alpha = \\frac{k-1}{k-1+\\pi}',
    symbols: [
      { tex: 'w', text: 'filter of the network being trained' },
      { tex: 'w^*', text: 'filter of the teacher; here of length 1' },
      { tex: '\\ell', text: 'mean squared difference of the two networks, over all inputs' },
      { tex: '\\alpha', text: 'position of the saddle: 0 for one window, towards 1 for many' },
      { tex: '\\varphi', text: 'angle from the ray of the saddle' },
    ],
    source: {
      talk: 'Gaussian Inputs: critical points of the no-overlap loss',
      paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966',
    },
    params: landscapeParams,
    presets: { quick: { grid: 81 }, full: { grid: 161, search: 401 } },
    expectedSeconds: { quick: 0.5, full: 2 },
    cells: landscapeCells,
    work: () => import('./work.js'),
  },
)
