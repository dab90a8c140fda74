import { referenceRates } from '@nonconvex/gaussian-theory/data'
import type { OverlapShape } from '@nonconvex/gaussian-theory/overlap'
import { blocks } from '../../define/blocks.js'
import { experiment } from '../../define/definition.js'
import { choice, integer, integers, real } from '../../define/fields.js'
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

const BLOCK = 5

/** Blocks of teachers of a kind, by the size of a block and the part of the key that names them. */
const kinds = {
  random: { size: BLOCK, name: (range: string) => `teachers=${range}` },
  alternating: { size: 1, name: () => 'alternating' },
  direction: { size: 3 * BLOCK, name: (range: string) => `directions=${range}` },
} as const

/** How often random starts reach the global optimum when windows overlap. */
export const overlapRestarts = experiment({
  id: 'gaussian/overlap-restarts',
  part: 'optimisation',
  name: 'Random restarts',
  title: 'With overlap a few random restarts find the global optimum',
  about:
    'When the windows of the network overlap there are local minima that are not global, and one run of gradient descent may end in one. ' +
    'A random start is lucky with a probability that seems never to be small, so a handful of restarts is enough; for some teachers half of all starts fail, each at a place that is certified as a local minimum. ' +
    'Without overlap no start fails. ' +
    'The shares are compared with those that another program measured for the same networks, with other random teachers and starts.',
  formula:
    'w \\leftarrow w - \\tfrac1L\\nabla\\ell(w),\\qquad \\Pr[\\text{all of } n \\text{ restarts fail}] = (1-p)^n',
  symbols: [
    { tex: 'w', text: 'filter of the network being trained' },
    { tex: '\\ell', text: 'mean squared difference from the teacher, over all inputs' },
    { tex: 'L', text: 'largest possible curvature' },
    { tex: 'p', text: 'probability that one random start reaches the global optimum' },
  ],
  source: {
    talk: 'Gaussian Inputs: random initialization with overlap',
    paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966',
  },
  params: {
    networks: choice({
      default: 'short',
      values: ['short', 'table', 'grid'],
      help: 'all 18 networks of the table of shares; those of them with m·k ≤ 64; or all combinations of m, stride and k below',
    }),
    m: integers({
      distinct: true,
      default: [2, 4, 8],
      min: 1,
      max: 32,
      maxLength: 6,
      symbol: 'm',
      help: 'of the grid: lengths of the filter; the theorem without overlap needs 2 or more',
    }),
    stride: integers({
      distinct: true,
      default: [1, 2, 4, 8],
      min: 1,
      max: 32,
      maxLength: 12,
      symbol: 's',
      help: 'of the grid: distances between neighbouring windows; from m on they do not overlap',
    }),
    k: integers({
      distinct: true,
      default: [4, 8],
      min: 1,
      max: 32,
      maxLength: 6,
      symbol: 'k',
      help: 'of the grid: numbers of windows',
    }),
    teachers: integer({ default: 25, min: 1, max: 200, help: 'random teachers for each network' }),
    starts: integer({ default: 40, min: 1, max: 1000, help: 'random starts for each teacher' }),
    directions: integer({
      default: 36,
      min: 0,
      max: 180,
      help: 'teachers of length 2 spread evenly over half a turn, for each k at stride 1',
    }),
    step: real({
      default: 1,
      min: 0.05,
      max: 1.9,
      symbol: '\\eta L',
      help: 'step size in units of 1/L; the theorem needs 1 or less',
    }),
    maxSteps: integer({
      default: 20_000,
      min: 20,
      max: 200_000,
      scale: 'log',
      help: 'step budget',
    }),
  },
  presets: { quick: {}, full: { networks: 'table', directions: 72 } },
  expectedSeconds: { quick: 5, full: 45 },
  cells: {
    /**
     * random teachers [from, to) of a network; the alternating one; teachers in directions
     * [from, to) of the plane
     */
    teachers: (p) =>
      shapesOf(p).flatMap((shape) => {
        const cells = (kind: keyof typeof kinds, total: number) =>
          blocks(total, kinds[kind].size).map(({ from, to }) => {
            const key = `${nameOf(shape)}/${kinds[kind].name(`${from}-${to - 1}`)}`
            return { key, shape, kind, from, to }
          })
        const plane = shape.m === 2 && shape.stride === 1 && shape.k > 1
        return [
          ...cells('random', p.teachers),
          ...cells('alternating', 1),
          ...cells('direction', plane ? p.directions : 0),
        ]
      }),
  },
})
