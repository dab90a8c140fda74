import { defineExperiment, type Experiment } from '../../define/experiment.js'
import type { EscapeRow } from './measure.js'
import { escapeCells, escapeParams, type EscapeCell, type EscapeParams } from './params.js'

/** How long gradient descent stays near the ray of the saddle, with ReLU and with leaks. */
export const escape: Experiment = defineExperiment<EscapeParams, EscapeCell, EscapeRow>({
  id: 'gaussian/escape',
  part: 'optimisation',
  name: 'Escape',
  title: 'The escape from the saddle takes time, but it always succeeds',
  about:
    'Opposite to the teacher lies a saddle so flat that second derivatives do not see the way down. ' +
    'A start at the angle $\\varphi_0$ to its ray is nevertheless led away, in about $(k-1)/\\varphi_0$ steps; only a start exactly on the ray ends at the saddle. ' +
    'With a leaky $\\mathrm{relu}$ the saddle is strict, and ten times closer to the ray costs only a fixed number of steps more.',
  formula:
    '\\varphi_{t+1} \\approx \\varphi_t + \\frac{\\varphi_t^2}{k-1}\\quad\\Rightarrow\\quad T \\approx \\frac{k-1}{\\varphi_0},\\qquad T \\le \\Big\\lceil\\frac{1/\\varphi_0 - 2/\\pi}{0.44\\,K}\\Big\\rceil,\\qquad \\eta = \\frac{1}{c}',
  symbols: [
    { tex: '\\varphi_t', text: 'angle to −w* after t steps, w* the teacher' },
    { tex: 'T', text: 'steps until this angle is a right one' },
    { tex: 'c', text: 'largest curvature of the loss, (k − 1 + π)/(πk)' },
    { tex: 'K', text: 'ηR/(πk max(r₀, R)), with r₀ and R the norms of start and teacher' },
  ],
  source: {
    talk: 'Gaussian Inputs: gradient descent converges in O(ε⁻²); leaky ReLU in the second part',
    ours: 'the law, its bound, the comparison with leaks',
  },
  params: escapeParams,
  presets: { quick: {}, full: { decades: 5, maxSteps: 10_000_000 } },
  expectedSeconds: { quick: 0.3, full: 2 },
  cells: escapeCells,
  work: () => import('./work.js'),
})
