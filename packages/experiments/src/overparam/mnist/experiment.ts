import { experiment } from '../../define/definition.js'
import { file, integer, integers, real } from '../../define/fields.js'
import {
  epochBudget,
  failureProbability,
  leakySlope,
  learningRate,
  widthsCompared,
} from '../fields.js'
import { source } from '../source.js'

/** The width sweep on handwritten digits. */
export const mnist = experiment({
  id: 'overparam/mnist',
  part: 'generalization',
  name: 'MNIST',
  title: 'On handwritten digits wider networks need no more updates and do not overfit',
  about:
    'Networks of two to hundreds of hidden units classify two groups of handwritten digits. They are trained until every training digit has margin 1, that is to a training loss of exactly 0. The number of updates stays below a bound that does not depend on the width $k$. With dozens of parameters per training digit the test error is no larger than with two units.',
  formula:
    'U \\;\\le\\; \\max_{t}\\Bigl\\{\\, t : (F_0+gA)^2 \\le L\\,(S_0+hA+ct),\\; 2k\\alpha t\\le A\\le 2kt \\Bigr\\}',
  symbols: [
    { tex: 'U', text: 'number of updates: visits of a digit with $y N(x) < 1$' },
    { tex: 'A', text: 'sum of the slopes over the updates' },
    { tex: 'F_0,\\,S_0', text: '$\\langle W_0, W^*\\rangle$ and $\\|W_0\\|^2$' },
    { tex: 'g,\\,L', text: '$\\eta v\\gamma$ and $2k\\|w^*\\|^2$' },
    {
      tex: 'h,\\,c',
      text: '$\\eta^2v^2R^2(1+\\alpha)$ and $2\\eta-2k\\alpha\\eta^2v^2R^2$; $v = 1/\\sqrt{2k}$',
    },
  ],
  source,
  params: {
    k: widthsCompared([1, 3, 10, 30, 100], 1000, 10),
    positive: integers({
      distinct: true,
      default: [0],
      min: 0,
      max: 9,
      maxLength: 9,
      help: 'digits with label +1',
    }),
    negative: integers({
      distinct: true,
      default: [1, 2, 3, 4, 5, 6, 7, 8, 9],
      min: 0,
      max: 9,
      maxLength: 9,
      help: 'digits with label −1',
    }),
    n: integer({
      default: 4000,
      min: 50,
      max: 60_000,
      scale: 'log',
      symbol: 'n',
      help: 'size of the training set; the other images of these digits are the test set, or those of the test files',
    }),
    row: real({
      default: 1,
      min: 0.001,
      max: 100,
      scale: 'log',
      symbol: 'r',
      help: 'scale r of the initialization: rows of norm about r/√(2k)',
    }),
    alpha: leakySlope,
    eta: learningRate(10),
    delta: failureProbability,
    data: file({
      holds: 'MNIST digits',
      help: 'folder of the four MNIST files (train-images-idx3-ubyte and so on, compressed or not); default: the 10,000 digits that are shipped',
    }),
    epochs: epochBudget(1000, 5000),
    seeds: integer({
      default: 3,
      min: 1,
      max: 10,
      help: 'random initializations and orders of examples for each width; the training set stays the same',
    }),
  },
  review: ({ positive, negative }) => {
    const both = positive.find((digit) => negative.includes(digit))
    return both === undefined
      ? []
      : [
          {
            where: 'negative',
            message: `parameter negative: expected digits that are not positive, got ${both} in both lists`,
          },
        ]
  },
  presets: {
    quick: {},
    full: { k: [1, 3, 10, 30, 100, 300, 1000], seeds: 3 },
  },
  expectedSeconds: { quick: 16, full: 48 },
  cells: {
    // first, so that a check first compares the files
    files: (p) => (p.data === undefined ? [] : [{}]),
    // the keys, and so the numbers, are those of an experiment with this part alone
    run: (p) =>
      Array.from({ length: p.seeds }, (_, seed) =>
        p.k.map((k) => ({ key: `k=${k}/seed=${seed}`, k, seed })),
      ).flat(),
  },
})
