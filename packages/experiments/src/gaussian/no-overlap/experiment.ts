import { experiment, type ParamsOf } from '../../define/definition.js'
import { count, whole } from '../../define/fields.js'
import { filterLength, patches } from '../fields.js'

/** The closed form of the loss against samples, the slide's form, and an eigensolver. */
export const noOverlap = experiment({
  id: 'gaussian/no-overlap',
  part: 'optimization',
  name: 'No overlap',
  title: 'The population loss has a closed form',
  about:
    'A small convolutional network applies one filter $w$ to $k$ patches of its input, then $\\mathrm{relu}$, and averages. ' +
    'Its mean squared error against a teacher with filter $w^*$ is an expectation over random inputs. ' +
    'When the patches do not overlap and the inputs are standard normal, a closed form gives loss, gradient and Hessian exactly; here they are compared with samples.',
  formula:
    '\\ell(w) = \\frac{1}{k^2}\\Big[\\gamma\\lVert w\\rVert^2 - 2k\\,g(w,w^*) - 2\\beta\\lVert w\\rVert\\lVert w^*\\rVert + \\gamma\\lVert w^*\\rVert^2\\Big],\\quad g(u,v) = \\frac{\\lVert u\\rVert\\lVert v\\rVert}{2\\pi}\\big(\\sin\\theta + (\\pi-\\theta)\\cos\\theta\\big)',
  symbols: [
    { tex: 'w', text: 'filter of the network being trained' },
    { tex: 'w^*', text: 'filter of the teacher' },
    { tex: '\\ell', text: 'population loss: mean squared error against the teacher' },
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
    k: patches(4),
    m: filterLength(5, 50, ''),
    samples: count(100_000, 10_000_000, 'inputs drawn at each point', { min: 100, symbol: 'N' }),
    points: whole(8, [1, 200], 'random pairs of a filter and a teacher filter'),
    overlap: whole(
      0,
      [0, 49],
      'number of coordinates shared by neighboring patches; the closed form needs 0',
    ),
  },
  presets: { quick: { samples: 20_000, points: 6 }, full: {} },
  expectedSeconds: { quick: 0.5, full: 2 },
  cells: { point: ({ points }) => Array.from({ length: points }, (_, point) => ({ point })) },
})

export type Params = ParamsOf<typeof noOverlap>

/** Coordinates of the input that neighboring patches share: at most m − 1, none for one patch. */
export const sharedCoordinates = ({ k, overlap, m }: Params): number =>
  k === 1 ? 0 : Math.min(overlap, m - 1)
