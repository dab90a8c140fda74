import { experiment } from '../../define/definition.js'
import { flag, integer, integers, real, reals } from '../../define/fields.js'
import {
  epochBudget,
  flippedLabels,
  inputDimension,
  learningRate,
  teacherMargin,
} from '../fields.js'
import { source } from '../source.js'

/**
 * The parameter that a run varies: scale of the initialization, width or leaky ReLU slope; the
 * others are fixed.
 */
export const sweeps = ['start', 'width', 'leak'] as const
export type Sweep = (typeof sweeps)[number]

export interface RunCell {
  readonly key: string
  readonly sweep: Sweep
  readonly row: number
  readonly k: number
  readonly alpha: number
  readonly seed: number
}

/** Size of the start where it is not varied. */
const ROW = 1
const DIGIT_WIDTHS = [1, 10, 100]

/** The runs on one data set: each varies one number of those that are fixed otherwise. */
function runsOn(
  seed: number,
  p: {
    readonly rows: readonly number[]
    readonly k: readonly number[]
    readonly alphas: readonly number[]
    readonly width: number
    readonly alpha: number
  },
): RunCell[] {
  const cell = (sweep: Sweep, at: number, varied: Partial<RunCell>): RunCell => ({
    row: ROW,
    k: p.width,
    alpha: p.alpha,
    seed,
    ...varied,
    sweep,
    key: `${sweep}=${at}/seed=${seed}`,
  })
  return [
    ...p.rows.map((row) => cell('start', row, { row })),
    ...p.k.map((k) => cell('width', k, { k })),
    ...p.alphas.map((alpha) => cell('leak', alpha, { alpha })),
  ]
}

/** The function that SGD converges to: its linearity and rank. */
export const inductiveBias = experiment({
  id: 'overparam/inductive-bias',
  part: 'generalization',
  name: 'Inductive bias',
  title: 'SGD converges near a linear function, but minimizes neither rank nor trace norm',
  about:
    'Many networks fit separable data; which one does SGD find? The linear function nearest to it explains nearly all of its outputs. What SGD has learned, $W - W_0$, has low effective rank for small initializations and high effective rank for large ones. From the same $W_0$ a change of rank 1 with a smaller trace norm fits as well, so $W - W_0$ minimizes neither the trace norm nor, for $\\alpha < 1$, the rank. For $\\alpha = 1$ its rank is 1. Whether a smaller rank or trace norm goes with a smaller test error is measured, without a verdict.',
  formula:
    "r^2 = 1 - \\frac{\\|N - Xb\\|^2}{\\|N\\|^2}, \\qquad \\min_i y_i N(x_i; W_0 + \\Delta') = \\min_i y_i N(x_i; W), \\quad \\|\\Delta'\\|_* < \\|W - W_0\\|_*",
  symbols: [
    { tex: 'b', text: 'the linear function nearest to the network on the training points (ridge)' },
    { tex: "\\Delta'", text: 'a change of rank 1: rows $\\pm c\\,w^*/\\|w^*\\|$' },
  ],
  source,
  params: {
    rows: reals({
      distinct: true,
      default: [0.001, 0.01, 0.1, 1, 10],
      min: 1e-6,
      max: 1000,
      maxLength: 12,
      symbol: 'r',
      help: 'scales r of the initialization: rows of norm about r/√(2k)',
    }),
    k: integers({
      distinct: true,
      default: [1, 3, 10, 30, 100, 300],
      min: 1,
      max: 1000,
      maxLength: 12,
      help: 'widths compared, at initialization scale 1',
    }),
    alphas: reals({
      distinct: true,
      default: [0.01, 0.03, 0.1, 0.3, 1],
      min: 0.001,
      max: 1,
      maxLength: 12,
      help: 'leaky ReLU slopes compared, at initialization scale 1',
    }),
    width: integer({
      default: 100,
      min: 1,
      max: 1000,
      symbol: 'k',
      help: 'width of the networks whose width is not varied: hidden units of each sign',
    }),
    alpha: real({
      default: 0.1,
      min: 0,
      max: 1,
      symbol: '\\alpha',
      help: 'leaky ReLU slope of the networks whose slope is not varied; 0 is ReLU',
    }),
    eta: learningRate(10),
    d: inputDimension,
    n: integer({
      default: 200,
      min: 10,
      max: 5000,
      scale: 'log',
      symbol: 'n',
      help: 'number of training examples',
    }),
    gamma: teacherMargin,
    test: integer({
      default: 2000,
      min: 10,
      max: 50_000,
      scale: 'log',
      help: 'number of test examples',
    }),
    seeds: integer({
      default: 5,
      min: 1,
      max: 50,
      help: 'number of random data sets, each with its own initialization and order of examples',
    }),
    digits: flag({ default: true, help: 'also train networks on handwritten digits' }),
    flips: flippedLabels,
    epochs: epochBudget(2000, 20_000),
  },
  presets: {
    quick: {
      rows: [0.001, 0.1, 10],
      k: [1, 10, 100],
      alphas: [0.03, 0.3, 1],
      width: 30,
      seeds: 3,
      digits: false,
    },
    full: {},
  },
  expectedSeconds: { quick: 2, full: 40 },
  cells: {
    // those on one data set together
    run: (p) => Array.from({ length: p.seeds }, (_, seed) => runsOn(seed, p)).flat(),
    plane: () => [{}],
    digits: (p) =>
      p.digits
        ? (['0 v rest', '3 v 5'] as const).flatMap((task) =>
            DIGIT_WIDTHS.map((k) => ({ key: `digits=${task}/k=${k}`, task, k })),
          )
        : [],
  },
})
