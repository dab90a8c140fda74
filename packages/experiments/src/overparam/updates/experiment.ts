import { experiment } from '../../define/definition.js'
import { choice, integer, real, reals } from '../../define/fields.js'
import {
  epochBudget,
  flippedLabels,
  inputDimension,
  leakySlope,
  learningRate,
  teacherMargin,
  widthsCompared,
} from '../fields.js'
import { source } from '../source.js'

/** The initializations of the first layer that can be compared. */
const starts = ['zero', 'scaled', 'gauss', 'adversarial'] as const

/**
 * The parameter that a run varies: width, leaky ReLU slope or initialization. The others are fixed.
 */
export interface RunCell {
  readonly key: string
  readonly varies: 'width' | 'leak' | 'start'
  readonly k: number
  readonly alpha: number
  readonly start: (typeof starts)[number]
  readonly seed: number
}

/** Width of the runs that compare leaks and starts. */
const WIDTH = 10

/** The runs on one data set. */
function runsOn(
  seed: number,
  p: {
    readonly k: readonly number[]
    readonly alpha: number
    readonly alphas: readonly number[]
    readonly start: RunCell['start']
  },
): RunCell[] {
  const fixed = { k: WIDTH, alpha: p.alpha, start: 'scaled', seed } as const
  const cell = (varies: RunCell['varies'], name: string, varied: Partial<RunCell>): RunCell => ({
    ...fixed,
    ...varied,
    varies,
    key: `${name}/seed=${seed}`,
  })
  return [
    ...p.k.map((k) => cell('width', `k=${k}`, { k, start: p.start })),
    ...p.alphas.map((alpha) => cell('leak', `alpha=${alpha}`, { alpha })),
    ...starts.map((start) => cell('start', `start=${start}`, { start })),
  ]
}

/** SGD stops after a bounded number of updates, on data made from a seed. */
export const updates = experiment({
  id: 'overparam/updates',
  part: 'generalization',
  name: 'Updates are bounded',
  title: 'The number of updates of SGD is bounded independently of the width',
  about:
    'On separable data a two-layer leaky ReLU network is trained by SGD with batch size 1. Each update increases the alignment of $W$ with the separator $w^*$ by a fixed amount, while the norm of $W$ grows slowly; hence the number of updates is finite. The bound does not depend on $k$, and every inequality of the proof is checked at every update.',
  formula:
    'U \\;\\le\\; \\Bigl(\\frac{\\|w^*\\|}{\\gamma}\\Bigr)^{2}\\; \\max_{\\bar a\\in[\\alpha,1]} \\Bigl[\\frac{(1+\\alpha)R^{2}}{\\bar a} + \\frac{\\beta-\\alpha R^{2}}{\\bar a^{2}}\\Bigr], \\qquad \\beta = \\frac{1}{k\\,\\eta\\, v^{2}}',
  symbols: [
    { tex: 'U', text: 'number of updates: visits of an example with $y N(x) < 1$' },
    { tex: 'w^*', text: 'a separator: $y_i\\, w^*\\!\\cdot x_i \\ge \\gamma > 0$ for all $i$' },
    { tex: 'R', text: 'largest norm of an example' },
    { tex: 'v', text: 'weight of the second layer, $1/\\sqrt{2k}$ here' },
    { tex: '\\bar a', text: 'mean slope of a unit over the updates' },
    { tex: '\\beta', text: 'the formula is for $W_0 = 0$; the table has other initializations' },
  ],
  source,
  params: {
    k: widthsCompared([1, 3, 10, 30, 100, 300], 2000, 12),
    d: inputDimension,
    n: integer({
      default: 200,
      min: 2,
      max: 2000,
      scale: 'log',
      symbol: 'n',
      help: 'number of training examples',
    }),
    gamma: teacherMargin,
    start: choice({
      default: 'scaled',
      values: starts,
      help: 'initialization of the first layer in the comparison of widths',
    }),
    row: real({
      default: 1,
      min: 0.001,
      max: 100,
      scale: 'log',
      symbol: 'r',
      help: 'scale r of the initialization: rows of norm r/√(2k), or of norm about r for gauss',
    }),
    alpha: leakySlope,
    alphas: reals({
      distinct: true,
      default: [0.01, 0.03, 0.1, 0.3, 1],
      min: 0.001,
      max: 1,
      maxLength: 12,
      help: 'leaky ReLU slopes whose numbers of updates are compared',
    }),
    eta: learningRate(10),
    flips: flippedLabels,
    epochs: epochBudget(2000, 20000),
    seeds: integer({
      default: 10,
      min: 1,
      max: 50,
      help: 'number of random data sets, each with its own initializations and orders of examples',
    }),
  },
  presets: {
    quick: { k: [1, 10, 100], alphas: [0.01, 0.1, 1], seeds: 3 },
    full: {},
  },
  expectedSeconds: { quick: 1, full: 3 },
  cells: { run: (p) => Array.from({ length: p.seeds }, (_, seed) => runsOn(seed, p)).flat() },
})
