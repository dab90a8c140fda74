import type { PairedDifference } from '@nonconvex/structured'
import type { Figure, Frame, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { recallOf, shareOf, type Part, type Way } from './conclude.js'
import type { DemoParams } from './params.js'

const parts: readonly Part[] = ['rule', 'single', 'sum', 'attention']
const short: { readonly [part in Part]: string } = {
  rule: 'rule, single',
  single: 'network, single',
  sum: 'joint, sums',
  attention: 'joint, attention',
}
const DOT = 3.5

/** Left: recall, with classes given and not. Right: confusable objects, as they are and among objects of other scenes. */
export function gainsFigure(ways: readonly Way[], { test }: DemoParams): Figure {
  return {
    id: 'gains',
    title: 'Objects that look alike are told apart by what is around them',
    caption: `A dot for each way to predict and each training run, on the same ${test} fresh scenes; bars: two standard errors. Left: recall of relations among 20 candidates, when the classes of both ends must be found, too (SGCls), and when they are given (PredCls). Right: objects of the ten confusable pairs of classes with the right class, at their places, and with the same scores among objects of other scenes, where a joint network has nothing to go by.`,
    panels: [
      panel(ways, 'Relations found', 'R@20, share of true relations', [
        ['classes given', 'bound', 'diamond', (way) => recallOf(way, 'hitsKnown')],
        ['classes to be found', 'measured', 'circle', (way) => recallOf(way, 'hits')],
      ]),
      panel(ways, 'Confusable objects', 'share with the right class', [
        ['in their scene', 'measured', 'circle', (way) => shareOf(way, 'right')],
        ['among others', 'violated', 'square', (way) => shareOf(way, 'rightExchanged')],
      ]),
    ],
  }
}

type Series = readonly [
  name: string,
  tone: 'measured' | 'bound' | 'violated',
  symbol: 'circle' | 'diamond' | 'square',
  value: (way: Way) => PairedDifference,
]

function panel(ways: readonly Way[], title: string, label: string, all: readonly Series[]): Panel {
  const frames: { [name: string]: Frame } = {
    parts: {
      x: parts.map((_, i) => i + 1),
      y: parts.map(() => 0.03),
      text: parts.map((part) => short[part]),
    },
  }
  const marks = all.flatMap(([name, tone, symbol, value], s) => {
    const points = parts.flatMap((part, i) => {
      const own = ways.filter((way) => way.part === part)
      return own.map((way, j) => {
        const side = (s - (all.length - 1) / 2) * 0.12
        return { x: i + 1 + side + 0.5 * ((j + 0.5) / own.length - 0.5), ...value(way) }
      })
    })
    frames[`s${s}`] = {
      x: points.map(({ x }) => x),
      y: points.map(({ mean }) => mean),
      low: points.map(({ mean, error }) => mean - 2 * error),
      high: points.map(({ mean, error }) => mean + 2 * error),
    }
    return [
      { mark: 'interval', frame: `s${s}`, x: 'x', y1: 'low', y2: 'high', tone } as const,
      {
        ...({ mark: 'dot', frame: `s${s}`, x: 'x', y: 'y', tone, symbol, key: name } as const),
        radius: symbol === 'circle' ? DOT : DOT + 1,
      },
    ]
  })
  return {
    title,
    x: { label: 'way to predict', domain: [0.4, parts.length + 0.6] },
    y: { label, domain: [0, 1.02] },
    frames,
    marks: [...marks, nameMark('parts', { tone: 'soft' })],
  } // prettier-ignore
}
