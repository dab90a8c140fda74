import type { OverlapShape } from '@nonconvex/gaussian-theory/overlap'
import type { RestartReport } from '@nonconvex/gaussian-theory/restarts'
import { power } from '@nonconvex/tensor'
import { ascending } from '../../averages.js'
import type { Axis, Figure, Panel } from '../../figure/figure.js'
import {
  beside,
  circle,
  dots,
  label,
  labels,
  line,
  panelOf,
  ruleY,
  xy,
  type Layer,
} from '../../figure/layers.js'
import { dotStyle, lineStyle } from '../line-styles.js'
import { directionOf, type Params } from './experiment.js'
import { rateOf, type ShapeFound } from './found.js'

/** Left: success against the number of restarts. Right: of each teacher, by its telescope index. */
export function restartFigure(found: readonly ShapeFound[], { teachers, starts }: Params): Figure {
  return {
    id: 'restarts',
    title: 'A few restarts reach the global minimum',
    caption: `Left: probability that one of $n$ random initializations reaches $w^*$, for the random teacher with the lowest success rate $p$ of some networks: $1 - (1 - p)^n$, and dots, the fraction of all sets of $n$ runs. Right: $p$ of each of $${teachers}$ teachers per network, from $${starts}$ runs, against $\\chi = k\\,\\ell(-w^*)/\\lVert w^*\\rVert^2$.`,
    panels: [restartsPanel(found), telescopePanel(found)],
  }
}

/** Most restarts shown. */
const MOST = 10

/** Success against the number of restarts, for the worst random teacher of each network. */
function restartsPanel(found: readonly ShapeFound[]): Panel {
  const ns = Array.from({ length: MOST }, (_, i) => i + 1)
  const worst = found
    .filter(({ shape }) => shape.m > shape.stride)
    .flatMap(({ shape, random }) => {
      const rates = random?.teachers ?? []
      if (rates.length === 0) return []
      const teacher = rates.reduce((a, b) => (rateOf(b) < rateOf(a) ? b : a))
      return { shape, p: rateOf(teacher), runs: teacher.starts, reached: teacher.counts.global }
    })
    .sort((a, b) => a.p - b.p)
  // curves that can be seen apart
  const shown = worst.reduce<typeof worst>(
    (kept, one) => (one.p < (kept.at(-1)?.p ?? -1) + 0.09 ? kept : [...kept, one]),
    [],
  )
  const text = ({ m, stride, k }: OverlapShape): string =>
    `m = ${m}, k = ${k}${stride > 1 ? `, stride ${stride}` : ''}`
  return panelOf(
    {
      title: 'Restarts, worst teacher',
      x: { label: 'n, random initializations', domain: [0.5, MOST + 0.5] },
      y: { label: 'probability of success', domain: [0, 1.04] },
    },
    [
      ...shown.flatMap(({ p, runs, reached }, i) => [
        line(
          `restarts${i}`,
          ns,
          { x: (n) => n, y: (n) => 1 - power(1 - p, n) },
          { tone: 'soft', width: 1 },
        ),
        dots(
          `sets${i}`,
          ns.filter((n) => n <= runs),
          { x: (n) => n, y: (n) => successOfSets(n, runs, reached) },
          { tone: 'measured' },
        ),
      ]),
      labels(
        'names',
        shown,
        { x: () => 1, y: ({ p }) => p, text: ({ shape }) => text(shape) },
        beside('measured', 8, 7),
      ),
    ],
  )
}

/** Fraction of the sets of n of the runs in which at least one of those that reached w* is. */
function successOfSets(n: number, runs: number, reached: number): number {
  let fails = 1
  for (let i = 0; i < n; i++) fails *= Math.max(0, runs - reached - i) / (runs - i)
  return 1 - fails
}

function ratePanel(found: readonly ShapeFound[]): Panel {
  const one = ruleY('one', [1], { tone: 'soft', dash: true, key: 'all runs' })
  return linesPanel(
    found,
    {
      group: ({ m, k }) => `m = ${m}, k = ${k}`,
      x: ({ m, stride }) => stride / m,
      symbol: ({ m }) => m,
      line: ({ k }) => k,
    },
    { label: 'stride / m', domain: [0, 1.05] },
    [one],
  )
}

function telescopePanel(found: readonly ShapeFound[]): Panel {
  const overlapping = found.filter(({ shape }) => shape.m > shape.stride)
  const points = (of: 'random' | 'alternating') =>
    overlapping
      .flatMap((f) => f[of]?.teachers ?? [])
      .map((teacher) => ({ x: teacher.telescope, y: rateOf(teacher) }))
  const [random, alternating] = [points('random'), points('alternating')]
  const end = Math.max(1, ...[...random, ...alternating].map(({ x }) => x)) * 1.05
  return panelOf(
    {
      title: 'Each teacher, with overlap',
      x: { label: 'χ, telescope index of the teacher', domain: [0, end] },
      y: { label: 'success rate', domain: [0, 1.05] },
    },
    [
      dots('random', random, xy, { tone: 'measured', opacity: 0.6, key: 'random teacher' }),
      dots('alternating', alternating, xy, {
        tone: 'violated',
        symbol: 'diamond',
        filled: false,
        key: 'alternating teacher',
      }),
    ],
  )
}

interface ShapePoint {
  readonly x: number
  readonly random: RestartReport
  readonly shape: OverlapShape
}

