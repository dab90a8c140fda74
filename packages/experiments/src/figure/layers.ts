import { power } from '@nonconvex/tensor'
import type {
  AreaMark,
  DotMark,
  Frame,
  IntervalMark,
  LineMark,
  Mark,
  Panel,
  RuleXMark,
  RuleYMark,
  TextMark,
  Tone,
} from './figure.js'

/** Data with the marks that draw them, from which a panel is composed. */
export interface Layer {
  readonly frames: { readonly [name: string]: Frame }
  readonly marks: readonly Mark[]
}

type Value = number | string | null | undefined

/** Columns from rows, each by what it shows of a row; what is undefined is missing. */
function columnsOf<R, N extends string>(
  rows: readonly R[],
  by: { readonly [K in N]: (row: R, i: number) => Value },
): { readonly [K in N]: (number | string | null)[] } {
  const list = Object.entries(by) as [N, (row: R, i: number) => Value][]
  return Object.fromEntries(
    list.map(([name, value]) => [name, rows.map((row, i) => value(row, i) ?? null)]),
  ) as { readonly [K in N]: (number | string | null)[] }
}

/** How a layer looks: what its mark has besides frame and channels. */
type Look<M extends Mark> = Omit<M, 'mark' | 'frame' | 'x' | 'y' | 'y1' | 'y2' | 'text' | 'group'>

type At<R> = (row: R, i: number) => number | null | undefined

/** A point of a panel. */
export interface Point {
  readonly x: number | null
  readonly y: number | null
}

/** Where a point is drawn that is a row itself. */
export const xy = { x: ({ x }: Point) => x, y: ({ y }: Point) => y }

interface Points<R> {
  readonly x: At<R>
  readonly y: At<R>
}

interface Ends<R> {
  readonly x: At<R>
  readonly low: At<R>
  readonly high: At<R>
}

/** Points that may have error bars: where both ends are given. */
interface Estimates<R> extends Points<R> {
  readonly low?: At<R>
  readonly high?: At<R>
}

interface Grouped<R> extends Estimates<R> {
  /** one line for each value */
  readonly group?: (row: R, i: number) => string
}

interface Named<R> extends Points<R> {
  readonly text: (row: R, i: number) => string
}

/** How symbols look, and their error bars: in the same tone unless `bars` has another. */
interface DotLook extends Look<DotMark> {
  readonly bars?: Look<IntervalMark>
}

/** How a line looks. What it has besides is drawn in its tone unless it has one of its own. */
interface LineLook<R> extends Look<LineMark> {
  /** a symbol at each of its points as well */
  readonly dots?: Look<DotMark>
  /** of its error bars */
  readonly bars?: Look<IntervalMark>
  /** a text beside its last point that is not missing; with `group`, beside that of each line */
  readonly end?: Look<TextMark> & { readonly text: string | ((row: R) => string) }
}

/** The columns of points with their error bars, if they have any, and the mark of these. */
function estimates<R>(
  frame: string,
  rows: readonly R[],
  { x, y, low, high }: Estimates<R>,
  look: Look<IntervalMark>,
): { readonly columns: Frame; readonly marks: readonly IntervalMark[] } {
  if (!low || !high) return { columns: columnsOf(rows, { x, y }), marks: [] }
  return {
    columns: columnsOf(rows, { x, y, low, high }),
    marks: [{ mark: 'interval', frame, x: 'x', y1: 'low', y2: 'high', ...look }],
  }
}

/**
 * Rows joined by lines in their order; with `low` and `high`, an error bar at each of them; with
 * `dots`, a symbol; with `end`, a text beside the last one.
 *
 * @param name - of the frame, unique in its panel
 *
 * @example
 * import { line, panelOf } from '@nonconvex/experiments/define'
 * const runs = [{ k: 2, steps: 40 }, { k: 3, steps: 60 }]
 * const panel = panelOf({ x: { label: 'k' }, y: { label: 'steps' } }, [
 *   line('steps', runs, { x: (run) => run.k, y: (run) => run.steps }, {
 *     tone: 'measured',
 *     dots: { symbol: 'square' },
 *     end: { text: 'gradient descent', anchor: 'start', dx: 6 },
 *   }),
 * ])
 * console.log(JSON.stringify(panel.frames.steps)) // → {"x":[2,3],"y":[40,60]}
 * console.log(panel.marks.map(({ mark }) => mark).join()) // → line,dot,text
 */
