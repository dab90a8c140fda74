import { experiment } from '../../define/definition.js'
import { integer, real, reals } from '../../define/fields.js'
import { flippedLabels, inputDimension } from '../fields.js'
import { source } from '../source.js'

/** The linear rules on whose proof the theorem on networks is based. */
export const perceptron = experiment({
  id: 'overparam/perceptron',
  part: 'generalization',
  name: 'Perceptron',
  title: 'The perceptron converges within its bound, and a network with α = 1 is a perceptron',
  about:
    'The bound on the updates of a network is proved like that of the perceptron: the alignment with a separator grows linearly in the updates, the norm only like a square root. The linear rules are run, each within its own bound. A network with $\\alpha = 1$ and $W_0 = 0$ makes the updates of the margin perceptron, and for $\\eta \\to \\infty$ the mistakes of the perceptron.',
  formula:
    '\\text{mistakes} \\;\\le\\; \\Bigl(\\frac{R}{\\gamma}\\Bigr)^{2}, \\qquad \\text{updates with margin 1} \\;\\le\\; \\frac{R^2 + 2/\\eta}{\\gamma^2}',
  symbols: [{ tex: 'R', text: 'largest norm of an example' }],
  source,
  params: {
    gammas: reals({
      distinct: true,
      default: [0.01, 0.02, 0.05, 0.1, 0.2],
      min: 0.001,
      max: 0.5,
      maxLength: 10,
      help: 'margins of the teacher hyperplane',
    }),
    d: inputDimension,
    n: integer({
      default: 200,
      min: 2,
      max: 5000,
      scale: 'log',
      symbol: 'n',
      help: 'number of training examples',
    }),
    eta: real({
      default: 10,
      min: 0.01,
      max: 1000,
      scale: 'log',
      symbol: '\\eta',
      help: 'learning rate of the margin perceptron and of the networks',
    }),
    alphas: reals({
      distinct: true,
      default: [0.1, 0.3, 0.5, 0.7, 0.9, 0.99],
      min: 0.001,
      max: 1,
      maxLength: 10,
      symbol: '\\alpha',
      help: 'leaky ReLU slopes of the networks, from ReLU (0) to linear (1)',
    }),
    limit: real({
      default: 1,
      min: 0.001,
      max: 1,
      help: 'leaky ReLU slope of the networks that are compared with the perceptrons, update by update',
    }),
    k: integer({
      default: 10,
      min: 1,
      max: 1000,
      symbol: 'k',
      help: 'hidden units of each sign; with zero initial weights all units of one sign stay identical',
    }),
    seeds: integer({ default: 10, min: 1, max: 100, help: 'random data sets of each margin' }),
    flips: flippedLabels,
    passes: integer({
      default: 20_000,
      min: 1,
      max: 1_000_000,
      scale: 'log',
      help: 'maximum number of epochs of each rule, 20 on data without a separator',
    }),
  },
  presets: { quick: { gammas: [0.02, 0.1], seeds: 4 }, full: {} },
  expectedSeconds: { quick: 1, full: 10 },
  cells: {
    // the keys, and so the numbers, are those of an experiment with this part alone
    set: (p) =>
      p.gammas.flatMap((gamma) =>
        Array.from({ length: p.seeds }, (_, seed) => ({
          key: `gamma=${gamma}/seed=${seed}`,
          gamma,
          seed,
        })),
      ),
    /** data on which each rule needs as many updates as its bound allows */
    tight: () => [{}],
  },
})
