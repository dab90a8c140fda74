import { experiment } from '../../define/definition.js'
import { count, reals } from '../../define/fields.js'

/** Training of CRF and M3N is globally optimal, up to a number that is printed. */
export const trainingCertificates = experiment({
  id: 'structured/training-certificates',
  part: 'architecture',
  name: 'Training certificates',
  title: 'Training a CRF or an M3N is globally optimal up to a computed number',
  about:
    'The training problems of conditional random fields and max-margin Markov networks are convex. ' +
    'The gradient of the CRF, and the dual value of the M3N, bound the distance from the global minimum at every iterate. ' +
    'Both bounds are compared with the distance from a more accurate minimum.',
  formula: 'F(w) - F^* \\le \\frac{|\\nabla F(w)|^2}{2\\lambda},\\qquad P(w) - P^* \\le P(w) - D',
  symbols: [
    { tex: 'F', text: 'regularized negative log-likelihood' },
    { tex: 'P,\\ D', text: 'primal and dual value of the M3N' },
  ],
  source: {
    talk: 'Structured prediction models: CRF, M³N',
    paper:
      'Lafferty, McCallum, Pereira (2001); Taskar, Guestrin, Koller (2004); Lacoste-Julien et al. (2013), as recalled',
  },
  params: {
    lambdas: reals({
      distinct: true,
      default: [0.01, 0.1, 1],
      min: 1e-4,
      max: 10,
      maxLength: 8,
      symbol: '\\lambda',
      help: 'regularization constants',
    }),
    sequences: count(30, 2000, 'training sequences'),
    passes: count(100, 10_000, 'passes of block-coordinate Frank–Wolfe', { min: 10 }),
  },
  presets: { quick: {}, full: { sequences: 200, passes: 1000 } },
  expectedSeconds: { quick: 2, full: 60 },
  cells: { fit: (p) => p.lambdas.map((lambda) => ({ lambda })) },
})