/** Success rates of all groups that have more than one network, as lines with intervals and a key. */
function linesPanel(
  found: readonly ShapeFound[],
  by: {
    readonly group: (shape: OverlapShape) => string
    readonly x: (shape: OverlapShape) => number
    /** what the symbols and lines of two groups distinguish */
    readonly symbol: (shape: OverlapShape) => number
    readonly line: (shape: OverlapShape) => number
  },
  x: Axis,
  below: readonly Layer[] = [],
): Panel {
  const points = found.flatMap(({ shape, random }): ShapePoint[] =>
    random ? [{ x: by.x(shape), random, shape }] : [],
  )
  points.sort(
    (a, b) => by.symbol(a.shape) - by.symbol(b.shape) || by.line(a.shape) - by.line(b.shape),
  )
  const groups = [...new Set(points.map(({ shape }) => by.group(shape)))]
    .map((name) => ({ name, own: points.filter(({ shape }) => by.group(shape) === name) }))
    .filter(({ own }) => own.length > 1)
  const shown = groups.flatMap(({ own }) => own)
  const placeIn = (value: (shape: OverlapShape) => number, { shape }: ShapePoint): number =>
    ascending(shown.map((one) => value(one.shape))).indexOf(value(shape))
  const lowest = Math.min(0.9, ...shown.map(({ random }) => random.interval.low))
  const lines = groups.map(({ name, own }, i) => {
    const look = lineStyle(placeIn(by.line, own[0]))
    const { symbol, radius } = dotStyle(2 * placeIn(by.symbol, own[0]))
    return line(
      `rate${i}`,
      [...own].sort((a, b) => a.x - b.x),
      {
        x: (point) => point.x,
        y: ({ random }) => random.rate,
        low: ({ random }) => random.interval.low,
        high: ({ random }) => random.interval.high,
      },
      { ...look, key: name, dots: { symbol, radius, filled: !look.dash, key: name } },
    )
  })
  const y = { label: 'success rate', domain: [lowest - 0.08, 1.04] } as const
  return panelOf({ title: 'All teachers', x, y }, [...below, ...lines])
}

/** Left: success rate against stride. Right: against the number of patches. */
export function patchFigures(found: readonly ShapeFound[]): Figure[] {
  const overlapping = found.filter(({ shape }) => shape.m > shape.stride)
  if (overlapping.length === 0) return []
  return [
    {
      id: 'windows',
      title: 'Every run succeeds without overlap; with overlap, stride and patches matter',
      caption:
        'Success rate over the random teachers, with 95 % intervals. Left: against stride over filter length, 1 without overlap. Right: against the number $k$ of patches.',
      panels: [ratePanel(found), patchPanel(overlapping)],
    },
  ]
}

const patchPanel = (found: readonly ShapeFound[]): Panel =>
  linesPanel(
    found,
    {
      group: ({ m, stride }) => `m = ${m}, stride ${stride}`,
      x: ({ k }) => k,
      symbol: ({ m }) => m,
      line: ({ stride }) => stride,
    },
    { label: 'k, number of patches', scale: 'log' },
  )

/** For filters of length 2, one panel for each k: the success rate by direction of the teacher. */
export function directionFigures(found: readonly ShapeFound[], params: Params): Figure[] {
  const panels = found.flatMap((one) => (one.directions ? [directionPanel(one, params)] : []))
  if (panels.length === 0) return []
  return [
    {
      id: 'directions',
      title: 'Teachers in one sector fail, and the sector grows with the number of patches',
      caption: `Filters of length $2$ at stride $1$. Each point is a teacher: its direction is that of $w^*$, its distance from $0$ the success rate of $${params.starts}$ random initializations; red where some fail. By symmetry $-w^*$ has the same rate as $w^*$.`,
      panels,
    },
  ]
}

const EDGE = 1.15
const DIAGONAL = Math.SQRT1_2

function directionPanel({ shape, directions }: ShapeFound, params: Params): Panel {
  const points = (directions?.teachers ?? []).flatMap((teacher, i) => {
    const rate = rateOf(teacher)
    const angle = directionOf(i, params.directions)
    return [angle, angle + Math.PI].map((at) => ({
      x: rate * Math.cos(at),
      y: rate * Math.sin(at),
      fails: rate < 1,
    }))
  })
  const of = (fails: boolean) => points.filter((point) => point.fails === fails)
  const fine = { tone: 'measured', radius: 3 } as const
  const failing = { tone: 'violated', symbol: 'diamond' } as const
  const ring = { tone: 'soft', dash: true, width: 1 } as const
  const axis = { label: '', domain: [-EDGE, EDGE] } as const
  const frame = { x: axis, y: axis, square: true, bare: true } as const
  return panelOf({ title: `k = ${shape.k} patches`, ...frame }, [
    circle('whole', 1, ring),
    circle('half', 0.5, ring),
    dots('reached', of(false), xy, { ...fine, key: 'teacher without failure' }),
    dots('failing', of(true), xy, { ...failing, key: 'teacher with failures' }),
    // no teacher near the diagonal has failures
    label('halfName', 'rate 1/2', [DIAGONAL / 2, DIAGONAL / 2], beside('soft', 6)),
    label('wholeName', 'rate 1', [DIAGONAL, DIAGONAL], beside('soft', -8, 8)),
  ])
}
