import { ascending } from '../../averages.js'
import { experiment, type ParamsOf } from '../../define/definition.js'
import { real, reals, whole } from '../../define/fields.js'
import { filterLength, patchCounts } from '../fields.js'

export const momentum = experiment({
  id: 'gaussian/momentum',
  part: 'optimization',
  name: 'Momentum',
  title: 'The heavy-ball method converges at the rate of its linearization',
  about:
    'At the teacher the Hessian of the no-overlap loss has the eigenvalue $L$ along $w^*$ and $\\mu$ orthogonal to it. ' +
    'The heavy-ball method converges at the spectral radius of its linearization there. ' +
    "With the best step size for each $\\beta$ the rate falls from gradient descent's at $\\beta = 0$ to Polyak's, and grows like $\\sqrt\\beta$ from there.",
  formula:
    'w_{t+1} = w_t - \\eta\\nabla\\ell(w_t) + \\beta(w_t - w_{t-1}),\\qquad \\rho = \\max_{\\lambda\\in\\{\\mu,L\\}} \\rho\\begin{pmatrix}1+\\beta-\\eta\\lambda & -\\beta\\\\ 1 & 0\\end{pmatrix}',
  symbols: [
    { tex: '\\beta', text: 'momentum' },
    { tex: '\\mu, L', text: 'eigenvalues of the Hessian at the teacher' },
  ],
  source: { ours: 'Polyak (1964) at the Hessian of the no-overlap loss' },
  params: {
    k: patchCounts([2, 10, 50], 1000),
    m: filterLength(3),
    betas: reals({
      distinct: true,
      default: [0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9],
      min: 0,
      max: 0.99,
      maxLength: 20,
      symbol: '\\beta',
      help: 'momentum coefficients β',
    }),
    step: real({
      default: 1,
      min: 0.01,
      max: 2,
      help: 'step size in units of 2(1 + β)/(L + μ); the claims need less than 1 + μ/L',
    }),
    starts: whole(3, [1, 100], 'random initializations'),
  },
  presets: {
    quick: { k: [2, 10], betas: [0, 0.3, 0.9], starts: 1 },
    full: { k: [2, 10, 50, 200], starts: 10 },
  },
  expectedSeconds: { quick: 0.3, full: 3 },
  cells: {
    ball: (p) => ascending(p.k).flatMap((k) => ascending(p.betas).map((beta) => ({ k, beta }))),
    /** gradient descent with its best step size */
    descent: (p) => ascending(p.k).map((k) => ({ k })),
    polyak: (p) => ascending(p.k).map((k) => ({ k })),
  },
})

export type Params = ParamsOf<typeof momentum>
