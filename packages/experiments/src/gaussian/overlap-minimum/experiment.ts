import type { OverlapShape } from '@nonconvex/gaussian-theory/overlap'
import { ascending } from '../../averages.js'
import { experiment, type ParamsOf } from '../../define/definition.js'
import { choice, count, counts, reals, whole } from '../../define/fields.js'

const CUSTOM = [-1, 0.5]

const presets = { '(-1,1)': [-1, 1], '(1,1)': [1, 1], '(-1,0,1)': [-1, 0, 1] } as const

interface Teacher {
  readonly teacher: keyof typeof presets | 'custom'
  readonly custom: readonly number[]
}

export const teacherOf = ({ teacher, custom }: Teacher): readonly number[] =>
  teacher === 'custom' ? custom : presets[teacher]

/** Distance of the teacher's direction from that of (−1, 1), where the explicit minimum exists. */
export function skewOf(params: Teacher): number {
  const wStar = teacherOf(params)
  if (wStar.length !== 2) return 2
  // in units of the larger weight, whose square neither over- nor underflows
  const unit = Math.max(...wStar.map(Math.abs))
  const [a, b] = wStar.map((w) => w / unit)
  const R = Math.sqrt(a * a + b * b)
  const x = a / R + Math.SQRT1_2
  const y = b / R - Math.SQRT1_2
  return Math.sqrt(x * x + y * y)
}

/** Skews up to this are rounding. */
export const STRAIGHT = 1e-12

export const shapeOf = (
  k: number,
  params: Teacher & { readonly stride: number },
): OverlapShape => ({ m: teacherOf(params).length, k, stride: params.stride })

const cellsOf =
  (part: string) =>
  ({ k }: { readonly k: readonly number[] }) =>
    ascending(k).map((patches) => ({ key: `k=${patches}/${part}`, k: patches }))

/** The explicit spurious local minimum of a network with overlapping patches. */
export const overlapMinimum = experiment({
  id: 'gaussian/overlap-minimum',
  part: 'optimization',
  name: 'Overlap',
  title: 'With overlapping patches the loss has a spurious local minimum',
  about:
    'Two networks with opposite filters differ by a linear function of the input, because $\\mathrm{relu}(z) - \\mathrm{relu}(-z) = z$. ' +
    'When patches overlap, that function can nearly cancel: for the teacher $(-1, 1)$ only the two ends of the input remain, so the reflected teacher has a small loss. ' +
    'Close to it lies a strict local minimum in closed form: interval arithmetic proves a disc around it without another critical point, and gradient descent converges to it from its whole quadrant. ' +
    'Opposite to $(1, 1)$ lies a saddle instead, opposite to $(-1, 0, 1)$ a saddle for few patches and a local minimum for many.',
  formula:
    '\\ell(-w^*) = \\frac{1}{k^2}\\Big\\lVert\\sum_i P_i^{\\top}w^*\\Big\\rVert^2,\\qquad \\nabla\\ell(-t_0\\,w^*) = 0,\\quad \\nabla^2\\ell(-t_0\\,w^*) \\succ 0,\\quad \\ell(-t_0\\,w^*) > 0',
  symbols: [
    { tex: 'w^*', text: 'filter of the teacher' },
    { tex: '\\ell', text: 'population loss: mean squared error against the teacher' },
    { tex: 'P_i', text: 'extracts patch i of the input' },
    { tex: 't_0', text: 'minimizer of the loss on the ray opposite to the teacher' },
  ],
  source: {
    talk: 'Gaussian Inputs: networks with overlap',
    paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966',
  },
  params: {
    teacher: choice({
      default: '(-1,1)',
      values: ['(-1,1)', '(1,1)', '(-1,0,1)', 'custom'],
      help: 'teacher filter; opposite to (−1, 1) lies a spurious local minimum for every k ≥ 2, opposite to (−1, 0, 1) only for large k',
    }),
    custom: reals({
      default: CUSTOM,
      min: -100,
      max: 100,
      maxLength: 4,
      help: 'teacher filter; requires teacher=custom',
    }),
    k: counts([2, 3, 5, 10], [50, 6], 'numbers of patches; the local minimum needs 2 or more', {
      symbol: 'k',
    }),
    stride: whole(
      1,
      [1, 4],
      'stride between neighboring patches; a stride of at least the filter length has no overlap',
      { symbol: 's' },
    ),
    starts: count(400, 10_000, 'random initializations in the quadrant of the local minimum'),
    points: count(200, 5000, 'random points at which two formulas of the loss are compared'),
    grid: whole(121, [5, 241], 'grid resolution of the map (initializations per axis)'),
  },
  review: (params) => {
    const { teacher, custom } = params
    const wrong = (message: string) => [
      { where: 'custom', message: `parameter custom: ${message}` },
    ]
    if (teacher !== 'custom' && custom.join() !== CUSTOM.join())
      return wrong(
        `expected teacher=custom beside it, got teacher=${teacher}; set teacher=custom, or omit custom`,
      )
    if (teacherOf(params).every((w) => w === 0))
      return wrong('expected a teacher that is not zero, got only zeros')
    return []
  },
  presets: { quick: { points: 60 }, full: { points: 1000, k: [2, 3, 5, 10, 20, 50] } },
  expectedSeconds: { quick: 4, full: 12 },
  cells: {
    /** the point opposite to the teacher */
    point: cellsOf('point'),
    /** whether it is certified as a minimum, in float64 and by intervals */
    certificates: cellsOf('certificates'),
    /** constants of bounds */
    constants: () => [{ key: 'constants' }],
    /** whether it is certified for each number of patches, where it is explicit */
    everyK: (p) => (skewOf(p) <= STRAIGHT && p.stride === 1 ? [{ key: 'every-k' }] : []),
    /** the same opposite to (−1, 0, 1) */
    ofThree: () => [{ key: 'every-k-of-three' }],
    /** formulas, at random points */
    formulas: cellsOf('formulas'),
    /** where runs from the quadrant of the local minimum end, for a teacher that has one */
    trap: (p) => (skewOf(p) <= STRAIGHT ? cellsOf('trap')(p) : []),
    /** where runs from a grid of initializations end */
    basins: cellsOf('basins'),
  },
})

export type Params = ParamsOf<typeof overlapMinimum>