export function line<R>(
  name: string,
  rows: readonly R[],
  at: Grouped<R>,
  { dots: dot, bars: bar, end, ...look }: LineLook<R> = {},
): Layer {
  const { x, y, group } = at
  const tone = look.tone && { tone: look.tone }
  const { columns, marks } = estimates(name, rows, at, { ...tone, ...bar })
  const own = { frame: name, x: 'x', y: 'y' } as const
  const drawn: Layer = {
    frames: { [name]: group ? { ...columns, ...columnsOf(rows, { group }) } : columns },
    marks: [
      ...marks,
      { mark: 'line', ...own, ...(group && { group: 'group' }), ...look },
      ...(dot ? [{ mark: 'dot', ...own, ...tone, ...dot } as const] : []),
    ],
  }
  if (!end) return drawn
  const last = new Map<string, readonly [row: R, i: number]>()
  for (const [i, row] of rows.entries())
    if (typeof x(row, i) === 'number' && typeof y(row, i) === 'number')
      last.set(group?.(row, i) ?? '', [row, i])
  const { text, ...textLook } = end
  const names = labels(
    `${name} end`,
    [...last.values()],
    {
      x: ([row, i]) => x(row, i),
      y: ([row, i]) => y(row, i),
      text: ([row]) => (typeof text === 'string' ? text : text(row)),
    },
    { ...tone, ...textLook },
  )
  return {
    frames: { ...drawn.frames, ...names.frames },
    marks: [...drawn.marks, ...names.marks],
  }
}

/** A symbol at each row; with `low` and `high`, an error bar below it. */
export function dots<R>(
  name: string,
  rows: readonly R[],
  at: Estimates<R>,
  { bars: bar, ...look }: DotLook = {},
): Layer {
  const tone = look.tone && { tone: look.tone }
  const { columns, marks } = estimates(name, rows, at, { ...tone, ...bar })
  return {
    frames: { [name]: columns },
    marks: [...marks, { mark: 'dot', frame: name, x: 'x', y: 'y', ...look }],
  }
}

/** An error bar from `low` to `high` at each row. */
export const bars = <R>(
  name: string,
  rows: readonly R[],
  at: Ends<R>,
  look: Look<IntervalMark> = {},
): Layer => ({
  frames: { [name]: columnsOf(rows, { x: at.x, low: at.low, high: at.high }) },
  marks: [{ mark: 'interval', frame: name, x: 'x', y1: 'low', y2: 'high', ...look }],
})

/** The region from `low` to `high` over the rows' x. */
export const band = <R>(
  name: string,
  rows: readonly R[],
  at: Ends<R>,
  look: Look<AreaMark> = {},
): Layer => ({
  frames: { [name]: columnsOf(rows, { x: at.x, low: at.low, high: at.high }) },
  marks: [{ mark: 'area', frame: name, x: 'x', y1: 'low', y2: 'high', ...look }],
})

/** A text at each row. */
export const labels = <R>(
  name: string,
  rows: readonly R[],
  at: Named<R>,
  look: Look<TextMark> = {},
): Layer => ({
  frames: { [name]: columnsOf(rows, { x: at.x, y: at.y, text: at.text }) },
  marks: [{ mark: 'text', frame: name, x: 'x', y: 'y', text: 'text', ...look }],
})

/** One text at a point; none where there is no point. */
export const label = (
  name: string,
  text: string,
  at: readonly [x: number | null, y: number | null] | Point | undefined,
  look: Look<TextMark> = {},
): Layer => {
  const point = at && ('x' in at ? at : { x: at[0], y: at[1] })
  return labels(name, point ? [point] : [], { ...xy, text: () => text }, look)
}

