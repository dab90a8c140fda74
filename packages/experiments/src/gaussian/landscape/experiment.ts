import { experiment, type ParamsOf } from '../../define/definition.js'
import { whole } from '../../define/fields.js'
import { filterLength, patches } from '../fields.js'

const BANDS = 4

export const landscape = experiment({
  id: 'gaussian/landscape',
  part: 'optimization',
  name: 'Landscape',
  title:
    'The loss has three critical points: a local maximum, the global minimum, a degenerate saddle',
  about:
    'Gradient descent can only stop at a critical point or at a non-differentiable one. ' +
    'This loss has three: a local maximum at $0$, where it is not differentiable, the global minimum at the teacher $w^*$, and a saddle at $-\\alpha w^*$. ' +
    'The saddle is degenerate: its Hessian has no negative eigenvalue, and the loss decreases at third order only. There is no spurious local minimum.',
  formula:
    '\\nabla\\ell(w) = 0 \\iff w \\in \\{\\,w^*,\\; -\\alpha w^*\\}\\quad (w \\ne 0),\\qquad \\alpha = \\frac{k-1}{k-1+\\pi}',
  symbols: [
    { tex: 'w', text: 'filter of the network being trained' },
    { tex: 'w^*', text: 'filter of the teacher; here of length 1' },
    { tex: '\\ell', text: 'population loss: mean squared error against the teacher' },
    { tex: '\\alpha', text: 'position of the saddle: 0 for one patch, tends to 1 for many' },
    { tex: '\\varphi', text: 'angle from the ray of the saddle' },
  ],
  source: {
    talk: 'Gaussian Inputs: critical points of the no-overlap loss',
    paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966',
  },
  params: {
    k: patches(5, 'the theorem needs 2 or more'),
    m: filterLength(2, 50, 'the theorem needs 2 or more'),
    directions: whole(
      360,
      [4, 10_000],
      'number of directions in which one-sided derivatives at the origin are measured',
    ),
    search: whole(
      201,
      [41, 1001],
      'grid resolution of the search for other critical points (points per axis)',
    ),
    grid: whole(121, [21, 241], 'grid resolution of the map (points per axis)'),
  },
  presets: { quick: { grid: 81 }, full: { grid: 161, search: 401 } },
  expectedSeconds: { quick: 0.5, full: 2 },
  cells: {
    // the two points where the loss is differentiable
    points: () => [{}],
    // the kinds of the points, by interval arithmetic
    proofs: () => [{}],
    // one-sided derivatives at the origin
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
