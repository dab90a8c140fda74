import type { OverlapShape, RestartReport } from '@nonconvex/gaussian-theory'
import type { Frame, Mark } from '../../figure/figure.js'
import type { ShapeFound } from './found.js'

/** Shares of networks, those of a group joined by a line. */
export interface ShareLines {
  readonly lowest: number
  /**
   * 'share'; and the names of the lines: on top of the first interval of each; or at the last point of those that reach
   * the right end, and at the first point of the others
   */
  readonly frames: { readonly [name in 'share' | 'tops' | 'lasts' | 'firsts']: Frame }
  readonly marks: readonly Mark[]
}

interface Point {
  readonly x: number
  readonly random: RestartReport
  readonly group: string
}

/** Lines of all groups that have more than one network, with the intervals of their shares. */
export function linesOf(
  found: readonly ShapeFound[],
  by: {
    readonly group: (shape: OverlapShape) => string
    readonly x: (shape: OverlapShape) => number
  },
): ShareLines {
  const points = found.flatMap(({ shape, random }): Point[] =>
    random ? [{ x: by.x(shape), random, group: by.group(shape) }] : [],
  )
  points.sort((a, b) => a.x - b.x)
  const groups = [...new Set(points.map(({ group }) => group))]
    .map((name) => points.filter(({ group }) => group === name))
    .filter((group) => group.length > 1)
  const shown = groups.flat()
  const names = (some: readonly Point[], y: (one: Point) => number): Frame => {
    // the lowest first: others give way upwards
    const sorted = [...some].sort((a, b) => y(a) - y(b))
    return { x: sorted.map(({ x }) => x), y: sorted.map(y), text: sorted.map((one) => one.group) }
  }
  const end = Math.max(...shown.map(({ x }) => x))
  const reach = groups.filter((group) => group.at(-1)?.x === end)
  const share = ({ random }: Point): number => random.share
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
      tops: names(
        groups.map(([first]) => first),
        ({ random }) => random.interval.high,
      ),
      lasts: names(
        reach.flatMap((group) => group.slice(-1)),
        share,
      ),
      firsts: names(
        groups.filter((group) => !reach.includes(group)).map(([first]) => first),
        share,
      ),
    },
    marks: [
      { mark: 'line', frame: 'share', x: 'x', y: 'y', group: 'group', tone: 'measured', width: 1 },
      { mark: 'interval', frame: 'share', x: 'x', y1: 'low', y2: 'high', tone: 'measured' },
      { mark: 'dot', frame: 'share', x: 'x', y: 'y', tone: 'measured', radius: 3 },
    ],
  }
}
