import { experiment } from '../../define/definition.js'
import { integer, integers, real } from '../../define/fields.js'
import { epochBudget, failureProbability, inputDimension, learningRate } from '../fields.js'
import { source } from '../source.js'

/** Generalization bounds of a run, on a finite population whose error is counted. */
export const generalization = experiment({
  id: 'overparam/generalization',
  part: 'generalization',
  name: 'Generalization bounds',
  title: 'The updated examples bound the test error, at every width',
  about:
    'Examples that never caused an update can be left out: training on the others in the same order gives the same network, bit for bit. So the updated examples are a compression of the network, and all others are a test set; the resulting bound does not depend on $k$. Examples are drawn from a finite population, so that the true error is counted, not estimated, and hundreds of samples show how often each bound fails.',
  formula:
    '\\Pr\\bigl(y N(x) < 1\\bigr) \\;\\le\\; 1 - \\exp\\Bigl(-\\frac{\\ln\\binom{T}{c} + \\ln n + \\ln\\frac1\\delta}{m\\,(T-c)}\\Bigr), \\qquad m = \\lfloor n/T\\rfloor',
  symbols: [
    { tex: 'c', text: 'number of distinct examples ever updated' },
    {
      tex: 'T',
      text: 'number of blocks, the best for these $n$, $c$, $\\delta$; $T = n$ gives the subset bound',
    },
    { tex: 'm', text: 'examples in a block' },
  ],
  source,
  params: {
    n: integers({
      distinct: true,
      default: [100, 200, 500, 1000, 2000, 4000],
      min: 10,
      max: 10_000,
      maxLength: 8,
      symbol: 'n',
      help: 'sample sizes n; failures of the bounds are counted at the first',
    }),
    d: inputDimension,
    gamma: real({
      default: 0.05,
      min: 0.001,
      max: 0.5,
      scale: 'log',
      symbol: '\\gamma',
      help: 'margin of the population of examples',
    }),
    k: integer({ default: 100, min: 1, max: 1000, symbol: 'k', help: 'hidden units of each sign' }),
    alpha: real({ default: 0.1, min: 0.001, max: 1, symbol: '\\alpha', help: 'leaky ReLU slope' }),
    eta: learningRate(10),
    delta: failureProbability,
    draws: integer({ default: 50, min: 1, max: 1000, help: 'random samples of each size n' }),
    repeats: integer({
      default: 200,
      min: 1,
      max: 2000,
      help: 'random samples of the first size n, on which failures of the bounds are counted',
    }),
    repeatDelta: real({
      default: 0.1,
      min: 1e-3,
      max: 0.5,
      help: 'failure probability of the bounds whose failures are counted',
    }),
    heldOut: integer({
      default: 500,
      min: 1,
      max: 10_000,
      scale: 'log',
      symbol: 'm',
      help: 'number of held-out examples',
    }),
    population: integer({
      default: 10_000,
      min: 100,
      max: 100_000,
      scale: 'log',
      help: 'size of the finite population from which examples are drawn with replacement; it determines the true error',
    }),
    copies: integer({
      default: 1,
      min: 1,
      max: 100,
      help: 'copies of each example in the sample; with 2 or more the examples are not independent',
    }),
    epochs: epochBudget(2000, 20_000),
  },
  presets: {
    quick: { n: [100, 300, 1000], k: 10, draws: 20, population: 5000 },
    full: {},
  },
  expectedSeconds: { quick: 4, full: 60 },
  cells: {
    // the small samples first; more of the first size
    sample: (p) =>
      p.n.flatMap((n, i) =>
        Array.from({ length: i === 0 ? Math.max(p.draws, p.repeats) : p.draws }, (_, draw) => ({
          n,
          draw,
        })),
      ),
  },
})
