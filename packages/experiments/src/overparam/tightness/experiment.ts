import { experiment } from '../../define/definition.js'
import { counts, integer, real, reals } from '../../define/fields.js'

const slopes = (byDefault: readonly number[], help: string) =>
  reals({
    distinct: true,
    default: byDefault,
    min: 0.005,
    max: 1,
    maxLength: 10,
    symbol: '\\alpha',
    help,
  })

const stepScale = (byDefault: number, min: number, max: number, help: string) =>
  real({ default: byDefault, min, max, scale: 'log', symbol: '\\beta', help })

/** An instance, and what it is compared with. */
export interface InstanceCell {
  readonly set: 'any' | 'small' | 'large' | 'opposite' | 'width'
  readonly alpha: number
  readonly beta: number
  readonly k?: number
  /** ραv of initial weights −ρW* */
  readonly size?: number
}

/** The slope and step at which widths and initial weights are compared. */
const compared = { alpha: 0.1, beta: 0.2 }

/** Data on which SGD makes as many updates as the theorem allows. */
export const tightness = experiment({
  id: 'overparam/tightness',
  part: 'generalization',
  name: 'Tightness',
  title: 'The bound with slopes is attained: some data require that many updates',
  about:
    'A bound that no data attain says little about its constants. Here data are constructed on which SGD makes $1-2\\gamma^2$ of the updates that the bound with slopes allows, for every leaky ReLU slope $\\alpha$, every $\\beta = 1/(k\\eta v^2)$ and every width $k$: each example is violated once, adds the least to the alignment with the separator and the most to the norm. So the worst case grows like $1/\\alpha^2$ for small steps, as the published bound does, and only like $1/\\alpha$ for large ones. Random data of the same size are far from it.',
  formula:
    'U \\;\\le\\; B_{\\text{slope}} \\approx \\frac{1}{\\gamma^2}\\max_{\\bar a\\in[\\alpha,1]}\\Bigl[\\frac{1+\\alpha}{\\bar a} + \\frac{\\beta-\\alpha}{\\bar a^2}\\Bigr] = \\frac{1}{\\gamma^2}\\begin{cases} 1+\\beta/\\alpha^2 & \\beta \\ge \\alpha(1-\\alpha)/2\\\\ (1+\\alpha)^2/(4(\\alpha-\\beta)) & \\text{otherwise}\\end{cases}',
  symbols: [
    { tex: 'U', text: 'updates of SGD in cyclic order, until an epoch without any' },
    { tex: '\\bar a', text: 'mean slope of the units over the updates' },
  ],
  source: {
    ours: 'an adversarial data set: each example is violated, adds the least progress and the most norm that the proof allows',
  },
  params: {
    gamma: real({
      default: 0.1,
      min: 0.02,
      max: 0.3,
      scale: 'log',
      symbol: '\\gamma',
      help: 'margin of the adversarial data sets, whose examples have norm 1',
    }),
    alphas: slopes([0.01, 0.1, 0.5, 1], 'leaky ReLU slopes of the adversarial data sets'),
    betas: reals({
      distinct: true,
      default: [0.001, 0.2],
      min: 0.0001,
      max: 1,
      maxLength: 5,
      symbol: '\\beta',
      help: 'values of 1/(kηv²) of the adversarial data sets; the default learning rate gives 0.2',
    }),
    smallBeta: stepScale(10, 1, 100, 'value of 1/(kηv²) for small learning rates'),
    smallAlphas: slopes(
      [0.1, 0.2, 0.4, 0.8],
      'leaky ReLU slopes compared for small learning rates',
    ),
    largeBeta: stepScale(0.001, 1e-5, 0.01, 'value of 1/(kηv²) for large learning rates'),
    largeAlphas: slopes(
      [0.005, 0.01, 0.03, 0.1],
      'leaky ReLU slopes compared for large learning rates',
    ),
    opposite: reals({
      distinct: true,
      default: [3, 10],
      min: 0.1,
      max: 50,
      maxLength: 5,
      help: 'values of ραv for the initial weights −ρW*, which are opposite to the separator',
    }),
    widths: counts([1, 5, 50], [200, 5], 'widths compared: hidden units of each sign', {
      symbol: 'k',
    }),
    seeds: integer({ default: 3, min: 1, max: 50, help: 'random data sets for each slope' }),
  },
  presets: {
    quick: {},
    full: {
      gamma: 0.05,
      alphas: [0.05, 0.1, 0.2, 0.5, 1],
      smallAlphas: [0.15, 0.3, 0.6],
      seeds: 10,
    },
  },
  expectedSeconds: { quick: 2, full: 6 },
  cells: {
    instance: (p): readonly InstanceCell[] => [
      ...p.betas.flatMap((beta) => p.alphas.map((alpha) => ({ set: 'any', alpha, beta }) as const)),
      ...p.smallAlphas.map((alpha) => ({ set: 'small', alpha, beta: p.smallBeta }) as const),
      ...p.largeAlphas.map((alpha) => ({ set: 'large', alpha, beta: p.largeBeta }) as const),
      ...p.opposite.map((size) => ({ set: 'opposite', ...compared, size }) as const),
      ...p.widths.map((k) => ({ set: 'width', ...compared, k }) as const),
    ],
    /** random data and initial weights of all kinds, for each slope */
    displaced: (p) => p.alphas.map((alpha) => ({ alpha })),
    /** runs in rational arithmetic */
    exact: () => [{}],
    random: (p) =>
      p.alphas.flatMap((alpha) => Array.from({ length: p.seeds }, (_, seed) => ({ alpha, seed }))),
  },
})
