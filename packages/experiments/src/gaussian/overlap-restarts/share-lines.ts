import type { OverlapShape } from '@nonconvex/gaussian-theory/overlap'
import type { RestartReport } from '@nonconvex/gaussian-theory/restarts'
import type { Frame, Mark } from '../../figure/figure.js'
import { ascending } from '../ascending.js'
import { dotStyle, lineStyle } from '../line-styles.js'
import type { ShapeFound } from './found.js'

/** Shares of networks, those of a group joined by a line. */
export interface ShareLines {
  readonly lowest: number
  /** 'share0', 'share1', …, one for each group */
  readonly frames: { readonly [name: string]: Frame }
  readonly marks: readonly Mark[]
}

interface Point {
  readonly x: number
  readonly random: RestartReport
  readonly shape: OverlapShape
}

/**
 * Lines of all groups that have more than one network, with the intervals of their shares and a
 * key.
 */
export function linesOf(
  found: readonly ShapeFound[],
  by: {
    readonly group: (shape: OverlapShape) => string
    readonly x: (shape: OverlapShape) => number
    /** what the symbols of two groups, and their lines, tell apart */
    readonly symbol: (shape: OverlapShape) => number
    readonly line: (shape: OverlapShape) => number
  },
): ShareLines {
  const points = found.flatMap(({ shape, random }): Point[] =>
    random ? [{ x: by.x(shape), random, shape }] : [],
  )
  points.sort(
    (a, b) => by.symbol(a.shape) - by.symbol(b.shape) || by.line(a.shape) - by.line(b.shape),
  )
  const groups = [...new Set(points.map(({ shape }) => by.group(shape)))]
    .map((name) => ({ name, own: points.filter(({ shape }) => by.group(shape) === name) }))
    .filter(({ own }) => own.length > 1)
  const shown = groups.flatMap(({ own }) => own)
  const placeIn = (value: (shape: OverlapShape) => number, { shape }: Point): number =>
    ascending(shown.map((one) => value(one.shape))).indexOf(value(shape))
  return {
    lowest: Math.min(0.9, ...shown.map(({ random }) => random.interval.low)),
    frames: Object.fromEntries(groups.map(({ own }, i) => [`share${i}`, frameOf(own)])),
    marks: groups.flatMap(({ name, own: [first] }, i): Mark[] => {
      const base = { frame: `share${i}`, x: 'x' } as const
      const { tone, dash, width } = lineStyle(placeIn(by.line, first))
      const { symbol, radius } = dotStyle(2 * placeIn(by.symbol, first))
      return [
        { mark: 'line', ...base, y: 'y', tone, dash, width, key: name },
        { mark: 'interval', ...base, y1: 'low', y2: 'high', tone },
        { mark: 'dot', ...base, y: 'y', tone, symbol, radius, filled: !dash, key: name },
      ]
    }),
  }
}

function frameOf(points: readonly Point[]): Frame {
  const own = [...points].sort((a, b) => a.x - b.x)
  return {
    x: own.map(({ x }) => x),
    y: own.map(({ random }) => random.share),
    low: own.map(({ random }) => random.interval.low),
    high: own.map(({ random }) => random.interval.high),
  }
}
