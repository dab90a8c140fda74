import { ascending } from '../../averages.js'
import { keyedBlocks } from '../../define/blocks.js'
import { experiment, type ParamsOf } from '../../define/definition.js'
import { count, counts, real } from '../../define/fields.js'
import { patches, stepBudget, stepSize, targetLoss } from '../fields.js'

const BLOCK = 100

/** Random initializations of filters of several lengths, one weight among them. */
export const randomInit = experiment({
  id: 'gaussian/random-init',
  part: 'optimization',
  name: 'Random initialization',
  title: 'Gradient descent converges to w* from random initializations if m ≥ 2',
  about:
    'Gradient descent converges to the saddle only from the ray opposite to the teacher, which random initial weights miss with probability $1$: it reaches the teacher. ' +
    'The number of steps depends on the angle $\\varphi_0$ to that ray, whose distribution has a closed form; small angles are rare in high dimension. ' +
    'With a single weight there are only two rays, and half of the runs end at a local minimum.',
  formula:
    'P(\\varphi_0 < \\delta) = \\frac{\\int_0^\\delta \\sin^{m-2}t\\,dt}{\\int_0^\\pi \\sin^{m-2}t\\,dt}\\;\\;(m \\ge 2),\\qquad P(w_t \\to w^*) = \\begin{cases} 1 & m \\ge 2\\\\ \\tfrac12 & m = 1 \\end{cases}',
  symbols: [
    { tex: '\\varphi_0', text: 'angle of the initial weights to −w*' },
    { tex: 'w^*', text: 'filter of the teacher, of length 1' },
    { tex: 'w_t', text: 'filter after t steps of gradient descent' },
    { tex: '\\delta', text: 'an angle in [0, π]' },
  ],
  source: {
    talk: 'Gaussian Inputs: gradient descent from a random initialization',
    paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966',
    ours: 'the distribution of the initial angle, the case of one weight',
  },
  params: {
    m: counts([1, 2, 3, 5, 10], [200, 10], 'filter lengths; for m = 1 half of the runs fail', {
      symbol: 'm',
    }),
    k: patches(5, 'the theorem needs 2 or more'),
    starts: count(
      1000,
      20_000,
      'random initializations for each filter length m, uniform on a sphere',
    ),
    radius: real({
      default: 0.5,
      min: 0.01,
      max: 10,
      scale: 'log',
      symbol: 'r_0',
      help: 'norm of the initial weights, in units of ‖w*‖',
    }),
    eps: targetLoss(1e-3),
    step: stepSize(0.05, 1.9),
    maxSteps: stepBudget(100_000, 10_000_000),
  },
  presets: { quick: { starts: 1000 }, full: { starts: 5000 } },
  expectedSeconds: { quick: 0.6, full: 4 },
  cells: {
    // initializations [from, to) with filters of length m
    starts: ({ m: ms, starts }) =>
      ascending(ms).flatMap((m) => keyedBlocks(starts, BLOCK, `m=${m}/starts=`, { m })),
  },
})

export type Params = ParamsOf<typeof randomInit>
