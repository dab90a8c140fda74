import { fanoPlane, splittingGap } from '@nonconvex/gaussian-theory/hardness'
import type { SetSystem } from '@nonconvex/gaussian-theory/data'
import { power } from '@nonconvex/tensor'
import type { Figure, Panel, Tone } from '../../figure/figure.js'
import {
  beside,
  circle,
  dots,
  histogram,
  label,
  line,
  panelOf,
  ruleX,
  type Layer,
} from '../../figure/layers.js'
import type { Params } from './experiment.js'
import { systemTitle } from './instance.js'

/** Where the run from each initialization on a set system ended. */
export interface SplittingRuns {
  readonly losses: readonly number[]
  /** whether the partition read off the weights splits */
  readonly decoded: readonly boolean[]
  /** partition of the best run */
  readonly best: readonly number[]
  /** found by brute force; null if there is none */
  readonly splitting: readonly number[] | null
}

/** The runs on one set system; the system is known from their witness. */
export interface OnSystem {
  readonly rows: readonly SplittingRuns[]
  readonly system: SetSystem | undefined
}

/** Runs on the system to be split and on the one without a splitting, losses on Gaussian inputs. */
interface Shown {
  readonly hard: OnSystem
  readonly blocked: OnSystem
  readonly gaussian: readonly number[]
}

export const bestOf = ({ rows }: OnSystem): { loss: number; partition: readonly number[] } =>
  rows
    .map((row) => ({ loss: Math.min(...row.losses), partition: row.best }))
    .reduce((a, b) => (b.loss < a.loss ? b : a), { loss: Infinity, partition: [0] })

/** Histograms of the final losses on set systems and Gaussian inputs; and the systems themselves. */
export function hardnessFigures(found: Shown, params: Params): Figure[] {
  const { instance, blocked, steps } = params
  return [
    {
      id: 'losses',
      title: 'Gradient descent fails on set systems and succeeds on Gaussian inputs',
      caption: `Fraction of random initializations by final loss, one bar for each power of ten, zero losses at the left edge: a set system with a splitting (${systemTitle(instance)}) and one without (${systemTitle(blocked)}), after at most ${steps} steps, and Gaussian inputs of the same size, after 25 steps. The failures illustrate the hardness; the reduction proves it.`,
      panels: [
        hardPanel(found.hard, 'Can be split'),
        hardPanel(found.blocked, 'Cannot be split'),
        lossPanel('Gaussian inputs', found.gaussian, 'holds'),
      ],
    },
    incidenceFigure(found, params),
  ]
}

/** One bar for each power of ten; losses below the first count for it, those above 1 for the last. */
const LOWEST = -16

const bins = {
  edges: Array.from({ length: 1 - LOWEST }, (_, i) => power(10, LOWEST + i)),
  binOf: (loss: number): number =>
    Math.min(-LOWEST - 1, Math.max(0, loss > 0 ? Math.floor(Math.log10(loss)) - LOWEST : 0)),
}

const lossPanel = (
  title: string,
  losses: readonly number[],
  tone: Tone,
  more: readonly Layer[] = [],
): Panel =>
  panelOf(
    {
      title,
      x: { label: 'final loss', scale: 'log', domain: [power(10, LOWEST), 1] },
      y: { label: 'fraction of runs', domain: [0, 1.05] },
    },
    [histogram('losses', losses, bins, { tone, fill: { tone, opacity: 0.35 } }), ...more],
  )

function hardPanel({ rows, system }: OnSystem, expected: string): Panel {
  const losses = rows.flatMap((row) => row.losses)
  const splitting = rows.at(0)?.splitting
  const can = splitting === undefined ? expected : splitting ? 'Can be split' : 'Cannot be split'
  const text = splitting === null ? 'Γ, least possible' : 'left of Γ: split'
  const gap = system ? splittingGap(system) : null
  return lossPanel(can, losses, 'violated', [
    ruleX('gap', gap === null ? [] : [gap], { tone: 'bound', dash: true, width: 1.5 }),
    label('name', text, gap === null ? undefined : [gap, 1], beside('bound', -6)),
  ])
}

