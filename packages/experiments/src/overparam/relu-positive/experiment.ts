import { experiment } from '../../define/definition.js'
import { integer, integers, real } from '../../define/fields.js'
import { learningRate, weightShift } from '../fields.js'
import { source } from '../source.js'

/** Initializations of one dimension and width, or leaky ReLU runs in one dimension. */
export type RunCell =
  | { readonly kind: 'point'; readonly key: string; readonly d: number; readonly k: number }
  | { readonly kind: 'leak'; readonly key: string; readonly d: number }

/** Widths of a dimension, each once: those of κ from `from` to `to` that are at least 1. */
const widthsOf = (d: number, { from, to }: { readonly from: number; readonly to: number }) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => Math.round(Math.log2(d)) + from + i)
    // above 60 the probability is lost in rounding
    .filter((k) => k >= 1 && k <= 60)

const cellsOf = (
  d: number,
  p: { readonly from: number; readonly to: number },
): readonly RunCell[] => [
  ...widthsOf(d, p).map((k) => ({ key: `d=${d}/k=${k}`, kind: 'point' as const, d, k })),
  { key: `d=${d}/leak`, kind: 'leak', d },
]

/** Wide ReLU networks: the transition from certain failure to certain success. */
export const reluPositive = experiment({
  id: 'overparam/relu-positive',
  part: 'generalization',
  name: 'Wide ReLU succeeds',
  title: 'Wide ReLU networks overcome dead units: failures vanish at k = log₂ d',
  about:
    'On the unit vectors with labels $+1$ a ReLU network fails only if some coordinate is dead at initialization. With $k$ units that becomes unlikely as soon as $k$ exceeds $\\log_2 d$, within a few units in every dimension. Without a dead coordinate SGD converges to loss 0 after a number of updates that is bounded by the initialization; a leaky ReLU network always does.',
  formula:
    '\\Pr(\\text{SGD fails}) \\;\\to\\; 1 - \\exp\\bigl(-2^{-\\kappa}\\bigr),\\quad \\kappa = k - \\log_2 d; \\qquad U \\le \\sum_i \\Bigl\\lceil \\frac{1 - N_0(e_i)}{\\eta v^2 p_i} \\Bigr\\rceil_+',
  symbols: [
    { tex: 'p_i', text: 'positive units that are active on $e_i$ at initialization' },
    { tex: 'N_0', text: 'the network at initialization; $v = 1/\\sqrt{2k}$' },
  ],
  source,
  params: {
    d: integers({
      distinct: true,
      default: [16, 64, 256, 1024],
      min: 2,
      max: 2048,
      maxLength: 6,
      symbol: 'd',
      help: 'input dimensions d; the examples are the unit vectors e_1, …, e_d',
    }),
    from: integer({ default: -4, min: -10, max: 10, help: 'smallest value of k − log₂ d' }),
    to: integer({ default: 6, min: -10, max: 20, help: 'largest value of k − log₂ d' }),
    starts: integer({
      default: 400,
      min: 1,
      max: 5000,
      help: 'random initializations of each dimension and width, checked for dead coordinates',
    }),
    runs: integer({
      default: 10,
      min: 1,
      max: 1000,
      help: 'number of random initializations of each dimension and width from which a network is trained',
    }),
    eta: learningRate(1),
    alpha: real({
      default: 0,
      min: 0,
      max: 1,
      symbol: '\\alpha',
      help: 'leaky ReLU slope; 0 is ReLU, to which the predicted curve applies',
    }),
    shift: weightShift,
    leak: real({
      default: 0.1,
      min: 0,
      max: 1,
      help: 'leaky ReLU slope of the comparison networks with one hidden unit of each sign, whose training never fails',
    }),
  },
  presets: { quick: { d: [16, 64, 256], starts: 200, runs: 5 }, full: {} },
  expectedSeconds: { quick: 3, full: 25 },
  cells: {
    run: (p) => p.d.flatMap((d) => cellsOf(d, p)),
    /** formulas on the width */
    formulas: (p) => p.d.map((d) => ({ d })),
  },
})
