import * as Plot from '@observablehq/plot'
import { ascending } from '../averages.js'
import { zip, type Reader } from './columns.js'
import type {
  AreaMark,
  ContourMark,
  DotMark,
  IntervalMark,
  LineMark,
  Mark,
  RuleXMark,
  RuleYMark,
  Tone,
} from './figure.js'
import { place, type Scale } from './scale.js'
import { mix, type Theme } from './theme.js'

/** The tools that draw marks. */
export interface Brush {
  readonly read: Reader
  readonly theme: Theme
  readonly x: Scale
  readonly y: Scale
}

/** The Plot marks of one mark; texts are drawn later, over all others. */
export function plotMarks(mark: Mark, brush: Brush): Plot.Markish[] {
  switch (mark.mark) {
    case 'line':
      return [lineMark(mark, brush)]
    case 'dot':
      return [dotMark(mark, brush)]
    case 'area':
      return [areaMark(mark, brush)]
    case 'interval':
      return intervalMarks(mark, brush)
    case 'rule-x':
      return [ruleX(mark, brush)]
    case 'rule-y':
      return [ruleY(mark, brush)]
    case 'contour':
      return contourMarks(mark, brush)
    case 'text':
      return []
  }
}

/** Stroke options that all lines share. */
function stroke(mark: Mark, theme: Theme, tone: Tone, width: number): Plot.MarkOptions {
  return {
    stroke: theme[mark.tone ?? tone],
    strokeWidth: mark.width ?? width,
    ...(mark.dash ? { strokeDasharray: '3,2.5' } : {}),
    ...(mark.opacity === undefined ? {} : { strokeOpacity: mark.opacity }),
    clip: true,
  }
}

/** A value as its axis can show it; what is not positive on a log axis breaks the line. */
const shown = (value: number | null, scale: Scale): number =>
  value === null || (scale.log && value <= 0) ? NaN : value

/** Whether a value lies in the domain, its ends included. */
function inside(value: number, scale: Scale): boolean {
  const at = place(scale, value)
  return at >= -1e-9 && at <= 1 + 1e-9
}

function lineMark(mark: LineMark, { read, theme, x, y }: Brush): Plot.Markish {
  const xs = read.numbers(mark, mark.x)
  const groups = mark.group === undefined ? xs.map(() => '') : read.texts(mark, mark.group)
  const points = zip<[number | null, number | null, string]>(xs, read.numbers(mark, mark.y), groups)
  return Plot.line(points, {
    x: (d: (typeof points)[0]) => shown(d[0], x),
    y: (d: (typeof points)[0]) => shown(d[1], y),
    z: (d: (typeof points)[0]) => d[2],
    curve: mark.curve === 'step' ? 'step-after' : 'linear',
    strokeLinejoin: 'round',
    ...stroke(mark, theme, 'measured', 1.75),
  })
}

/** Points within the domain; one on the edge is drawn whole. */
function dotMark(mark: DotMark, { read, theme, x, y }: Brush): Plot.Markish {
  const points = zip<[number | null, number | null]>(
    read.numbers(mark, mark.x),
    read.numbers(mark, mark.y),
  )
    .map(([a, b]) => [shown(a, x), shown(b, y)] as const)
    .filter(([a, b]) => inside(a, x) && inside(b, y))
  const color = theme[mark.tone ?? 'measured']
  const filled = mark.filled ?? true
  const symbol = mark.symbol ?? 'circle'
  return Plot.dot(points, {
    x: (d: readonly [number, number]) => d[0],
    y: (d: readonly [number, number]) => d[1],
    r: mark.radius ?? (symbol === 'circle' ? 2.5 : 4.5),
    symbol,
    fill: filled ? color : theme.paper,
    stroke: filled ? theme.paper : color,
    strokeWidth: mark.width ?? (filled ? (symbol === 'circle' ? 0.75 : 1) : 1.5),
    strokeLinejoin: 'round',
    ...(mark.opacity === undefined ? {} : { opacity: mark.opacity }),
  })
}

type Span = readonly [number, number, number]

/** Where a span starts below what a log axis can show, it starts at the edge. */
function spans(mark: AreaMark | IntervalMark, { read, x, y }: Brush): Span[] {
  const floor = (value: number | null): number =>
    value !== null && y.log && value <= 0 ? y.domain[0] / 10 : (value ?? NaN)
  return zip<[number | null, number | null, number | null]>(
    read.numbers(mark, mark.x),
    read.numbers(mark, mark.y1),
    read.numbers(mark, mark.y2),
  ).map(([at, low, high]) => [shown(at, x), floor(low), floor(high)] as const)
}

