import type { Frame, Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'

/** One number over the places of an axis: its means, and a bar around each where one is wanted. */
export interface Curve {
  readonly name: string
  readonly tone: 'measured' | 'bound'
  readonly means: readonly number[]
  readonly bars?: { readonly low: readonly number[]; readonly high: readonly number[] }
  /** of an estimate, or of a bound for another rule */
  readonly dash?: boolean
  /** of its name, in pixels: for curves that end close to each other */
  readonly dy?: number
}

/** What is drawn at most: vacuous by as much. */
const TOP = 100

/** Fractions of examples on a logarithmic axis: bounds beside the truth. */
export function curvesPanel(given: {
  readonly title: string
  readonly x: { readonly label: string; readonly at: readonly number[] }
  readonly curves: readonly Curve[]
}): Panel {
  const { title, x, curves } = given
  const shown = (values: readonly number[]): (number | null)[] =>
    values.map((value) => (value > 0 && value <= TOP ? value : null))
  const drawn = curves.flatMap(({ means, bars }) => [
    ...shown(means),
    ...shown(bars?.low ?? []),
    ...shown(bars?.high ?? []),
  ])
  const values = drawn.filter((value) => value !== null)
  // a bar down to 0 reaches the lowest of what is drawn
  const floor = Math.min(...values)
  const names = curves.map(({ name, means }): Frame => {
    const end = shown(means).findLastIndex((value) => value !== null)
    return end < 0 ? { x: [], y: [], text: [] } : { x: [x.at[end]], y: [means[end]], text: [name] }
  })
  return {
    title,
    x: { label: x.label, scale: 'log' },
    y: { label: 'fraction of examples', scale: 'log' },
    frames: {
      means: {
        x: x.at,
        ...Object.fromEntries(curves.map(({ means }, i) => [`y${i}`, shown(means)])),
      },
      ...Object.fromEntries(names.map((name, i) => [`name${i}`, name])),
      ...Object.fromEntries(
        curves.flatMap(({ bars }, i) =>
          bars
            ? [
                [
                  `bars${i}`,
                  {
                    x: x.at,
                    low: shown(bars.low.map((value) => Math.max(value, floor))),
                    high: shown(bars.high),
                  },
                ],
              ]
            : [],
        ),
      ),
      one: { y: [1] },
    },
    marks: [
      { mark: 'rule-y', frame: 'one', y: 'y', tone: 'soft', dash: true, key: 'vacuous above' },
      ...curves.flatMap(({ bars, tone }, i): Mark[] =>
        bars ? [{ mark: 'interval', frame: `bars${i}`, x: 'x', y1: 'low', y2: 'high', tone }] : [],
      ),
      ...curves.flatMap(({ tone, dash = false, dy = 0 }, i): Mark[] => [
        {
          mark: 'line',
          frame: 'means',
          x: 'x',
          y: `y${i}`,
          tone,
          dash,
          width: tone === 'measured' ? 2 : 1.5,
        },
        { mark: 'dot', frame: 'means', x: 'x', y: `y${i}`, tone, filled: !dash },
        nameMark(`name${i}`, {
          tone,
          anchor: 'start',
          dx: 8,
          dy,
          bold: tone === 'measured',
        }),
      ]),
    ],
  }
}
