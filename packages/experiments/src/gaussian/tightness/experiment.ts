import { ascending } from '../../averages.js'
import { experiment, type ParamsOf } from '../../define/definition.js'
import { counts, real, reals, whole } from '../../define/fields.js'

/** A network on which two constants are searched. */
export interface NetworkCell {
  readonly m: number
  readonly stride: number
  readonly k: number
}

export const tightness = experiment({
  id: 'gaussian/tightness',
  part: 'optimization',
  name: 'Tightness',
  title: 'How much smaller the bounds of gradient descent could be',
  about:
    'A bound that no run comes near says little about its constants and exponents. Here each bound meets the worst case that is known. ' +
    'Next to the degenerate saddle a gradient of norm $\\varepsilon$ takes about $(k-1)\\sqrt{a/(\\pi\\varepsilon)}$ steps, so the exponent of the published $O(\\varepsilon^{-2})$ is not attained. ' +
    'The escape bound by recursion is attained as $k \\to \\infty$; its closed form is larger by $1/0.44$. ' +
    'Every inequality on a single step is an equality somewhere. ' +
    'A search finds at least half of the smoothness constant and of the Lipschitz bound of the Hessian.',
  formula:
    "T(\\varepsilon) \\approx (k-1)\\sqrt{\\frac{a}{\\pi\\varepsilon}} \\;\\ll\\; \\frac{2c\\,\\ell_0}{\\varepsilon^2},\\qquad \\frac{T}{T_1'} \\to \\frac{k-1}{k-1+\\pi} \\quad (\\varphi_0 \\to 0)",
  symbols: [
    { tex: 'T(\\varepsilon)', text: 'steps until the gradient norm is at most ε' },
    { tex: "T_1, T_1'", text: 'escape bounds: closed form, recursion of the angle' },
    { tex: 'L, \\Lambda', text: 'smoothness constant, Lipschitz bound of the Hessian' },
  ],
  source: { ours: 'worst initializations in closed form, worst weights by search' },
  params: {
    k: whole(5, [2, 1000], 'number of patches of the runs to a small gradient', { symbol: 'k' }),
    eps: reals({
      distinct: true,
      default: [1e-3, 1e-4, 1e-5, 1e-6],
      min: 1e-9,
      max: 1e-3,
      maxLength: 10,
      symbol: '\\varepsilon',
      help: 'gradient norms to reach; the exponent is that between the largest and the smallest',
    }),
    escapes: counts([2, 5, 20, 100, 400], [1000, 10], 'numbers of patches of the escapes', {
      symbol: 'k',
      min: 2,
    }),
    phi0: real({
      default: 1e-3,
      min: 1e-4,
      max: 0.01,
      scale: 'log',
      symbol: '\\varphi_0',
      help: 'initial angle of the escapes to −w*',
    }),
    m: counts([2, 3], [8, 5], 'filter lengths of the networks that are searched', { symbol: 'm' }),
    stride: counts([1, 2], [8, 5], 'strides of the networks that are searched; at most m', {
      symbol: 's',
    }),
    patches: counts([2, 20], [50, 5], 'numbers of patches of the networks that are searched', {
      symbol: 'k',
    }),
    searches: whole(3, [1, 100], 'random initial points of each search'),
  },
  presets: { quick: {}, full: { m: [2, 3, 4], patches: [2, 5, 20], searches: 10 } },
  expectedSeconds: { quick: 2, full: 20 },
  cells: {
    stationary: (p) => [...p.eps].sort((a, b) => b - a).map((eps) => ({ eps })),
    escape: (p) => ascending(p.escapes).map((k) => ({ k })),
    /** steps on which inequalities are equalities */
    step: () => [2, 5, 20].map((k) => ({ k })),
    /** one patch, on which a Lipschitz bound rests on one constant */
    pair: () => [{}],
    network: (p): readonly NetworkCell[] =>
      ascending(p.m).flatMap((m) =>
        ascending(p.stride)
          .filter((stride) => stride <= m)
          .flatMap((stride) => ascending(p.patches).map((k) => ({ m, stride, k }))),
      ),
  },
})

export type Params = ParamsOf<typeof tightness>
