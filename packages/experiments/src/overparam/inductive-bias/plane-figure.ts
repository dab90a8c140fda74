import {
  forward,
  type Dataset,
  type Net,
  type SgdOptions,
  type SgdOutcome,
} from '@nonconvex/overparam'
import type { Stream } from '@nonconvex/tensor'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { band, dots, labels, line, panelOf, type Layer } from '../../figure/layers.js'
import { pack, unpack, type Packed } from '../../result/packed.js'
import { plantedData } from '../runs/planted.js'
import { scaledRun } from '../runs/run-options.js'
import type { inductiveBias } from './experiment.js'
import { sectorsOf } from './sectors.js'

/**
 * A run in the plane: the outputs of the network before and after training, and the directions of
 * its units.
 */
export type PlaneMeasured = {
  readonly kind: 'plane'
  readonly updates: number
  /** [n, 3]: x, y and label of the examples */
  readonly examples: Packed
  /** [grid, grid] outputs before and after on [−reach, reach]² */
  readonly before: Packed
  readonly after: Packed
  /** [2k, 2] */
  readonly unitsBefore: Packed
  readonly unitsAfter: Packed
}

const GRID = 41
const REACH = 1.2
/** Units of each sign, and examples. */
const K = 8
const N = 40

type Train = (data: Dataset, options: SgdOptions) => SgdOutcome

/** One run on points of the plane with norm 1. */
export function planeOf(
  {
    params: p,
    shared,
  }: { readonly params: ParamsOf<typeof inductiveBias>; readonly shared: Stream },
  train: Train,
): { readonly measured: PlaneMeasured; readonly outcome: SgdOutcome } {
  const stream = shared.child('plane')
  const { data } = plantedData({ n: N, d: 2, gamma: p.gamma }, stream.child('data'))
  const { alpha, eta, epochs } = p
  const options = scaledRun(stream, { k: K, d: 2, alpha, eta, maxSteps: epochs * N })
  const outcome = train(data, options)
  const examples = new Float64Array(3 * N)
  data.y.forEach((label, i) => examples.set([...data.x.data.slice(2 * i, 2 * i + 2), label], 3 * i))
  const { net } = outcome
  return {
    outcome,
    measured: {
      kind: 'plane',
      updates: outcome.updates,
      examples: pack(examples, [N, 3]),
      before: outputs({ ...net, weights: options.start }),
      after: outputs(net),
      unitsBefore: pack(options.start, [2 * K, 2]),
      unitsAfter: pack(net.weights, [2 * K, 2]),
    },
  }
}

/** On the grid, row 0 the lowest. */
function outputs(net: Net): Packed {
  const at = (i: number): number => -REACH + (2 * REACH * i) / (GRID - 1)
  const points = new Float64Array(2 * GRID * GRID)
  for (let i = 0; i < GRID; i++)
    for (let j = 0; j < GRID; j++) points.set([at(j), at(i)], 2 * (i * GRID + j))
  return pack(forward(net, { rows: GRID * GRID, cols: 2, data: points }), [GRID, GRID])
}

/** Decision regions and directions of the units in the plane, before and after. */
export function planeFigure(m: PlaneMeasured | undefined): readonly Figure[] {
  if (!m) return []
  return [
    {
      id: 'plane',
      title: 'The units align with the separator; the decision boundary is nearly linear',
      caption: `A network on points of the unit circle, before and after ${m.updates} updates. The plane is tinted by the sign of $N$. Rays are the weights of the units, scaled so that the longest reaches the circle: blue positive, black negative units; dots and rings are the two classes.`,
      panels: [
        planePanel('Before', m, m.before, m.unitsBefore),
        planePanel('After', m, m.after, m.unitsAfter),
      ],
    },
  ]
}

function planePanel(
  title: string,
  { examples }: PlaneMeasured,
  outputs: Packed,
  units: Packed,
): Panel {
  const w = unpack(units)
  const count = w.length / 2
  const ends = Array.from({ length: count }, (_, j) => ({ j, x: w[2 * j], y: w[2 * j + 1] }))
  const longest = Math.max(...ends.map(({ x, y }) => Math.sqrt(x ** 2 + y ** 2))) || 1
  const rays = (name: string, own: typeof ends, tone: 'measured' | 'ink', key: string): Layer =>
    line(
      name,
      own.flatMap(({ j, x, y }) => [
        { j, x: 0, y: 0 },
        { j, x: (0.95 * x) / longest, y: (0.95 * y) / longest },
      ]),
      { x: ({ x }) => x, y: ({ y }) => y, group: ({ j }) => String(j) },
      { tone, width: 1.5, key },
    )
  const points = unpack(examples)
  const classOf = (label: 1 | -1): Layer =>
    dots(
      label === 1 ? 'positive' : 'negative',
      Array.from({ length: points.length / 3 }, (_, i) => 3 * i).filter(
        (i) => points[i + 2] === label,
      ),
      { x: (i) => points[i], y: (i) => points[i + 1] },
      label === 1
        ? { tone: 'measured', radius: 3.5, key: 'example, y = +1' }
        : { tone: 'ink', radius: 3.5, filled: false, key: 'example, y = −1' },
    )
  const grid = unpack(outputs)
  // where the output is of each sign most clearly, a little nearer to 0, stand the names of the
  // regions: on a ray from 0 the sign of N is the same
  const along = (i: number): number => 0.92 * REACH * ((2 * i) / (GRID - 1) - 1)
  const clear = [
    { at: grid.indexOf(Math.max(...grid)), sign: 1, text: 'N > 0' },
    { at: grid.indexOf(Math.min(...grid)), sign: -1, text: 'N < 0' },
  ].filter(({ at, sign }) => sign * grid[at] > 0)
  return panelOf(
    {
      title,
      x: { label: 'x₁', domain: [-REACH, REACH] },
      y: { label: 'x₂', domain: [-REACH, REACH] },
      square: true,
    },
    [
      ...sectorsOf(grid, GRID, REACH).map(({ positive, region }, i) =>
        band(
          `sector${i}`,
          region,
          { x: ({ x }) => x, low: ({ low }) => low, high: ({ high }) => high },
          { tone: positive ? 'measured' : 'soft', opacity: 0.15 },
        ),
      ),
      rays('plus', ends.slice(0, count / 2), 'measured', 'positive unit'),
      rays('minus', ends.slice(count / 2), 'ink', 'negative unit'),
      classOf(1),
      classOf(-1),
      labels(
        'signs',
        clear,
        {
          x: ({ at }) => along(at % GRID),
          y: ({ at }) => along(Math.floor(at / GRID)),
          text: ({ text }) => text,
        },
        { tone: 'ink' },
      ),
    ],
  )
}
