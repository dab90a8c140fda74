import { blocks } from '../../define/blocks.js'
import { experiment, type ParamsOf } from '../../define/definition.js'
import { count, real } from '../../define/fields.js'
import { filterLength, patches, stepBudget, stepSize, targetLoss } from '../fields.js'

/** Initial weights of the figure, by norm in units of ‖w*‖ and angle; the first one is `near` −w*. */
export const drawnInitializations = (near: number) => [
  { r: 1.3, theta: Math.PI - near, side: 1 },
  { r: 1.45, theta: 2.5, side: 1 },
  { r: 1.2, theta: 1.35, side: 1 },
  { r: 1.15, theta: 2.3, side: -1 },
  { r: 0.06, theta: 0.7, side: -1 },
]

const BLOCK = 10

/** Gradient descent from random initializations: the invariants of each step, bounds on the steps. */
export const gdRate = experiment({
  id: 'gaussian/gd-rate',
  part: 'optimization',
  name: 'Rate of descent',
  title: 'Gradient descent converges to the global minimum at a linear rate',
  about:
    'The loss of a one-filter ReLU network on Gaussian inputs is not convex, yet gradient descent converges to the teacher from almost every initialization. ' +
    'The published rate is $O(\\varepsilon^{-2})$; here a linear rate, $O(\\log 1/\\varepsilon)$, is certified after the escape from the ray of the saddle. ' +
    'Every step of every run is checked against eight inequalities, and against the two-scalar recursion for norm and angle.',
  formula:
    'w_{t+1} = w_t - \\eta\\,\\nabla\\ell(w_t),\\qquad \\ell(w_T) \\le \\varepsilon \\quad\\text{for}\\quad T = \\Big\\lceil\\frac{1/\\varphi_0 - 2/\\pi}{0.44\\,K}\\Big\\rceil + \\Big\\lceil\\frac{\\ln(\\ell_0/\\varepsilon)}{-\\ln(1 - Q/c)}\\Big\\rceil,\\qquad \\eta = \\frac{1}{c}',
  symbols: [
    { tex: '\\ell', text: 'population loss: mean squared error against the teacher' },
    {
      tex: '\\varphi_0',
      text: 'angle of the initial weights from the ray of the saddle, opposite to the teacher',
    },
    { tex: 'c', text: 'largest eigenvalue of the Hessian, (k − 1 + π)/(πk)' },
    {
      tex: 'K',
      text: 'ηR/(πk max(r₀, R)), with r₀ and R the norms of initial weights and teacher',
    },
    { tex: 'Q', text: 'least ratio of ‖∇ℓ‖² to 2ℓ once the angle to the teacher is at most π/2' },
    { tex: '\\varepsilon', text: 'target loss' },
  ],
  source: {
    talk: 'Gaussian Inputs: gradient descent converges in O(ε⁻²)',
    paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966',
    ours: 'the constants, the invariants, the linear rate',
  },
  params: {
    k: patches(5, 'the asymptotic rate needs 2 or more'),
    m: filterLength(10, 200, 'the theorem needs 2 or more'),
    step: stepSize(0.01, 3),
    starts: count(100, 5000, 'random initializations'),
    near: real({
      default: 0.08,
      min: 0.001,
      max: 3,
      scale: 'log',
      symbol: '\\varphi_0',
      help: 'initial angle to −w* of the run that the figure shows, in rad',
    }),
    eps: targetLoss(1e-9),
    maxSteps: stepBudget(20_000, 1_000_000),
  },
  presets: { quick: { starts: 40 }, full: { starts: 400 } },
  expectedSeconds: { quick: 0.5, full: 3 },
  cells: {
    // the runs that the figure draws
    path: ({ near }) => drawnInitializations(near).map((_, path) => ({ path })),
    // initializations [from, to), uniform on the unit sphere
    starts: ({ starts }) => blocks(starts, BLOCK),
    // the rate for every number of patches, by intervals
    rate: () => [{ key: 'rate' }],
  },
})

export type Params = ParamsOf<typeof gdRate>
