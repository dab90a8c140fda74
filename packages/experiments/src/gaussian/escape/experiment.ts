import { experiment, type ParamsOf } from '../../define/definition.js'
import { integer, real, reals } from '../../define/fields.js'
import { filterLength, patchCounts } from '../fields.js'
import { powersOfTenth } from '../powers-of-tenth.js'

/** How long gradient descent stays near the ray of the saddle, with ReLU and with leaks. */
export const escape = experiment({
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
  params: {
    k: patchCounts([2, 5, 20], 50),
    m: filterLength,
    leaks: reals({
      distinct: true,
      default: [0.01, 0.1],
      min: 0.001,
      max: 1,
      maxLength: 5,
      symbol: '\\lambda',
      help: 'leaks that ReLU is compared with',
    }),
    decades: integer({
      default: 4,
      min: 3,
      max: 5,
      help: 'starts have angles 0.1, 0.01, … to −w*, so many of them',
    }),
    step: real({
      default: 1,
      min: 0.05,
      max: 1.9,
      symbol: '\\eta c',
      help: 'step size in units of 1/c; the claims need 1 or less',
    }),
    maxSteps: integer({
      default: 1_000_000,
      min: 1,
      max: 100_000_000,
      scale: 'log',
      help: 'step budget of a run',
    }),
  },
  presets: { quick: {}, full: { decades: 5, maxSteps: 10_000_000 } },
  expectedSeconds: { quick: 0.3, full: 2 },
  cells: {
    // runs near the ray of the saddle, with ReLU (leak 0) first
    near: ({ k: ks, leaks }) => ks.flatMap((k) => [0, ...leaks].map((leak) => ({ k, leak }))),
    // the run on the ray itself
    opposite: ({ k: ks }) => ks.map((k) => ({ k })),
  },
})

export type Params = ParamsOf<typeof escape>

/** The angles to −w* of the starts: 0.1, 0.01, … */
export const startAngles = ({ decades }: Params): number[] => powersOfTenth(decades)
