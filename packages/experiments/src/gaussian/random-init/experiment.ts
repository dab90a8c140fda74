import { defineExperiment, type Experiment } from '../../define/experiment.js'
import type { InitRow } from './measure.js'
import {
  randomInitCells,
  randomInitParams,
  type RandomInitCell,
  type RandomInitParams,
} from './params.js'

/** Random starts of filters of several lengths, one weight among them. */
export const randomInit: Experiment = defineExperiment<RandomInitParams, RandomInitCell, InitRow>({
  id: 'gaussian/random-init',
  part: 'optimisation',
  name: 'Random starts',
  title: 'Random starts reach the teacher, if the filter has two weights or more',
  about:
    'Only the ray opposite to the teacher leads to the saddle, and a random start lies on it with probability $0$: gradient descent reaches the teacher. ' +
    'How long it takes depends on the angle $\\varphi_0$ to that ray, whose law is known in closed form; with more weights small angles become rare very quickly. ' +
    'With a single weight there is nothing but two rays, and half of the starts end at a local minimum.',
  formula:
    'P(\\varphi_0 < \\delta) = \\frac{\\int_0^\\delta \\sin^{m-2}t\\,dt}{\\int_0^\\pi \\sin^{m-2}t\\,dt}\\;\\;(m \\ge 2),\\qquad P(w_t \\to w^*) = \\begin{cases} 1 & m \\ge 2\\\\ \\tfrac12 & m = 1 \\end{cases}',
  symbols: [
    { tex: '\\varphi_0', text: 'angle of the start to −w*' },
    { tex: 'w^*', text: 'filter of the teacher, of length 1' },
    { tex: 'w_t', text: 'filter after t steps of gradient descent' },
    { tex: '\\delta', text: 'an angle in [0, π]' },
  ],
  source: {
    talk: 'Gaussian Inputs: gradient descent from a random start',
    paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966',
    ours: 'the law of the start, the case of one weight',
  },
  params: randomInitParams,
  presets: { quick: { starts: 1000 }, full: { starts: 5000 } },
  expectedSeconds: { quick: 0.6, full: 4 },
  cells: randomInitCells,
  work: () => import('./work.js'),
})
