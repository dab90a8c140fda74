import { experiment } from '../../define/definition.js'
import { integer, real } from '../../define/fields.js'
import { learningRate, weightShift, widthsCompared } from '../fields.js'
import { source } from '../source.js'

/** ReLU: spurious local minima, and a distribution on which narrow networks fail. */
export const reluFailure = experiment({
  id: 'overparam/relu-failure',
  part: 'generalization',
  name: 'ReLU fails',
  title: 'SGD on ReLU networks fails with the probability of a dead coordinate',
  about:
    'On the unit vectors with labels $+1$ coordinates do not interact. If no positive unit is active on $e_i$ at initialization, none ever will be: the coordinate is dead, and SGD fails for every learning rate, order and number of epochs. For random initializations that has an exact probability. On every separable set with both classes there is a spurious local minimum: the loss is constant in a neighborhood, and not 0.',
  formula: '\\Pr(\\text{SGD fails}) \\;=\\; 1 - \\bigl(1 - 2^{-k}\\bigr)^{d}',
  symbols: [],
  source,
  params: {
    d: integer({
      default: 64,
      min: 1,
      max: 1024,
      scale: 'log',
      symbol: 'd',
      help: 'input dimension d; the examples are the unit vectors e_1, …, e_d',
    }),
    k: widthsCompared([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 40, 20),
    runs: integer({
      default: 400,
      min: 1,
      max: 5000,
      help: 'random initializations of each width, from each of which a network is trained',
    }),
    eta: learningRate(1),
    alpha: real({
      default: 0,
      min: 0,
      max: 1,
      symbol: '\\alpha',
      help: 'leaky ReLU slope; 0 is ReLU, and training with any other slope never fails',
    }),
    shift: weightShift,
    points: integer({
      default: 40,
      min: 4,
      max: 1000,
      help: 'number of examples of the data set on which a spurious local minimum is constructed',
    }),
    flips: integer({
      default: 0,
      min: 0,
      max: 100,
      help: 'number of flipped labels in the data set of the spurious minimum; a few make it non-separable',
    }),
  },
  presets: {
    quick: { runs: 200 },
    full: {},
  },
  expectedSeconds: { quick: 2, full: 4 },
  cells: {
    width: (p) => p.k.map((k) => ({ key: `k=${k}`, k })),
    /** a minimum in rational arithmetic */
    exact: () => [{}],
    minimum: () =>
      ([1, -1] as const).map((dead) => ({
        key: `minimum/${dead === 1 ? 'positive' : 'negative'}`,
        dead,
      })),
  },
})
