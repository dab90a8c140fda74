import { blocks } from '../../define/blocks.js'
import { experiment, type ParamsOf } from '../../define/definition.js'
import { integer, integers, reals } from '../../define/fields.js'

/** Numbers of examples of the samples whose landscapes are compared. */
export const sizes = [100, 400, 1600, 6400] as const

const BLOCK = 25

/** Blocks of runs for a batch size, or a number of examples. */
const sized = (name: string, size: number, seeds: number) =>
  blocks(seeds, BLOCK).map(({ from, to }) => ({
    key: `${name}=${size}/seeds=${from}-${to - 1}`,
    size,
    from,
    to,
  }))

/** SGD with fresh samples, and fixed samples beside the population. */
export const sgd = experiment({
  id: 'gaussian/sgd',
  part: 'optimisation',
  name: 'SGD',
  title: 'SGD with fresh samples reaches the teacher at a constant step',
  about:
    'In practice the mean over all inputs is not known, and each step uses a few fresh ones. ' +
    'The sampled gradient is right on average, and since the teacher makes no errors its noise vanishes at $w^*$: a constant step converges, if it is shorter the smaller the batch. ' +
    'The loss of a fixed sample, too, tends to that of the population as the sample grows, and descent on it finds the teacher from a few times $m$ examples on.',
  formula:
    'w \\leftarrow w - \\frac{\\eta}{B}\\sum_{b=1}^{B}\\nabla_w\\big(f(x_b;w) - f(x_b;w^*)\\big)^2,\\qquad \\eta = \\frac{0.8}{c}\\,\\min\\Big(1, \\frac{B}{2m}\\Big)',
  symbols: [
    { tex: 'w', text: 'filter of the network being trained' },
    { tex: 'w^*', text: 'filter of the teacher, of length 1' },
    { tex: 'x_b', text: 'fresh standard normal inputs' },
    { tex: 'c', text: 'largest curvature of the population loss' },
    { tex: '\\eta', text: 'step size; this one is a rule of thumb, not a theorem' },
  ],
  source: { paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966' },
  params: {
    k: integer({ default: 4, min: 1, max: 50, symbol: 'k', help: 'windows of the network' }),
    m: integer({
      default: 5,
      min: 1,
      max: 50,
      symbol: 'm',
      help: 'length of the filter; with 1, half of the starts fail',
    }),
    batch: integers({
      distinct: true,
      default: [1, 8, 32],
      min: 1,
      max: 1024,
      maxLength: 5,
      symbol: 'B',
      help: 'fresh inputs a step',
    }),
    etaB: reals({
      default: [1],
      min: 0.01,
      max: 20,
      maxLength: 5,
      symbol: '\\eta_B',
      help: 'step size in units of 0.8 min(1, B/2m)/c, with which every run arrived: one for all batch sizes, or one for each',
    }),
    seeds: integer({ default: 50, min: 1, max: 1000, help: 'runs for each batch size' }),
    samples: integer({
      default: 50_000,
      min: 100,
      max: 10_000_000,
      scale: 'log',
      help: 'inputs drawn for the mean of the gradient',
    }),
    maxSteps: integer({ default: 6000, min: 1, max: 1_000_000, scale: 'log', help: 'step budget' }),
    fixed: integers({
      distinct: true,
      default: [5, 8, 10, 15, 20, 50, 200],
      min: 1,
      max: 10_000,
      maxLength: 12,
      symbol: 'N',
      help: 'examples of the fixed samples on which descent is tried',
    }),
    fixedSeeds: integer({
      default: 100,
      min: 1,
      max: 1000,
      help: 'fixed samples of each size, each with its teacher and start',
    }),
  },
  review: ({ batch, etaB }) =>
    etaB.length === 1 || etaB.length === batch.length
      ? []
      : [
          {
            where: 'etaB',
            message: `parameter etaB: expected one step size, or one for each of ${batch.length} batch sizes, got ${etaB.length}`,
          },
        ],
  presets: {
    quick: {
      seeds: 40,
      batch: [8, 32],
      samples: 20_000,
      fixed: [5, 8, 10, 15, 20, 50],
      fixedSeeds: 50,
    },
    full: { seeds: 100 },
  },
  expectedSeconds: { quick: 1.5, full: 4 },
  cells: {
    // the gradient at a point
    gradient: () => [{}],
    // runs [from, to) with a batch size
    runs: ({ batch, seeds }) => batch.flatMap((size) => sized('batch', size, seeds)),
    // landscapes of samples
    gap: () => sizes.map((size) => ({ key: `gap=${size}`, size })),
    // runs [from, to) on fixed samples of a size
    fixed: (p) => p.fixed.flatMap((size) => sized('fixed', size, p.fixedSeeds)),
  },
})

export type Params = ParamsOf<typeof sgd>

/** The step size for a batch size, in units of `sgdStep`. */
export const etaOf = ({ batch, etaB }: Params, size: number): number =>
  etaB.length === 1 ? etaB[0] : etaB[batch.indexOf(size)]