function areaMark(mark: AreaMark, brush: Brush): Plot.Markish {
  return Plot.areaY(spans(mark, brush), {
    x: (d: Span) => d[0],
    y1: (d: Span) => d[1],
    y2: (d: Span) => d[2],
    fill: brush.theme[mark.tone ?? 'measured'],
    fillOpacity: mark.opacity ?? 0.16,
    clip: true,
  })
}

/** A short bar across an end of an interval. */
const cap = {
  draw(context: { moveTo(x: number, y: number): void; lineTo(x: number, y: number): void }) {
    context.moveTo(-3.5, 0)
    context.lineTo(3.5, 0)
  },
}

function intervalMarks(mark: IntervalMark, brush: Brush): Plot.Markish[] {
  const data = spans(mark, brush)
  const line = stroke(mark, brush.theme, 'measured', 1.25)
  const ends = data
    .flatMap(([x, low, high]) => [[x, low] as const, [x, high] as const])
    .filter(([x, end]) => inside(x, brush.x) && inside(end, brush.y))
  return [
    Plot.ruleX(data, {
      x: (d: Span) => d[0],
      y1: (d: Span) => d[1],
      y2: (d: Span) => d[2],
      ...line,
    }),
    Plot.dot(ends, {
      x: (d: readonly number[]) => d[0],
      y: (d: readonly number[]) => d[1],
      symbol: cap,
      fill: 'none',
      ...line,
      // a cap at the frame's edge is drawn whole
      clip: false,
    }),
  ]
}

function ruleX(mark: RuleXMark, { read, theme, x }: Brush): Plot.Markish {
  const values = read.numbers(mark, mark.x).map((value) => shown(value, x))
  return Plot.ruleX(values, stroke(mark, theme, 'soft', 1))
}

function ruleY(mark: RuleYMark, { read, theme, y }: Brush): Plot.Markish {
  const values = read.numbers(mark, mark.y).map((value) => shown(value, y))
  return Plot.ruleY(values, stroke(mark, theme, 'soft', 1))
}

/** How much of the tone the lowest and the highest band have. */
const deepest = 0.66
const palest = 0.04

/**
 * Filled level lines, deep where the function is low and pale where it is high; below the first
 * level lies the deepest shade. Each level is one mark with its own color, so no color scale is
 * needed.
 */
function contourMarks(mark: ContourMark, { read, theme }: Brush): Plot.Markish[] {
  const values = read.numbers(mark, mark.value)
  const { columns, rows } = mark
  if (values.length === 0) return [Plot.frame({ stroke: theme.rule })]
  if (values.length !== columns * rows || columns < 2 || rows < 2)
    throw new RangeError(
      `drawFigure: contour: expected ${columns} × ${rows} values (at least 2 × 2), got ${values.length}`,
    )
  const levels = ascending(mark.levels)
  const tone = theme[mark.tone ?? 'soft']
  const shade = (i: number): string =>
    mix(tone, theme.paper, deepest + ((palest - deepest) * i) / Math.max(1, levels.length))
  // the values stand at grid points, Plot's at the middle of cells: half a cell more on each side
  const half = (range: readonly [number, number], n: number): number =>
    (range[1] - range[0]) / (n - 1) / 2
  const [hx, hy] = [half(mark.x, columns), half(mark.y, rows)]
  const grid = {
    width: columns,
    height: rows,
    x1: mark.x[0] - hx,
    x2: mark.x[1] + hx,
    y1: mark.y[0] - hy,
    y2: mark.y[1] + hy,
  }
  // beyond every level where the function has no value: neither band nor line there
  const filled = values.map((value) => value ?? -Number.MAX_VALUE)
  const opacity = mark.opacity === undefined ? {} : { opacity: mark.opacity }
  return [
    Plot.rect([0], {
      x1: mark.x[0],
      x2: mark.x[1],
      y1: mark.y[0],
      y2: mark.y[1],
      fill: shade(0),
      clip: true,
      ...opacity,
    }),
    ...levels.map((level, i) =>
      Plot.contour(filled, {
        ...grid,
        thresholds: [level],
        fill: shade(i + 1),
        stroke: theme.paper,
        strokeWidth: mark.width ?? 0.75,
        strokeOpacity: 0.6,
        clip: true,
        ...opacity,
      }),
    ),
    ...(mark.bold ?? []).map((level) =>
      Plot.contour(filled, {
        ...grid,
        thresholds: [level],
        fill: 'none',
        stroke: theme.ink,
        strokeWidth: 1.5,
        clip: true,
      }),
    ),
  ]
}
