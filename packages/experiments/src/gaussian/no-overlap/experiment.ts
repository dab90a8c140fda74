import { experiment, type ParamsOf } from '../../define/definition.js'
import { integer } from '../../define/fields.js'

/** The closed form of the loss against samples, the slide's form, and an eigen-solver. */
export const noOverlap = experiment({
  id: 'gaussian/no-overlap',
  part: 'optimisation',
  name: 'No overlap',
  title: 'The loss over all inputs has a closed form',
  about:
    'A small convolutional network slides one filter $w$ over $k$ windows of its input, applies $\\mathrm{relu}$ and averages. ' +
    'How far it is from a teacher with filter $w^*$, on average over random inputs, would seem to need many samples. ' +
    'When the windows do not overlap and the inputs are standard normal, one formula gives it exactly, with gradient and curvature; here it is compared with samples.',
  formula:
    '\\ell(w) = \\frac{1}{k^2}\\Big[\\gamma\\lVert w\\rVert^2 - 2k\\,g(w,w^*) - 2\\beta\\lVert w\\rVert\\lVert w^*\\rVert + \\gamma\\lVert w^*\\rVert^2\\Big],\\quad g(u,v) = \\frac{\\lVert u\\rVert\\lVert v\\rVert}{2\\pi}\\big(\\sin\\theta + (\\pi-\\theta)\\cos\\theta\\big)',
  symbols: [
    { tex: 'w', text: 'filter of the network being trained' },
    { tex: 'w^*', text: 'filter of the teacher' },
    { tex: '\\ell', text: 'mean squared difference of the two networks, over all inputs' },
    { tex: 'g', text: 'mean of relu(u·x) relu(v·x) over normal inputs x' },
    { tex: '\\theta', text: 'angle between the two filters' },
    { tex: '\\beta', text: '(k² − k)/2π' },
    { tex: '\\gamma', text: 'β + k/2' },
  ],
  source: {
    talk: 'Gaussian Inputs: the loss without overlap in closed form',
    paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966',
  },
  params: {
    k: integer({ default: 4, min: 1, max: 50, symbol: 'k', help: 'windows of the network' }),
    m: integer({ default: 5, min: 1, max: 50, symbol: 'm', help: 'length of the filter' }),
    samples: integer({
      default: 100_000,
      min: 100,
      max: 10_000_000,
      scale: 'log',
      symbol: 'N',
      help: 'inputs drawn at each point',
    }),
    points: integer({ default: 8, min: 1, max: 200, help: 'random pairs of filter and teacher' }),
    overlap: integer({
      default: 0,
      min: 0,
      max: 49,
      help: 'coordinates shared by neighbouring windows; the formula needs 0',
    }),
  },
  presets: { quick: { samples: 20_000, points: 6 }, full: {} },
  expectedSeconds: { quick: 0.5, full: 2 },
  cells: { point: ({ points }) => Array.from({ length: points }, (_, point) => ({ point })) },
})

export type Params = ParamsOf<typeof noOverlap>

/**
 * Coordinates of the input that neighbouring windows share: at most m − 1, none if there is one
 * window.
 */
export const sharedCoordinates = ({ k, overlap, m }: Params): number =>
  k === 1 ? 0 : Math.min(overlap, m - 1)
