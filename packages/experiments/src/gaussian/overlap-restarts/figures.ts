import type { OverlapShape } from '@nonconvex/gaussian-theory/overlap'
import type { RestartReport } from '@nonconvex/gaussian-theory/restarts'
import { ascending } from '../../averages.js'
import type { Axis, Figure, Panel } from '../../figure/figure.js'
import {
  beside,
  circle,
  dots,
  histogram,
  label,
  line,
  panelOf,
  ruleY,
  xy,
  type Layer,
} from '../../figure/layers.js'
import { dotStyle, lineStyle } from '../line-styles.js'
import { directionOf, type Params } from './experiment.js'
import { rateOf, type ShapeFound } from './found.js'

/** Left: success rate against stride. Right: of each teacher, against its telescope index. */
export function restartFigure(found: readonly ShapeFound[], { teachers, starts }: Params): Figure {
  return {
    id: 'restarts',
    title: 'Random initializations often reach the global minimum, and always without overlap',
    caption: `Left: success rate over $${teachers}$ teachers with $${starts}$ random initializations each, against stride over filter length, with 95 % intervals. Right: success rate of each teacher against $\\chi = k\\,\\ell(-w^*)/\\lVert w^*\\rVert^2$, the loss of the reflected teacher relative to no overlap.`,
    panels: [ratePanel(found), telescopePanel(found)],
  }
}

function ratePanel(found: readonly ShapeFound[]): Panel {
  const one = ruleY('one', [1], { tone: 'bound', dash: true, width: 1.5, key: 'all runs' })
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

/** Left: success rate against the number of patches. Right: distribution over single teachers. */
export function patchFigures(found: readonly ShapeFound[]): Figure[] {
  const overlapping = found.filter(({ shape }) => shape.m > shape.stride)
  if (overlapping.length === 0) return []
  return [
    {
      id: 'windows',
      title: 'The success rate by number of patches and by teacher',
      caption:
        'Left: success rate of random initializations against the number $k$ of patches, with 95 % intervals. Right: histogram of the success rates of single random teachers, over all networks with overlap.',
      panels: [patchPanel(overlapping), histogramPanel(overlapping)],
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

const BINS = 10

/** Ten bins, and one for teachers without any failure. */
const bins = {
  edges: Array.from({ length: BINS + 2 }, (_, i) => i / BINS),
  binOf: (rate: number): number => Math.floor(rate * BINS),
}

function histogramPanel(found: readonly ShapeFound[]): Panel {
  const rates = (of: (shape: OverlapShape) => boolean): number[] =>
    found.flatMap(({ shape, random }) => ((of(shape) && random?.teachers) || []).map(rateOf))
  const [dense, sparse] = [rates(({ stride }) => stride === 1), rates(({ stride }) => stride > 1)]
  const fill = { tone: 'measured', opacity: 0.3, key: 'stride 1' } as const
  return panelOf(
    {
      title: 'Single teachers',
      x: { label: 'success rate of a teacher; last bar: 1', domain: [0, 1.1] },
      y: { label: 'fraction of the teachers', domain: [0, 1] },
    },
    [
      histogram('dense', dense, bins, { tone: 'measured', fill }),
      histogram('sparse', sparse, bins, { tone: 'ink', dash: true, key: 'stride above 1' }),
    ],
  )
}

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
  const ring = { tone: 'bound', dash: true, width: 1 } as const
  const axis = (i: string) =>
    ({ label: `success rate × w${i}* / ‖w*‖`, domain: [-EDGE, EDGE] }) as const
  return panelOf({ title: `k = ${shape.k} patches`, x: axis('₁'), y: axis('₂'), square: true }, [
    circle('whole', 1, ring),
    circle('half', 0.5, ring),
    dots('reached', of(false), xy, { ...fine, key: 'teacher without failure' }),
    dots('failing', of(true), xy, { ...failing, key: 'teacher with failures' }),
    // no teacher near the diagonal has failures
    label('halfName', 'rate 1/2', [DIAGONAL / 2, DIAGONAL / 2], beside('bound', 6)),
    label('wholeName', 'rate 1', [DIAGONAL, DIAGONAL], beside('bound', -8, 8)),
  ])
}
