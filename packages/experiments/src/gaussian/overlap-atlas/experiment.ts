import type { OverlapShape } from '@nonconvex/gaussian-theory/overlap'
import { experiment } from '../../define/definition.js'
import { integer, integers } from '../../define/fields.js'
import { combinations, nameOf } from '../overlap-networks.js'

/** The networks whose windows overlap; if there is none, those whose windows do not. */
export function shapesOf(lists: Parameters<typeof combinations>[0]): OverlapShape[] {
  const all = combinations(lists)
  const overlapping = all.filter((shape) => shape.stride < shape.m && shape.k > 1)
  return overlapping.length > 0 ? overlapping : all
}

/** All local minima of small networks with overlap, and the saddles between them. */
export const overlapAtlas = experiment({
  id: 'gaussian/overlap-atlas',
  part: 'optimisation',
  name: 'Atlas of minima',
  title: 'The local minima of small networks with overlap can be listed, each with a certificate',
  about:
    'For a small network with overlap all critical points can be looked for: minima by gradient descent from many starts, saddles by Newton’s method. ' +
    'Each minimum comes with a disc in which it is the only critical point; each saddle of index $1$ with the two minima on its sides. ' +
    'Whether a critical point is missing shows in a number that topology prescribes: the signs of all Hessians’ determinants have to add up to it.',
  formula:
    '\\sum_{\\nabla\\ell(w) = 0} (-1)^{\\operatorname{index}(w)} = 1 + (-1)^{m-1},\\qquad \\nabla^2\\ell \\succeq \\mu I \\text{ on } B(w, \\rho),\\quad \\lVert\\nabla\\ell(w)\\rVert < \\mu\\rho',
  symbols: [
    { tex: '\\ell', text: 'mean squared difference from the teacher, over all inputs' },
    {
      tex: '\\operatorname{index}',
      text: 'number of negative eigenvalues of the Hessian: 0 at a minimum',
    },
    {
      tex: 'B(w, \\rho)',
      text: 'certified disc: it holds one minimum and no other critical point',
    },
    { tex: '\\mu', text: 'curvature on it, at the least' },
  ],
  source: {
    talk: 'Gaussian Inputs: networks with overlap',
    paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966',
    ours: 'certified minima; the count of critical points by Poincaré–Hopf',
  },
  params: {
    m: integers({
      distinct: true,
      default: [2, 3, 4],
      min: 1,
      max: 8,
      maxLength: 4,
      symbol: 'm',
      help: 'lengths of the filter',
    }),
    stride: integers({
      distinct: true,
      default: [1, 2],
      min: 1,
      max: 8,
      maxLength: 6,
      symbol: 's',
      help: 'distances between neighbouring windows; those without overlap are left out where others are left',
    }),
    k: integers({
      distinct: true,
      default: [3, 8],
      min: 1,
      max: 16,
      maxLength: 4,
      symbol: 'k',
      help: 'numbers of windows',
    }),
    teachers: integer({
      default: 8,
      min: 0,
      max: 100,
      help: 'random teachers for each network, besides the alternating one',
    }),
    starts: integer({ default: 100, min: 1, max: 10_000, scale: 'log', help: 'starts of descent' }),
    searches: integer({
      default: 1000,
      min: 1,
      max: 20_000,
      scale: 'log',
      help: 'random points from which saddles are looked for',
    }),
    maxSteps: integer({
      default: 20_000,
      min: 20,
      max: 200_000,
      scale: 'log',
      help: 'step budget',
    }),
  },
  presets: {
    quick: { teachers: 4, starts: 60, searches: 1000 },
    full: { stride: [1, 2, 3], k: [2, 4, 8], teachers: 20, searches: 4000 },
  },
  expectedSeconds: { quick: 2, full: 45 },
  cells: {
    /** one teacher of one network; teacher 0 is the alternating one, the others are random */
    teacher: (p) =>
      shapesOf(p).flatMap((shape) =>
        Array.from({ length: p.teachers + 1 }, (_, teacher) => ({
          key: `${nameOf(shape)}/${teacher === 0 ? 'alternating' : `teacher=${teacher}`}`,
          shape,
          teacher,
        })),
      ),
  },
})
