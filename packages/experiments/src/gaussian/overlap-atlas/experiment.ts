import type { OverlapShape } from '@nonconvex/gaussian-theory/overlap'
import { experiment, type ParamsOf } from '../../define/definition.js'
import { count, counts, whole } from '../../define/fields.js'
import { stepBudget } from '../fields.js'
import { combinations, nameOf } from '../overlap-networks.js'

/** The networks whose patches overlap; if there is none, those whose patches do not. */
export function shapesOf(lists: Parameters<typeof combinations>[0]): OverlapShape[] {
  const all = combinations(lists)
  const overlapping = all.filter((shape) => shape.stride < shape.m && shape.k > 1)
  return overlapping.length > 0 ? overlapping : all
}

/** All local minima of small networks with overlap, and the saddles that connect them. */
export const overlapAtlas = experiment({
  id: 'gaussian/overlap-atlas',
  part: 'optimization',
  name: 'Atlas of minima',
  title: 'All local minima of small networks with overlap are found and certified',
  about:
    'For a small network with overlap the critical points are searched: minima by gradient descent from random initializations, saddles by Newton’s method. ' +
    'Each minimum has a certified disc in which it is the only critical point; each saddle of index $1$ connects two minima. ' +
    'The Poincaré–Hopf theorem detects missing critical points: the signs of the Hessian determinants add up to a known number.',
  formula:
    '\\sum_{\\nabla\\ell(w) = 0} (-1)^{\\operatorname{index}(w)} = 1 + (-1)^{m-1},\\qquad \\nabla^2\\ell \\succeq \\mu I \\text{ on } B(w, \\rho),\\quad \\lVert\\nabla\\ell(w)\\rVert < \\mu\\rho',
  symbols: [
    { tex: '\\ell', text: 'population loss: mean squared error against the teacher' },
    {
      tex: '\\operatorname{index}',
      text: 'number of negative eigenvalues of the Hessian: 0 at a minimum',
    },
    {
      tex: 'B(w, \\rho)',
      text: 'certified disc: it contains one minimum and no other critical point',
    },
    { tex: '\\mu', text: 'lower bound on the eigenvalues of the Hessian on it' },
  ],
  source: {
    talk: 'Gaussian Inputs: networks with overlap',
    paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966',
    ours: 'certified minima; the count of critical points by Poincaré–Hopf',
  },
  params: {
    m: counts([2, 3, 4], [8, 4], 'filter lengths', { symbol: 'm' }),
    stride: counts(
      [1, 2],
      [8, 6],
      'strides; a stride without overlap is used only if no stride has overlap',
      {
        symbol: 's',
      },
    ),
    k: counts([3, 8], [16, 4], 'numbers of patches', { symbol: 'k' }),
    teachers: whole(
      8,
      [0, 100],
      'random teachers for each network, in addition to the alternating teacher',
    ),
    starts: count(100, 10_000, 'random initializations of gradient descent'),
    searches: count(1000, 20_000, 'random initial points of the search for saddle points'),
    maxSteps: stepBudget(20_000, 200_000, 20),
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

export type Params = ParamsOf<typeof overlapAtlas>
