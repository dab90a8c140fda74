import { blocks } from '../../define/blocks.js'
import { experiment, type ParamsOf } from '../../define/definition.js'
import { integer, integers, real } from '../../define/fields.js'
import { ascending } from '../ascending.js'

const BLOCK = 100

/** Random starts of filters of several lengths, one weight among them. */
export const randomInit = experiment({
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
  params: {
    m: integers({
      distinct: true,
      default: [1, 2, 3, 5, 10],
      min: 1,
      max: 200,
      maxLength: 10,
      symbol: 'm',
      help: 'lengths of the filter; 1 is where half of the starts fail',
    }),
    k: integer({
      default: 5,
      min: 1,
      max: 50,
      symbol: 'k',
      help: 'windows of the network; the theorem needs 2 or more',
    }),
    starts: integer({
      default: 1000,
      min: 1,
      max: 20_000,
      scale: 'log',
      help: 'random starts for each length, uniform on a sphere',
    }),
    radius: real({
      default: 0.5,
      min: 0.01,
      max: 10,
      scale: 'log',
      symbol: 'r_0',
      help: 'length of the starts, in units of ‖w*‖',
    }),
    eps: real({
      default: 1e-12,
      min: 1e-24,
      max: 1e-3,
      scale: 'log',
      symbol: '\\varepsilon',
      help: 'loss to reach, in units of ‖w*‖²',
    }),
    step: real({
      default: 1,
      min: 0.05,
      max: 1.9,
      symbol: '\\eta c',
      help: 'step size in units of 1/c; the theorem needs 1 or less',
    }),
    maxSteps: integer({
      default: 100_000,
      min: 1,
      max: 10_000_000,
      scale: 'log',
      help: 'step budget of a run',
    }),
  },
  presets: { quick: { starts: 1000 }, full: { starts: 5000 } },
  expectedSeconds: { quick: 0.6, full: 4 },
  cells: {
    // starts [from, to) with filters of length m
    starts: ({ m: ms, starts }) =>
      ascending(ms).flatMap((m) =>
        blocks(starts, BLOCK).map(({ from, to }) => ({
          key: `m=${m}/starts=${from}-${to - 1}`,
          m,
          from,
          to,
        })),
      ),
  },
})

export type Params = ParamsOf<typeof randomInit>
