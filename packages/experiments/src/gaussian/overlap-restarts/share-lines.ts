import type { OverlapShape } from '@nonconvex/gaussian-theory'
import type { Frame, Mark } from '../../figure/figure.js'
import type { ShapeFound } from './found.js'

/** Shares of networks, those of a group joined by a line. */
export interface ShareLines {
  readonly lowest: number
  /** 'share'; and the name of each line at its first point, and on top of the interval there */
  readonly frames: { readonly share: Frame; readonly firsts: Frame; readonly tops: Frame }
  readonly marks: readonly Mark[]
}

/** Lines of all groups that have more than one network, with the intervals of their shares. */
export function linesOf(
  found: readonly ShapeFound[],
  by: {
    readonly group: (shape: OverlapShape) => string
    readonly x: (shape: OverlapShape) => number
  },
): ShareLines {
  const points = found.flatMap(({ shape, random }) =>
    random ? [{ x: by.x(shape), random, group: by.group(shape) }] : [],
  )
  points.sort((a, b) => a.x - b.x)
  const groups = [...new Set(points.map(({ group }) => group))]
    .map((name) => points.filter(({ group }) => group === name))
    .filter((group) => group.length > 1)
  const shown = groups.flat()
  const names = (y: (one: (typeof shown)[number]) => number): Frame => {
    const some = groups.map(([first]) => first)
    // the lowest first: others give way upwards
    some.sort((a, b) => y(a) - y(b))
    return { x: some.map(({ x }) => x), y: some.map(y), text: some.map(({ group }) => group) }
  }
  return {
    lowest: Math.min(0.9, ...shown.map(({ random }) => random.interval.low)),
    frames: {
      share: {
        x: shown.map(({ x }) => x),
        y: shown.map(({ random }) => random.share),
        low: shown.map(({ random }) => random.interval.low),
        high: shown.map(({ random }) => random.interval.high),
        group: shown.map(({ group }) => group),
      },
      firsts: names(({ random }) => random.share),
      tops: names(({ random }) => random.interval.high),
    },
    marks: [
      { mark: 'line', frame: 'share', x: 'x', y: 'y', group: 'group', tone: 'measured', width: 1 },
      { mark: 'interval', frame: 'share', x: 'x', y1: 'low', y2: 'high', tone: 'measured' },
      { mark: 'dot', frame: 'share', x: 'x', y: 'y', tone: 'measured', radius: 3 },
    ],
  }
}
