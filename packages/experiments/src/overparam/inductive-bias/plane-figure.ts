import type { Figure, Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { unpack, type Packed } from '../../result/packed.js'
import { GRID, REACH, type PlaneMeasured } from './plane.js'
import { sectorsOf } from './sectors.js'

/** Decision regions and directions of the units in the plane, before and after. */
export function planeFigure(m: PlaneMeasured | undefined): readonly Figure[] {
  if (!m) return []
  return [
    {
      id: 'plane',
      title: 'The units align with the separator; the decision boundary is nearly linear',
      caption: `A network on points of the unit circle, before and after ${m.updates} updates. The plane is tinted by the sign of $N$. Rays are the weights of the units, scaled so that the longest reaches the circle: blue positive, orange negative units; dots and rings are the two classes.`,
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
  const longest = Math.max(
    ...Array.from({ length: count }, (_, j) => Math.sqrt(w[2 * j] ** 2 + w[2 * j + 1] ** 2)),
  )
  const ray = (j: number, c: number): number => (0.95 * w[2 * j + c]) / (longest || 1)
  const rays = (from: number, to: number) => {
    const list = Array.from({ length: to - from }, (_, i) => from + i)
    return {
      x: list.flatMap((j) => [0, ray(j, 0)]),
      y: list.flatMap((j) => [0, ray(j, 1)]),
      unit: list.flatMap((j) => [j, j]),
    }
  }
  const points = unpack(examples)
  const of = (label: number) => {
    const own = Array.from({ length: points.length / 3 }, (_, i) => i).filter(
      (i) => points[3 * i + 2] === label,
    )
    return { x: own.map((i) => points[3 * i]), y: own.map((i) => points[3 * i + 1]) }
  }
  const grid = unpack(outputs)
  const sectors = sectorsOf(grid, GRID, REACH)
  // where the output is of each sign most clearly, a little nearer to 0, stand the names of the
  // regions: on a ray from 0 the sign of N is the same
  const along = (i: number): number => 0.92 * REACH * ((2 * i) / (GRID - 1) - 1)
  const place = (at: number): readonly [number, number] => [
    along(at % GRID),
    along(Math.floor(at / GRID)),
  ]
  const clear = [
    { at: grid.indexOf(Math.max(...grid)), sign: 1, text: 'N > 0' },
    { at: grid.indexOf(Math.min(...grid)), sign: -1, text: 'N < 0' },
  ].filter(({ at, sign }) => sign * grid[at] > 0)
  const line = (frame: string, tone: 'measured' | 'bound', key: string): Mark => ({
    mark: 'line',
    frame,
    x: 'x',
    y: 'y',
    group: 'unit',
    tone,
    width: 1.5,
    key,
  })
  return {
    title,
    x: { label: 'x₁', domain: [-REACH, REACH] },
    y: { label: 'x₂', domain: [-REACH, REACH] },
    square: true,
    frames: {
      ...Object.fromEntries(sectors.map(({ frame }, i) => [`sector${i}`, frame])),
      signs: {
        x: clear.map(({ at }) => place(at)[0]),
        y: clear.map(({ at }) => place(at)[1]),
        text: clear.map(({ text }) => text),
      },
      positive: of(1),
      negative: of(-1),
      plus: rays(0, count / 2),
      minus: rays(count / 2, count),
    },
    marks: [
      ...sectors.map(({ positive }, i): Mark => ({
        mark: 'area',
        frame: `sector${i}`,
        x: 'x',
        y1: 'low',
        y2: 'high',
        tone: positive ? 'measured' : 'bound',
        opacity: 0.15,
      })),
      line('plus', 'measured', 'positive unit'),
      line('minus', 'bound', 'negative unit'),
      {
        mark: 'dot',
        frame: 'positive',
        x: 'x',
        y: 'y',
        tone: 'measured',
        radius: 3.5,
        key: 'example, y = +1',
      },
      {
        mark: 'dot',
        frame: 'negative',
        x: 'x',
        y: 'y',
        tone: 'bound',
        radius: 3.5,
        filled: false,
        key: 'example, y = −1',
      },
      nameMark('signs', { tone: 'ink' }),
    ],
  }
}
