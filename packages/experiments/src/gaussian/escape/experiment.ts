import { experiment, type ParamsOf } from '../../define/definition.js'
import { whole } from '../../define/fields.js'
import { filterLength, patchCounts, slopes, stepBudget, stepSize } from '../fields.js'
import { powersOfTenth } from '../powers-of-tenth.js'

/** How long gradient descent stays near the ray of the saddle, with ReLU and leaky ReLU. */
export const escape = experiment({
  id: 'gaussian/escape',
  part: 'optimization',
  name: 'Escape',
  title: 'Gradient descent escapes the degenerate saddle in about (k − 1)/φ₀ steps',
  about:
    'Opposite to the teacher lies a degenerate saddle: its Hessian has no negative eigenvalue. ' +
    'From an angle $\\varphi_0$ to its ray gradient descent escapes in about $(k-1)/\\varphi_0$ steps; only from the ray itself does it converge to the saddle. ' +
    'With a leaky $\\mathrm{relu}$ the saddle is strict, and a ten times smaller angle costs only a fixed number of steps more.',
  formula:
    '\\varphi_{t+1} \\approx \\varphi_t + \\frac{\\varphi_t^2}{k-1}\\quad\\Rightarrow\\quad T \\approx \\frac{k-1}{\\varphi_0},\\qquad T \\le \\Big\\lceil\\frac{1/\\varphi_0 - 2/\\pi}{0.44\\,K}\\Big\\rceil,\\qquad \\eta = \\frac{1}{c}',
  symbols: [
    { tex: '\\varphi_t', text: 'angle to −w* after t steps, w* the teacher' },
    { tex: 'T', text: 'steps until this angle is at least π/2' },
    { tex: 'c', text: 'largest eigenvalue of the Hessian, (k − 1 + π)/(πk)' },
    {
      tex: 'K',
      text: 'ηR/(πk max(r₀, R)), with r₀ and R the norms of initial weights and teacher',
    },
  ],
  source: {
    talk: 'Gaussian Inputs: gradient descent converges in O(ε⁻²); leaky ReLU in the second part',
    ours: 'the scaling, its bound, the comparison with leaky ReLU',
  },
  params: {
    k: patchCounts([2, 5, 20], 50),
    m: filterLength(3),
    leaks: slopes([0.01, 0.1], [0.001, 5], 'slopes of the leaky ReLUs that are compared with ReLU'),
    decades: whole(4, [3, 5], 'number of initial angles to −w*: 0.1, 0.01, 0.001, … rad'),
    step: stepSize(0.05, 1.9),
    maxSteps: stepBudget(1_000_000, 100_000_000),
  },
  presets: { quick: {}, full: { decades: 5, maxSteps: 10_000_000 } },
  expectedSeconds: { quick: 0.3, full: 2 },
  cells: {
    // runs near the ray of the saddle, with ReLU (slope 0) first
    near: ({ k: ks, leaks }) => ks.flatMap((k) => [0, ...leaks].map((leak) => ({ k, leak }))),
    // the run on the ray itself
    opposite: ({ k: ks }) => ks.map((k) => ({ k })),
    // the constant of the bound
    constant: () => [{ key: 'constant' }],
  },
})

export type Params = ParamsOf<typeof escape>

/** The initial angles to −w*: 0.1, 0.01, … */
export const initialAngles = ({ decades }: Params): number[] => powersOfTenth(decades)
