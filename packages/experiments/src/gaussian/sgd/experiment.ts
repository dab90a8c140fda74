import { keyedBlocks } from '../../define/blocks.js'
import { experiment, type ParamsOf } from '../../define/definition.js'
import { count, counts, reals, whole } from '../../define/fields.js'
import { filterLength, patches, stepBudget } from '../fields.js'

/** Sizes of the samples whose landscapes are compared. */
const sizes = [100, 400, 1600, 6400] as const

const BLOCK = 25

/** Blocks of runs for a batch size, or a sample size. */
const sized = (name: string, size: number, seeds: number) =>
  keyedBlocks(seeds, BLOCK, `${name}=${size}/seeds=`, { size })

export const sgd = experiment({
  id: 'gaussian/sgd',
  part: 'optimization',
  name: 'SGD',
  title: 'SGD with fresh samples converges to w* at a constant learning rate',
  about:
    'In practice the population gradient is not known, and each step of SGD uses a batch of fresh inputs. ' +
    'The batch gradient is unbiased, and since the labels have no noise its variance vanishes at $w^*$: a constant learning rate converges, if it is smaller for smaller batches. ' +
    'The loss of a fixed sample, too, converges to the population loss as the sample grows, and gradient descent on it finds the teacher from a few times $m$ examples on.',
  formula:
    'w \\leftarrow w - \\frac{\\eta}{B}\\sum_{b=1}^{B}\\nabla_w\\big(f(x_b;w) - f(x_b;w^*)\\big)^2,\\qquad \\eta = \\frac{0.8}{c}\\,\\min\\Big(1, \\frac{B}{2m}\\Big)',
  symbols: [
    { tex: 'w', text: 'filter of the network being trained' },
    { tex: 'w^*', text: 'filter of the teacher, of length 1' },
    { tex: 'x_b', text: 'fresh standard normal inputs' },
    { tex: 'c', text: 'largest eigenvalue of the Hessian of the population loss' },
    { tex: '\\eta', text: 'learning rate; this one is a rule of thumb, not a theorem' },
  ],
  source: { paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966' },
  params: {
    k: patches(4),
    m: filterLength(5, 50, 'for m = 1 large batches fail from half of the initializations'),
    batch: counts([1, 8, 32], [1024, 5], 'batch sizes', { symbol: 'B' }),
    etaB: reals({
      default: [1],
      min: 0.01,
      max: 20,
      maxLength: 5,
      symbol: '\\eta_B',
      help: 'learning rate in units of 0.8 min(1, B/2m)/c, one value for all batch sizes or one for each; runs converge reliably for values up to 1',
    }),
    seeds: whole(50, [1, 1000], 'runs for each batch size'),
    samples: count(50_000, 10_000_000, 'inputs drawn to estimate the mean of the gradient', {
      min: 100,
    }),
    maxSteps: stepBudget(6000, 1_000_000),
    fixed: counts(
      [5, 8, 10, 15, 20, 50, 200],
      [10_000, 12],
      'sizes of the fixed training samples on which gradient descent runs',
      { symbol: 'N' },
    ),
    fixedSeeds: whole(
      100,
      [1, 1000],
      'number of fixed training samples of each size, each with its own teacher and initialization',
    ),
  },
  review: ({ batch, etaB }) =>
    etaB.length === 1 || etaB.length === batch.length
      ? []
      : [
          {
            where: 'etaB',
            message: `parameter etaB: expected one learning rate, or one for each of ${batch.length} batch sizes, got ${etaB.length}`,
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
    // the mean gradient at a point
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

export const etaOf = ({ batch, etaB }: Params, size: number): number =>
  etaB.length === 1 ? etaB[0] : etaB[batch.indexOf(size)]
