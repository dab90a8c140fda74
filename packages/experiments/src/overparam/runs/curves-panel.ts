import { mean, type Group } from '../../averages.js'
import type { Panel } from '../../figure/figure.js'
import { line, panelOf, ruleY } from '../../figure/layers.js'

/** One number of each row: its means over groups of rows. */
export interface Curve<R> {
  readonly name: string
  readonly tone: 'measured' | 'bound'
  readonly of: (row: R) => number
  /** for an estimate, or a bound of another classifier */
  readonly dash?: boolean
  /** of its name, in pixels: for curves that end close to each other */
  readonly dy?: number
}

/** What is drawn at most: vacuous by as much. */
const TOP = 100

const shown = (value: number): number | null => (value > 0 && value <= TOP ? value : null)

/** Fractions of examples on a logarithmic axis: bounds, and measurements with error bars. */
export function curvesPanel<R>(given: {
  readonly title: string
  readonly x: string
  readonly groups: readonly Group<R>[]
  readonly curves: readonly Curve<R>[]
  /** what a bar reaches from and to */
  readonly bar: (values: readonly number[]) => readonly [low: number, high: number]
}): Panel {
  const drawn = given.curves.map(({ of, ...look }) => ({
    ...look,
    points: given.groups.map(({ at, rows }) => {
      const values = rows.map(of)
      return { at, mean: mean(values), bar: look.tone === 'measured' ? given.bar(values) : [] }
    }),
  }))
  // a bar down to 0 reaches the lowest of what is drawn
  const floor = Math.min(
    ...drawn
      .flatMap(({ points }) => points.flatMap((point) => [point.mean, ...point.bar]))
      .flatMap((value) => shown(value) ?? []),
  )
  return panelOf(
    {
      title: given.title,
      x: { label: given.x, scale: 'log' },
      y: { label: 'fraction of examples', scale: 'log' },
    },
    [
      ruleY('one', [1], { tone: 'soft', dash: true, key: 'vacuous above' }),
      ...drawn.map(({ name, tone, dash = false, dy = 0, points }, i) =>
        line(
          `curve${i}`,
          points,
          {
            x: ({ at }) => at,
            y: (point) => shown(point.mean),
            ...(tone === 'measured' && {
              low: ({ bar: [low] }: (typeof points)[number]) => shown(Math.max(low, floor)),
              high: ({ bar: [, high] }: (typeof points)[number]) => shown(high),
            }),
          },
          {
            tone,
            dash,
            width: tone === 'measured' ? 2 : 1.5,
            dots: { filled: !dash },
            end: { text: name, anchor: 'start', dx: 8, dy, bold: tone === 'measured' },
          },
        ),
      ),
    ],
  )
}
