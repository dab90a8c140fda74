import { blocks } from '../../define/blocks.js'
import { experiment, type ParamsOf } from '../../define/definition.js'
import { integer, real } from '../../define/fields.js'

/**
 * Polar coordinates, in units of ‖w*‖, of the starts that are drawn; the first has the angle
 * `near`.
 */
export function pathStarts(near: number): { r: number; theta: number; side: 1 | -1 }[] {
  return [
    { r: 1.3, theta: Math.PI - near, side: 1 },
    { r: 1.45, theta: 2.5, side: 1 },
    { r: 1.2, theta: 1.35, side: 1 },
    { r: 1.15, theta: 2.3, side: -1 },
    { r: 0.06, theta: 0.7, side: -1 },
  ]
}

const BLOCK = 10

/**
 * Gradient descent from many starts, every invariant at every step, and the bounds on its steps.
 */
export const gdRate = experiment({
  id: 'gaussian/gd-rate',
  part: 'optimisation',
  name: 'Rate of descent',
  title: 'Gradient descent reaches the global minimum',
  about:
    'The loss of a one-filter ReLU network on Gaussian inputs is not convex, yet from almost every start gradient descent ends at the teacher. ' +
    'The published rate is $O(\\varepsilon^{-2})$; what is certified here is linear, $O(\\log 1/\\varepsilon)$, after an escape from the ray of the saddle. ' +
    'Every step of every run is checked against eight inequalities, and against a run of just two numbers, norm and angle.',
  formula:
    'w_{t+1} = w_t - \\eta\\,\\nabla\\ell(w_t),\\qquad \\ell(w_T) \\le \\varepsilon \\quad\\text{for}\\quad T = \\Big\\lceil\\frac{1/\\varphi_0 - 2/\\pi}{0.44\\,K}\\Big\\rceil + \\Big\\lceil\\frac{\\ln(\\ell_0/\\varepsilon)}{-\\ln(1 - Q/c)}\\Big\\rceil,\\qquad \\eta = \\frac{1}{c}',
  symbols: [
    { tex: '\\ell', text: 'mean squared difference of network and teacher, over all inputs' },
    {
      tex: '\\varphi_0',
      text: 'angle of the start from the ray of the saddle, opposite to the teacher',
    },
    { tex: 'c', text: 'largest curvature of the loss, (k − 1 + π)/(πk)' },
    { tex: 'K', text: 'ηR/(πk max(r₀, R)), with r₀ and R the norms of start and teacher' },
    { tex: 'Q', text: 'least ratio of ‖∇ℓ‖² to 2ℓ once the angle to the teacher is at most π/2' },
    { tex: '\\varepsilon', text: 'loss to be reached' },
  ],
  source: {
    talk: 'Gaussian Inputs: gradient descent converges in O(ε⁻²)',
    paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966',
    ours: 'the constants, the invariants, the linear rate',
  },
  params: {
    k: integer({
      default: 5,
      min: 1,
      max: 50,
      symbol: 'k',
      help: 'windows of the network; the rate in the end needs 2 or more',
    }),
    m: integer({
      default: 10,
      min: 1,
      max: 200,
      symbol: 'm',
      help: 'length of the filter; the theorem needs 2 or more',
    }),
    step: real({
      default: 1,
      min: 0.01,
      max: 3,
      symbol: '\\eta c',
      help: 'step size in units of 1/c; the theorem needs 1 or less',
    }),
    starts: integer({ default: 100, min: 1, max: 5000, scale: 'log', help: 'random starts' }),
    near: real({
      default: 0.08,
      min: 0.001,
      max: 3,
      scale: 'log',
      symbol: '\\varphi_0',
      help: 'angle to −w* of the start that the figure follows',
    }),
    eps: real({
      default: 1e-12,
      min: 1e-24,
      max: 1e-9,
      scale: 'log',
      symbol: '\\varepsilon',
      help: 'loss to reach, in units of ‖w*‖²',
    }),
    maxSteps: integer({
      default: 20_000,
      min: 1,
      max: 1_000_000,
      scale: 'log',
      help: 'step budget',
    }),
  },
  presets: { quick: { starts: 40 }, full: { starts: 400 } },
  expectedSeconds: { quick: 0.5, full: 3 },
  cells: {
    // the runs that the figure draws
    path: ({ near }) => pathStarts(near).map((_, path) => ({ path })),
    // uniform initializations [from, to) on the unit sphere
    starts: ({ starts }) => blocks(starts, BLOCK),
  },
})

export type Params = ParamsOf<typeof gdRate>
