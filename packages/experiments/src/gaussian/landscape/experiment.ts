import { experiment, type ParamsOf } from '../../define/definition.js'
import { integer } from '../../define/fields.js'

const BANDS = 4

/** The three critical points of the loss, and that there is no other. */
export const landscape = experiment({
  id: 'gaussian/landscape',
  part: 'optimisation',
  name: 'Landscape',
  title: 'Three critical points, and no other',
  about:
    'A method that goes downhill can only stop where the loss is flat, or where it has no slope at all. ' +
    'This loss has three such places: a peak at $0$, the global minimum at the teacher $w^*$, and a saddle on the opposite side, at $-\\alpha w^*$. ' +
    'The saddle is a treacherous one: no second derivative shows the way down, the loss falls at third order only. It is nonetheless no minimum, and there is no bad one anywhere.',
  formula:
    '\\nabla\\ell(w) = 0 \\iff w \\in \\{\\,w^*,\\; -\\alpha w^*\\}\\quad (w \\ne 0),\\qquad \\alpha = \\frac{k-1}{k-1+\\pi}',
  symbols: [
    { tex: 'w', text: 'filter of the network being trained' },
    { tex: 'w^*', text: 'filter of the teacher; here of length 1' },
    { tex: '\\ell', text: 'mean squared difference of the two networks, over all inputs' },
    { tex: '\\alpha', text: 'position of the saddle: 0 for one window, towards 1 for many' },
    { tex: '\\varphi', text: 'angle from the ray of the saddle' },
  ],
  source: {
    talk: 'Gaussian Inputs: critical points of the no-overlap loss',
    paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966',
  },
  params: {
    k: integer({
      default: 5,
      min: 1,
      max: 50,
      symbol: 'k',
      help: 'windows of the network; the theorem needs 2 or more',
    }),
    m: integer({
      default: 2,
      min: 1,
      max: 50,
      symbol: 'm',
      help: 'length of the filter; the theorem needs 2 or more',
    }),
    directions: integer({
      default: 360,
      min: 4,
      max: 10_000,
      help: 'directions in which the origin is left',
    }),
    search: integer({
      default: 201,
      min: 41,
      max: 1001,
      help: 'grid resolution of the search for other critical points (points per axis)',
    }),
    grid: integer({
      default: 121,
      min: 21,
      max: 241,
      help: 'grid resolution of the map (points per axis)',
    }),
  },
  presets: { quick: { grid: 81 }, full: { grid: 161, search: 401 } },
  expectedSeconds: { quick: 0.5, full: 2 },
  cells: {
    // the two points where the loss has a derivative
    points: () => [{}],
    // the kinds of the points, by intervals
    proofs: () => [{}],
    // the directions in which the origin is left
    origin: () => [{}],
    // the sphere through the saddle
    saddle: () => [{}],
    // rows [from, to) of the search grid
    search: ({ search }) => {
      const edge = (i: number): number => Math.round((i * search) / BANDS)
      return Array.from({ length: BANDS }, (_, i) => ({
        key: `search=${i}`,
        from: edge(i),
        to: edge(i + 1),
      }))
    },
  },
})

export type Params = ParamsOf<typeof landscape>
