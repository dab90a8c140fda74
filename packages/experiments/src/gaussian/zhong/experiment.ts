import { ascending } from '../../averages.js'
import { experiment, type ParamsOf } from '../../define/definition.js'
import { choice, count, integer, real, reals, whole } from '../../define/fields.js'

export const zhong = experiment({
  id: 'gaussian/zhong',
  part: 'optimization',
  name: 'Near the teacher',
  title: 'Near its teacher the loss of a ReLU network is strongly convex',
  about:
    'Student and teacher have $k$ neurons with independent weights. At the teacher the smallest eigenvalue of the Hessian is at least $\\rho/(\\kappa^2\\lambda)$, ' +
    'with equality if the neurons are orthonormal. There gradient descent converges at the rate $1-\\eta\\rho$, ' +
    'and a rough initialization suffices to reach the teacher where random initializations end at spurious minima.',
  formula:
    '\\lambda_{\\min}(\\nabla^2L(W^*)) \\ge \\frac{\\rho(\\sigma_k)}{\\kappa^2\\lambda},\\qquad \\rho = \\min\\{\\beta_0-\\alpha_0^2-\\alpha_1^2,\\ \\beta_2-\\alpha_1^2-\\alpha_2^2,\\ \\alpha_0\\,\\alpha_2-\\alpha_1^2\\}',
  symbols: [
    { tex: '\\alpha_q,\\beta_q', text: 'moments E s′(σz)z^q and E s′(σz)²z^q of the slope' },
    { tex: '\\kappa,\\lambda', text: 'σ₁/σ_k and Πσᵢ/σ_k^k of the singular values of W*' },
  ],
  source: { paper: 'Zhong, Song, Jain, Bartlett & Dhillon (2017)' },
  params: {
    activation: choice({
      values: ['relu', 'leaky', 'relu2'],
      default: 'relu',
      help: 'activation of the random teachers',
    }),
    teacherSize: whole(3, [3, 8], 'neurons of the random teachers'),
    teachers: count(60, 2000, 'random teachers'),
    k: whole(5, [3, 16], 'neurons of the teacher whose rate is measured', { symbol: 'k' }),
    eta: real({
      default: 0.5,
      min: 0.01,
      max: 1,
      symbol: '\\eta',
      help: 'step size; the claim needs less than 1/λ_max',
    }),
    basinSize: whole(10, [2, 20], 'neurons of the teacher whose basin is measured'),
    distances: reals({
      distinct: true,
      default: [0.1, 0.3, 0.6, 0.8, 1, 1.2, 1.5],
      min: 0.01,
      max: 3,
      maxLength: 12,
      symbol: '\\varepsilon',
      help: 'distances ‖W⁰ − W*‖/‖W*‖ of the initializations',
    }),
    runs: count(100, 2000, 'initializations at each distance'),
    maxSteps: integer({
      default: 20_000,
      min: 1,
      max: 1_000_000,
      scale: 'log',
      help: 'maximum number of steps of a run',
    }),
  },
  presets: {
    quick: { teachers: 30, runs: 20, distances: [0.1, 0.3, 0.6, 1, 1.5] },
    full: { teachers: 300, runs: 400 },
  },
  expectedSeconds: { quick: 1, full: 20 },
  cells: {
    teachers: () => [{ key: 'teachers' }],
    rate: () => [{ key: 'rate' }],
    basin: (p) => ascending(p.distances).map((distance) => ({ distance })),
  },
})

export type Params = ParamsOf<typeof zhong>