/** The set systems as drawings: elements are points, subsets lines through them. */
function incidenceFigure({ hard, blocked }: Shown, params: Params): Figure {
  return {
    id: 'incidence',
    title: 'The best partition leaves a line in one color if there is no splitting',
    caption:
      'Each line is a subset and each point an element, in the color of its part in the partition of the best run; a subset inside one part is red.',
    panels: [
      incidencePanel(systemTitle(params.instance), hard),
      incidencePanel(systemTitle(params.blocked), blocked),
    ],
  }
}

const parts: readonly { readonly tone: Tone; readonly symbol: 'circle' | 'square' }[] = [
  { tone: 'measured', symbol: 'circle' },
  { tone: 'ink', symbol: 'square' },
  { tone: 'holds', symbol: 'circle' },
  { tone: 'soft', symbol: 'square' },
]

type Place = readonly [x: number, y: number]

/** A corner of the drawing, or of n on the unit circle; the first on top. */
const corner = (i: number, n: number, radius = 1): Place => {
  const angle = Math.PI / 2 - (2 * Math.PI * i) / n
  return [radius * Math.cos(angle), radius * Math.sin(angle)]
}

/** Corners of a triangle, middles of its sides and its center, where Fano's elements are. */
const fanoPlaces: readonly Place[] = [
  corner(0, 3),
  corner(1, 3),
  corner(2, 3, -0.5),
  corner(2, 3),
  corner(1, 3, -0.5),
  corner(0, 3, -0.5),
  [0, 0],
]

const { subsets: fanoLines } = fanoPlane()
const inFano = ({ n, subsets }: SetSystem): boolean =>
  n === 7 && subsets.every((subset) => fanoLines.some((one) => one.join() === subset.join()))

/** A subset as a line through its elements: straight, around the inner circle, or closed. */
function subsetLayer(name: string, places: readonly Place[], look: Parameters<typeof circle>[2]) {
  const radius = Math.hypot(...places[0])
  const straight = places
    .slice(2)
    .every(([x, y]) => Math.abs(crossOf(places[0], places[1], [x, y])) < 1e-9)
  if (!straight && radius < 0.75) return circle(name, radius, look)
  const sorted = straight ? places.toSorted(([a, c], [b, d]) => a - b || c - d) : places
  const closed = straight ? sorted : [...sorted, sorted[0]]
  return line(name, closed, { x: ([x]) => x, y: ([, y]) => y }, look)
}

const crossOf = ([ax, ay]: Place, [bx, by]: Place, [cx, cy]: Place): number =>
  (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)

const EDGE = 1.15

function incidencePanel(name: string, found: OnSystem): Panel {
  const axis = { label: '', domain: [-EDGE, EDGE] } as const
  const frame = { x: axis, y: axis, square: true, bare: true } as const
  if (!found.system) return { title: name, ...frame, frames: {}, marks: [] }
  const { n, subsets, k } = found.system
  const fano = inFano(found.system)
  const places = fano ? fanoPlaces : Array.from({ length: n }, (_, i) => corner(i, n))
  const { partition } = bestOf(found)
  const isWhole = (subset: readonly number[]): boolean =>
    subset.every((i) => partition[i] === partition[subset[0]])
  const whole = subsets.filter(isWhole)
  const drawn = (
    name: string,
    some: readonly (readonly number[])[],
    look: Parameters<typeof circle>[2],
  ) =>
    some.map((subset, i) =>
      subsetLayer(
        `${name}${i}`,
        subset.map((element) => places[element]),
        look,
      ),
    )
  const at = { x: (i: number) => places[i][0], y: (i: number) => places[i][1] }
  return panelOf(
    {
      ...frame,
      y: { label: '', domain: [fano ? EDGE / 2 - EDGE - 0.1 : -EDGE, EDGE] },
      title: `${name}: ${whole.length === 0 ? 'all subsets split' : `${whole.length} of ${subsets.length} not split`}`,
    },
    [
      ...drawn(
        'split',
        subsets.filter((subset) => !isWhole(subset)),
        { tone: 'soft' },
      ),
      ...drawn('whole', whole, { tone: 'violated', width: 3.5, key: 'subset not split' }),
      ...Array.from({ length: k }, (_, part) =>
        dots(
          `part${part}`,
          Array.from({ length: n }, (_, i) => i).filter((i) => partition[i] === part),
          at,
          { radius: 8, ...parts[part % parts.length], key: `part ${part}` },
        ),
      ),
    ],
  )
}