/** The style of a text `dx` pixels to the right of its point, or −dx to the left. */
export const beside = (tone: Tone, dx: number, dy?: number): Look<TextMark> => ({
  tone,
  anchor: dx > 0 ? 'start' : 'end',
  dx,
  ...(dy !== undefined && { dy }),
})

/** A vertical line at each of `xs`. */
export const ruleX = (name: string, xs: readonly number[], look: Look<RuleXMark> = {}): Layer => ({
  frames: { [name]: { x: xs } },
  marks: [{ mark: 'rule-x', frame: name, x: 'x', ...look }],
})

/** A horizontal line at each of `ys`. */
export const ruleY = (name: string, ys: readonly number[], look: Look<RuleYMark> = {}): Layer => ({
  frames: { [name]: { y: ys } },
  marks: [{ mark: 'rule-y', frame: name, y: 'y', ...look }],
})

/** A circle, on a panel with equal units. */
export const circle = (
  name: string,
  radius: number,
  look: Look<LineMark> = {},
  [x, y]: readonly [x: number, y: number] = [0, 0],
): Layer => {
  const angles = Array.from({ length: 73 }, (_, i) => (Math.PI * i) / 36)
  const at = {
    x: (a: number) => x + radius * Math.cos(a),
    y: (a: number) => y + radius * Math.sin(a),
  }
  return line(name, angles, at, look)
}

/**
 * The outline of a histogram: how many of `values` are in each bin, as a fraction; bin i lies between
 * the edges i and i + 1. With `fill`, the region below it.
 */
export function histogram(
  name: string,
  values: readonly number[],
  {
    edges,
    binOf,
  }: { readonly edges: readonly number[]; readonly binOf: (value: number) => number },
  { fill, ...look }: Look<LineMark> & { readonly fill?: Look<AreaMark> } = {},
): Layer {
  const counts = edges.slice(1).map(() => 0)
  for (const value of values) counts[binOf(value)]++
  const outline = counts.flatMap((count, i) =>
    [edges[i], edges[i + 1]].map((x) => ({ x, y: count / values.length })),
  )
  const layer = line(name, values.length > 0 ? outline : [], xy, look)
  if (!fill) return layer
  const frame = { ...layer.frames[name], zero: outline.map(() => 0) }
  const area: AreaMark = { mark: 'area', frame: name, x: 'x', y1: 'zero', y2: 'y', ...fill }
  return { frames: { [name]: frame }, marks: [area, ...layer.marks] }
}

/**
 * The curve of a function over [from, to], at `points` equally spaced x; of a logarithmic axis, at
 * x with equal ratios.
 */
export const curve = (
  name: string,
  f: (x: number) => number,
  [from, to, points, scale]: readonly [
    from: number,
    to: number,
    points: number,
    scale?: 'linear' | 'log',
  ],
  look: LineLook<number> = {},
): Layer => {
  const at = (i: number): number =>
    scale === 'log'
      ? from * power(to / from, i / (points - 1))
      : from + ((to - from) * i) / (points - 1)
  const xs = Array.from({ length: points }, (_, i) => at(i))
  return line(name, xs, { x: (x) => x, y: f }, look)
}

/**
 * A panel from its layers: their frames together, their marks in order, the last on top.
 *
 * @throws RangeError if two layers name different data alike
 */
export function panelOf(frame: Omit<Panel, 'frames' | 'marks'>, layers: readonly Layer[]): Panel {
  const frames: { [name: string]: Frame } = {}
  for (const layer of layers)
    for (const [name, data] of Object.entries(layer.frames)) {
      if (Object.hasOwn(frames, name) && frames[name] !== data)
        throw new RangeError(`panelOf: expected frames of different names, got ${name} twice`)
      frames[name] = data
    }
  return { ...frame, frames, marks: layers.flatMap(({ marks }) => marks) }
}
