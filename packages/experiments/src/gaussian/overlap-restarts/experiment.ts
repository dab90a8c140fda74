import { referenceRates } from '@nonconvex/gaussian-theory/data'
import type { OverlapShape } from '@nonconvex/gaussian-theory/overlap'
import { blocks } from '../../define/blocks.js'
import { experiment, type ParamsOf } from '../../define/definition.js'
import { choice, counts, whole } from '../../define/fields.js'
import { stepBudget, stepSize } from '../fields.js'
import { combinations, nameOf } from '../overlap-networks.js'

/** Which networks are run. */
interface Networks {
  readonly networks: 'short' | 'table' | 'grid'
  readonly m: readonly number[]
  readonly stride: readonly number[]
  readonly k: readonly number[]
}

/** Larger networks of the table take ten times as long as all others together. */
const SHORT = 64

/** The networks, each once; strides beyond m are the same network as stride m. */
export function shapesOf({ networks, m, stride, k }: Networks): OverlapShape[] {
  if (networks !== 'grid')
    return referenceRates
      .filter((row) => networks === 'table' || row.m * row.k <= SHORT)
      .map((row) => ({ m: row.m, stride: row.stride, k: row.k }))
  return combinations({ m, stride, k })
}

/** Direction i of the plane, in [0, π): the teacher opposite has the same success rate. */
export const directionOf = (i: number, directions: number): number => (Math.PI * i) / directions

/** The numbers of teachers of a network, by kind; directions only where a filter is in the plane. */
const totalsOf = (shape: OverlapShape, p: { teachers: number; directions: number }) => ({
  random: p.teachers,
  alternating: 1,
  direction: shape.m === 2 && shape.stride === 1 && shape.k > 1 ? p.directions : 0,
})

/** The number of teachers with overlapping patches. */
export const overlappingTeachers = (p: Networks & { teachers: number; directions: number }) =>
  shapesOf(p)
    .filter(overlaps)
    .map((shape) => totalsOf(shape, p))
    .reduce((sum, { random, alternating, direction }) => sum + random + alternating + direction, 0)

export const overlaps = ({ m, stride, k }: OverlapShape): boolean => m > stride && k > 1

const BLOCK = 5

/** Blocks of teachers of a kind, by the size of a block and the part of the key that names them. */
const kinds = {
  random: { size: BLOCK, name: (range: string) => `teachers=${range}` },
  alternating: { size: 1, name: () => 'alternating' },
  direction: { size: 3 * BLOCK, name: (range: string) => `directions=${range}` },
} as const

export const overlapRestarts = experiment({
  id: 'gaussian/overlap-restarts',
  part: 'optimization',
  name: 'Random restarts',
  title: 'With overlapping patches a few random restarts find the global minimum',
  about:
    'When patches overlap there are spurious local minima, and gradient descent may converge to one. ' +
    'The success rate of a random initialization is measured to be bounded away from $0$, so a few restarts are enough; for some teachers half of the runs fail, each at a certified local minimum. ' +
    'Without overlap no run fails. ' +
    'The success rates are compared with those of an independent program for the same networks, with other random teachers and initializations.',
  formula:
    'w \\leftarrow w - \\tfrac1L\\nabla\\ell(w),\\qquad \\Pr[\\text{all of } n \\text{ restarts fail}] = (1-p)^n',
  symbols: [
    { tex: 'w', text: 'filter of the network being trained' },
    { tex: '\\ell', text: 'population loss: mean squared error against the teacher' },
    { tex: 'L', text: 'smoothness constant: bound on the eigenvalues of the Hessian' },
    { tex: 'p', text: 'success rate: probability that one run reaches the global minimum' },
  ],
  source: {
    talk: 'Gaussian Inputs: random initialization with overlap',
    paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966',
  },
  params: {
    networks: choice({
      default: 'short',
      values: ['short', 'table', 'grid'],
      help: 'networks to run: table (the 18 networks with reference success rates), short (those with m·k ≤ 64) or grid (all combinations of the parameters m, stride and k)',
    }),
    m: counts([2, 4, 8], [32, 6], 'filter lengths of networks=grid; the theorem needs 2 or more', {
      symbol: 'm',
    }),
    stride: counts(
      [1, 2, 4, 8],
      [32, 12],
      'strides of networks=grid; patches do not overlap if the stride is at least m',
      {
        symbol: 's',
      },
    ),
    k: counts([4, 8], [32, 6], 'numbers of patches of networks=grid', { symbol: 'k' }),
    teachers: whole(25, [1, 200], 'random teachers for each network'),
    starts: whole(40, [1, 1000], 'random initializations for each teacher'),
    directions: whole(
      36,
      [0, 180],
      'number of teachers of length 2, with directions evenly spaced over half a circle, for each k at stride 1',
    ),
    step: stepSize(0.05, 1.9, 'L'),
    maxSteps: stepBudget(20_000, 200_000, 20),
  },
  presets: { quick: {}, full: { networks: 'table', directions: 72 } },
  expectedSeconds: { quick: 5, full: 45 },
  cells: {
    /** of a network: random teachers, the alternating one, teachers in directions of the plane */
    teachers: (p) =>
      shapesOf(p).flatMap((shape) => {
        const cells = (kind: keyof typeof kinds, total: number) =>
          blocks(total, kinds[kind].size).map(({ from, to }) => {
            const key = `${nameOf(shape)}/${kinds[kind].name(`${from}-${to - 1}`)}`
            return { key, shape, kind, from, to }
          })
        const totals = totalsOf(shape, p)
        return (['random', 'alternating', 'direction'] as const).flatMap((kind) =>
          cells(kind, totals[kind]),
        )
      }),
  },
})

export type Params = ParamsOf<typeof overlapRestarts>
