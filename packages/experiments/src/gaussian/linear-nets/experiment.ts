import { ascending } from '../../averages.js'
import { experiment, type ParamsOf } from '../../define/definition.js'
import { count, counts, real, reals, whole } from '../../define/fields.js'

export const linearNets = experiment({
  id: 'gaussian/linear-nets',
  part: 'optimization',
  name: 'Linear networks',
  title: 'Linear networks have saddles, but no spurious local minima',
  about:
    'The loss of a linear network is not convex. Its critical points keep a set $J$ of at most $p$ eigenvectors of the regression, ' +
    'and all but the best set are saddles. From a small initialization gradient descent passes them one after the other. ' +
    'A residual network has no saddle at all as long as its layers are near the identity.',
  formula:
    'L(W) = \\tfrac12\\lVert W_H\\cdots W_1X-Y\\rVert^2,\\qquad L_J = \\tfrac12\\Bigl(\\lVert Y\\rVert^2-\\sum_{i\\in J}e_i\\Bigr)',
  symbols: [
    { tex: 'p', text: 'width of the smallest layer' },
    { tex: 'e_i', text: 'eigenvalues of YXᵀ(XXᵀ)⁻¹XYᵀ' },
    { tex: '\\sigma', text: 'singular values that are learned' },
  ],
  source: {
    paper:
      'Baldi & Hornik (1989); Kawaguchi (2016); Saxe, McClelland & Ganguli (2014); Hardt & Ma (2017)',
  },
  params: {
    inputs: whole(5, [1, 12], 'dimension of the inputs', { symbol: 'd_0' }),
    outputs: whole(4, [1, 8], 'dimension of the outputs', { symbol: 'd_H' }),
    p: whole(2, [1, 8], 'width of the hidden layers', { symbol: 'p' }),
    samples: count(30, 1000, 'examples; full rank needs as many as inputs', { symbol: 'N' }),
    depths: counts([2, 3], [4, 4], 'numbers of layers of the networks that are trained', {
      min: 2,
    }),
    starts: count(20, 1000, 'random initializations of each network'),
    searches: count(60, 2000, 'random weights from which critical points are searched'),
    modes: reals({
      distinct: true,
      default: [4, 2, 1, 0.5],
      min: 0.05,
      max: 20,
      maxLength: 6,
      symbol: '\\sigma',
      help: 'singular values that are learned',
    }),
    u0: real({
      default: 1e-3,
      min: 1e-9,
      max: 0.01,
      scale: 'log',
      symbol: 'u_0',
      help: 'initial strength of the modes',
    }),
    eta: real({
      default: 0.002,
      min: 1e-4,
      max: 0.1,
      scale: 'log',
      symbol: '\\eta',
      help: 'step size at the modes; the claim needs ησ ≤ 0.4',
    }),
    layers: counts([2, 4, 8], [16, 8], 'numbers of residual layers', { symbol: 'l' }),
  },
  presets: {
    quick: { starts: 8, searches: 20, layers: [2, 6] },
    full: { starts: 100, searches: 300 },
  },
  expectedSeconds: { quick: 1, full: 5 },
  cells: {
    ends: (p) => ascending(p.depths).map((depth) => ({ depth })),
    saddles: () => [{ key: 'saddles' }],
    modes: () => [{ aligned: true }, { aligned: false }],
    residual: (p) => ascending(p.layers).map((l) => ({ l })),
  },
})

export type Params = ParamsOf<typeof linearNets>
