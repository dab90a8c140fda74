import type { OverlapShape } from '@nonconvex/gaussian-theory/overlap'
import type { RestartReport } from '@nonconvex/gaussian-theory/restarts'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Panel } from '../../figure/figure.js'
import {
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
import { ascending } from '../ascending.js'
import { dotStyle, lineStyle } from '../line-styles.js'
import { directionOf, type overlapRestarts } from './experiment.js'
import { shareOf, type ShapeFound } from './found.js'

type Params = ParamsOf<typeof overlapRestarts>

/** Left: share against stride. Right: share of each teacher against its telescope index. */
export function restartFigures(
  found: readonly ShapeFound[],
  { teachers, starts }: Params,
): Figure[] {
  return [
    {
      id: 'restarts',
      title: 'A random start often finds the global optimum, and always without overlap',
      caption: `Left: share of ${teachers * starts} random starts ($${teachers}$ teachers, $${starts}$ starts each) that reach the global optimum, against stride over filter length, with 95 % intervals; one line for each $m$ and $k$ with several strides. Right: the same for each teacher, against how much of the reflected teacher's error the overlap leaves, $\\chi = k\\,\\ell(-w^*)/\\lVert w^*\\rVert^2$.`,
      panels: [sharePanel(found), telescopePanel(found)],
    },
  ]
}

function sharePanel(found: readonly ShapeFound[]): Panel {
  const { lowest, layers } = linesOf(found, {
    group: ({ m, k }) => `m = ${m}, k = ${k}`,
    x: ({ m, stride }) => stride / m,
    symbol: ({ m }) => m,
    line: ({ k }) => k,
  })
  return panelOf(
    {
      title: 'All teachers',
      x: { label: 'stride / m', domain: [0, 1.05] },
      y: { label: 'share of starts at the global optimum', domain: [lowest - 0.08, 1.03] },
    },
    [ruleY('one', [1], { tone: 'bound', dash: true, width: 1.5, key: 'all starts' }), ...layers],
  )
}

function telescopePanel(found: readonly ShapeFound[]): Panel {
  const overlapping = found.filter(({ shape }) => shape.m > shape.stride)
  const points = (of: 'random' | 'alternating') =>
    overlapping
      .flatMap((f) => f[of]?.teachers ?? [])
      .map((teacher) => ({ x: teacher.telescope, y: shareOf(teacher) }))
  const [random, alternating] = [points('random'), points('alternating')]
  const end = Math.max(1, ...[...random, ...alternating].map(({ x }) => x)) * 1.05
  return panelOf(
    {
      title: 'Each teacher, with overlap',
      x: { label: 'χ, telescope index of the teacher', domain: [0, end] },
      y: { label: 'share of its starts', domain: [0, 1.05] },
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

/**
 * Lines of all groups that have more than one network, with the intervals of their shares and a
 * key; and the lowest end of these.
 */
function linesOf(
  found: readonly ShapeFound[],
  by: {
    readonly group: (shape: OverlapShape) => string
    readonly x: (shape: OverlapShape) => number
    /** what the symbols of two groups, and their lines, tell apart */
    readonly symbol: (shape: OverlapShape) => number
    readonly line: (shape: OverlapShape) => number
  },
): { readonly lowest: number; readonly layers: readonly Layer[] } {
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
  return {
    lowest: Math.min(0.9, ...shown.map(({ random }) => random.interval.low)),
    layers: groups.map(({ name, own }, i) => {
      const look = lineStyle(placeIn(by.line, own[0]))
      const { symbol, radius } = dotStyle(2 * placeIn(by.symbol, own[0]))
      return line(
        `share${i}`,
        [...own].sort((a, b) => a.x - b.x),
        {
          x: ({ x }) => x,
          y: ({ random }) => random.share,
          low: ({ random }) => random.interval.low,
          high: ({ random }) => random.interval.high,
        },
        { ...look, key: name, dots: { symbol, radius, filled: !look.dash, key: name } },
      )
    }),
  }
}

/**
 * Left: share against the number of windows. Right: how the shares of single teachers are spread.
 */
export function windowFigures(found: readonly ShapeFound[]): Figure[] {
  const overlapping = found.filter(({ shape }) => shape.m > shape.stride)
  if (overlapping.length === 0) return []
  return [
    {
      id: 'windows',
      title: 'How the share of lucky starts depends on the number of windows and on the teacher',
      caption:
        'Left: share of random starts that reach the global optimum, against the number $k$ of windows, one line for each $m$ and stride with several $k$; 95 % intervals. Right: random teachers of all networks with overlap by the share of their own starts: filled bars for stride 1, dashed for larger strides.',
      panels: [windowPanel(overlapping), histogramPanel(overlapping)],
    },
  ]
}

const windowPanel = (found: readonly ShapeFound[]): Panel => {
  const { lowest, layers } = linesOf(found, {
    group: ({ m, stride }) => `m = ${m}, stride ${stride}`,
    x: ({ k }) => k,
    symbol: ({ m }) => m,
    line: ({ stride }) => stride,
  })
  return panelOf(
    {
      title: 'All teachers',
      x: { label: 'k, number of windows', scale: 'log' },
      y: { label: 'share of starts at the global optimum', domain: [lowest - 0.05, 1.04] },
    },
    layers,
  )
}

const BINS = 10

/** Ten bins, and one for teachers without any failure. */
const bins = {
  edges: Array.from({ length: BINS + 2 }, (_, i) => i / BINS),
  binOf: (share: number): number => Math.floor(share * BINS),
}

function histogramPanel(found: readonly ShapeFound[]): Panel {
  const shares = (of: (f: ShapeFound) => boolean): number[] =>
    found.filter(of).flatMap(({ random }) => random?.teachers.map(shareOf) ?? [])
  return panelOf(
    {
      title: 'Single teachers',
      x: { label: 'share of a teacher’s starts; the last bar: all of them', domain: [0, 1.1] },
      y: { label: 'share of the teachers', domain: [0, 1] },
    },
    [
      histogram(
        'dense',
        shares(({ shape }) => shape.stride === 1),
        bins,
        { tone: 'measured', fill: { tone: 'measured', opacity: 0.3, key: 'stride 1' } },
      ),
      histogram(
        'sparse',
        shares(({ shape }) => shape.stride > 1),
        bins,
        { tone: 'ink', dash: true, key: 'stride above 1' },
      ),
    ],
  )
}

/**
 * For filters of length 2: the success rate by the direction of the teacher, one picture
 * for each k.
 */
export function directionFigures(found: readonly ShapeFound[], params: Params): Figure[] {
  const panels = found.flatMap((one) => (one.directions ? [directionPanel(one, params)] : []))
  if (panels.length === 0) return []
  return [
    {
      id: 'directions',
      title:
        'Only teachers between two directions are hard, and the more windows, the more of them',
      caption: `Filters of length $2$ at stride $1$. Each point is a teacher $w^*$: it lies in the direction of $w^*$, at the distance from the middle that is the share of its $${params.starts}$ random starts which reach the global optimum; red where some start fails. The teacher $-w^*$ has the same share as $w^*$ by symmetry.`,
      panels,
    },
  ]
}

const EDGE = 1.15
const DIAGONAL = Math.SQRT1_2

function directionPanel({ shape, directions }: ShapeFound, params: Params): Panel {
  const points = (directions?.teachers ?? []).flatMap((teacher, i) => {
    const share = shareOf(teacher)
    const angle = directionOf(i, params.directions)
    return [angle, angle + Math.PI].map((at) => ({
      x: share * Math.cos(at),
      y: share * Math.sin(at),
      fails: share < 1,
    }))
  })
  const ring = { tone: 'bound', dash: true, width: 1 } as const
  const axis = (i: string) =>
    ({ label: `share of starts that succeed × w${i}* / ‖w*‖`, domain: [-EDGE, EDGE] }) as const
  return panelOf({ title: `k = ${shape.k} windows`, x: axis('₁'), y: axis('₂'), square: true }, [
    circle('whole', 1, ring),
    circle('half', 0.5, ring),
    dots(
      'fine',
      points.filter(({ fails }) => !fails),
      xy,
      { tone: 'measured', radius: 3, key: 'teacher that all starts reach' },
    ),
    dots(
      'hard',
      points.filter(({ fails }) => fails),
      xy,
      { tone: 'violated', symbol: 'diamond', key: 'teacher that some start misses' },
    ),
    // no teacher near the diagonal is hard
    label('halfName', 'half', [DIAGONAL / 2, DIAGONAL / 2], {
      tone: 'bound',
      anchor: 'start',
      dx: 6,
    }),
    label('wholeName', 'all starts', [DIAGONAL, DIAGONAL], {
      tone: 'bound',
      anchor: 'end',
      dx: -8,
      dy: 8,
    }),
  ])
}
