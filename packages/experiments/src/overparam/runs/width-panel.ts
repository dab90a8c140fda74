import type { BoundName } from '@nonconvex/overparam'
import { mean } from '../../averages.js'
import type { Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import type { NamedRun } from './facts.js'

/** A bound to draw, with its name on the picture. */
export interface Drawn {
  readonly bound: BoundName
  readonly label: string
}

/** The two that tell the story: as published, and with slopes counted. */
export const drawn: readonly Drawn[] = [
  { bound: 'paper', label: 'published bound' },
  { bound: 'slope', label: 'bound with slopes' },
]

/** Widths that occur, ascending. */
export const widthsOf = (runs: readonly NamedRun[]): readonly number[] =>
  [...new Set(runs.map((run) => run.measured.k))].sort((a, b) => a - b)

/** Mean over the runs of one width; null if none has the number. */
export function meanAt(
  runs: readonly NamedRun[],
  k: number,
  of: (run: NamedRun) => number | null,
): number | null {
  const values = runs.flatMap((run) => (run.measured.k === k ? [of(run)] : []))
  const numbers = values.filter((value) => value !== null)
  return numbers.length > 0 ? mean(numbers) : null
}

/**
 * The least and the most of a number over the runs of each width: what a bar reaches from and to.
 */
export function spreadAt(
  runs: readonly NamedRun[],
  widths: readonly number[],
  of: (run: NamedRun) => number | null,
): { readonly low: (number | null)[]; readonly high: (number | null)[] } {
  const all = widths.map((k) =>
    runs.flatMap((run) => {
      const value = run.measured.k === k ? of(run) : null
      return value === null ? [] : [value]
    }),
  )
  // one run has no spread
  const ends = (of: (values: readonly number[]) => number): (number | null)[] =>
    all.map((values) => (values.length > 1 ? of(values) : null))
  return { low: ends((values) => Math.min(...values)), high: ends((values) => Math.max(...values)) }
}

/** Updates against width, both logarithmic, beside the bounds (means over the runs of a width). */
export function widthPanel(runs: readonly NamedRun[]): Panel {
  const k = widthsOf(runs)
  const updates = runs.filter((run) => run.measured.updates > 0)
  const bounds = Object.fromEntries(
    drawn.map(({ bound }) => [
      bound,
      k.map((width) => meanAt(runs, width, (run) => run.measured.bounds?.[bound] ?? null)),
    ]),
  )
  const some = runs.some((run) => run.measured.bounds)
  const averages = k.map((width) => meanAt(updates, width, (run) => run.measured.updates))
  const end = k.length - 1
  const name = (
    y: number | null,
    text: string,
  ): { k: number[]; y: (number | null)[]; text: string[] } => ({
    k: [k[end]],
    y: [y],
    text: [text],
  })
  const label = (frame: string, tone: 'bound' | 'measured'): Mark =>
    nameMark(frame, { x: 'k', tone, anchor: 'start', dx: 8, bold: tone === 'measured' })
  return {
    title: 'Updates',
    x: { label: 'width k (hidden units of each sign)', scale: 'log' },
    y: { label: 'updates', scale: 'log' },
    frames: {
      runs: {
        k: updates.map((run) => run.measured.k),
        updates: updates.map((run) => run.measured.updates),
      },
      means: { k, updates: averages },
      bars: { k, ...spreadAt(updates, k, (run) => run.measured.updates) },
      measured: name(averages[end], 'updates made'),
      ...(some && { bounds: { k, ...bounds } }),
      ...(some &&
        Object.fromEntries(
          drawn.map((one) => [one.bound, name(bounds[one.bound][end], one.label)]),
        )),
    },
    marks: [
      ...(some
        ? drawn.flatMap(({ bound }): Mark[] => [
            { mark: 'line', frame: 'bounds', x: 'k', y: bound, tone: 'bound', width: 1.5 },
            label(bound, 'bound'),
          ])
        : []),
      { mark: 'interval', frame: 'bars', x: 'k', y1: 'low', y2: 'high', tone: 'measured' },
      { mark: 'line', frame: 'means', x: 'k', y: 'updates', tone: 'measured', width: 2 },
      { mark: 'dot', frame: 'runs', x: 'k', y: 'updates', tone: 'measured' },
      label('measured', 'measured'),
    ],
  }
}
