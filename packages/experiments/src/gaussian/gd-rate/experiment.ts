import { defineExperiment, type Experiment } from '../../define/experiment.js'
import type { StartsRow } from './measure.js'
import { gdRateCells, gdRateParams, type GdRateParams, type StartsCell } from './params.js'

/**
 * Gradient descent from many starts, every invariant at every step, and the bounds on its steps.
 */
export const gdRate: Experiment = defineExperiment<GdRateParams, StartsCell, StartsRow>({
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
  params: gdRateParams,
  presets: { quick: { starts: 40 }, full: { starts: 400 } },
  expectedSeconds: { quick: 0.5, full: 3 },
  cells: gdRateCells,
  work: () => import('./work.js'),
})
