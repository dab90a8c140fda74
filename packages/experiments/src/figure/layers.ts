import type {
  DotMark,
  Frame,
  IntervalMark,
  LineMark,
  Mark,
  Panel,
  RuleXMark,
  RuleYMark,
  TextMark,
} from './figure.js'

/** Data with the marks that draw them: what a panel is put together from. */
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

/** How a line looks; `dots` draws a symbol at each of its points as well. */
interface LineLook extends Look<LineMark> {
  readonly dots?: Look<DotMark>
}

interface Points<R> {
  readonly x: (row: R, i: number) => number | null | undefined
  readonly y: (row: R, i: number) => number | null | undefined
}

interface Grouped<R> extends Points<R> {
  /** one line for each value */
  readonly group?: (row: R, i: number) => string
}

interface Ends<R> {
  readonly x: (row: R, i: number) => number | null | undefined
  readonly low: (row: R, i: number) => number | null | undefined
  readonly high: (row: R, i: number) => number | null | undefined
}

interface Named<R> extends Points<R> {
  readonly text: (row: R, i: number) => string
}

/**
 * Rows joined by lines in their order; with `dots`, a symbol at each of them.
 *
 * @param name - of the frame, unique in its panel
 *
 * @example
 * import { line, panelOf } from '@nonconvex/experiments'
 * const runs = [{ k: 2, steps: 40 }, { k: 3, steps: 60 }]
 * const panel = panelOf({ x: { label: 'k' }, y: { label: 'steps' } }, [
 *   line('steps', runs, { x: (run) => run.k, y: (run) => run.steps }, { tone: 'measured' }),
 * ])
 * console.log(JSON.stringify(panel.frames.steps)) // → {"x":[2,3],"y":[40,60]}
 */
export function line<R>(
  name: string,
  rows: readonly R[],
  at: Grouped<R>,
  { dots: dot, ...look }: LineLook = {},
): Layer {
  const { x, y, group } = at
  const frame = group ? columnsOf(rows, { x, y, group }) : columnsOf(rows, { x, y })
  const mark: LineMark = { mark: 'line', frame: name, x: 'x', y: 'y', ...look }
  const points: DotMark = { mark: 'dot', frame: name, x: 'x', y: 'y', ...dot }
  return {
    frames: { [name]: frame },
    marks: [group ? { ...mark, group: 'group' } : mark, ...(dot ? [points] : [])],
  }
}

/** A symbol at each row. */
export const dots = <R>(
  name: string,
  rows: readonly R[],
  at: Points<R>,
  look: Look<DotMark> = {},
): Layer => ({
  frames: { [name]: columnsOf(rows, { x: at.x, y: at.y }) },
  marks: [{ mark: 'dot', frame: name, x: 'x', y: 'y', ...look }],
})

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

/** One text at a point. */
export const label = (
  name: string,
  text: string,
  [x, y]: readonly [x: number | null, y: number | null],
  look: Look<TextMark> = {},
): Layer => labels(name, [text], { x: () => x, y: () => y, text: (own) => own }, look)

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

/**
 * The curve of a function over [from, to], at `points` equally spaced x.
 */
export const curve = (
  name: string,
  f: (x: number) => number,
  [from, to, points]: readonly [from: number, to: number, points: number],
  look: Look<LineMark> = {},
): Layer => {
  const xs = Array.from({ length: points }, (_, i) => from + ((to - from) * i) / (points - 1))
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
