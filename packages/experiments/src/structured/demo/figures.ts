import type { MeanWithError } from '@nonconvex/optim/statistics'
import { mean } from '../../averages.js'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Frame, Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { lyingBars } from '../bars.js'
import { parts, type demo, type Part } from './experiment.js'
import { recallOf, shareOf, type Way } from './measured.js'

const short: { readonly [part in Part]: string } = {
  rule: 'best single rule',
  single: 'single network',
  sum: 'joint, sums',
  attention: 'joint, attention',
}
/** Half a bar's width, in places. */
const HALF = 0.09

/**
 * Left: recall, with classes given and not. Right: confusable objects, as they are and among
 * objects of other scenes.
 */
export function gainsFigure(ways: readonly Way[], { test }: ParamsOf<typeof demo>): Figure {
  return {
    id: 'gains',
    title: 'Objects that look alike are told apart by what is around them',
    caption: `Mean over the training runs of each way to predict, on the same ${test} fresh scenes; thin lines: two standard errors of a run. Left: recall of relations among 20 candidates, when the classes of both ends must be found, too (SGCls), and when they are given (PredCls). Right: objects of the ten confusable pairs of classes with the right class, at their places, and with the same scores among objects of other scenes, where a joint network has nothing to go by.${notTold(ways)}`,
    panels: [
      panel(ways, 'Relations found', 'R@20, share of true relations', [
        ['classes given', 'soft', (way) => recallOf(way, 'hitsKnown')],
        ['classes to be found', 'measured', (way) => recallOf(way, 'hits')],
      ]),
      panel(ways, 'Confusable objects', 'share with the right class', [
        ['in their scene', 'measured', (way) => shareOf(way, 'right')],
        ['among objects of other scenes', 'soft', (way) => shareOf(way, 'rightExchanged')],
      ]),
    ],
  }
}

/** What the bars do not show: the gain with classes given, and without the scores of pairs. */
function notTold(ways: readonly Way[]): string {
  const of = (part: Part, value: (way: Way) => MeanWithError): number[] =>
    ways.filter((way) => way.part === part).map((way) => value(way).mean)
  const known = (way: Way): MeanWithError => recallOf(way, 'hitsKnown')
  const blind = (way: Way): MeanWithError => shareOf(way, 'rightWithoutRelations')
  const right = (way: Way): MeanWithError => shareOf(way, 'right')
  const joint = of('attention', known)
  const alone = [of('rule', known), of('single', known)].filter((all) => all.length > 0)
  if (joint.length === 0 || alone.length === 0) return ''
  const text = (x: number): string => x.toFixed(2)
  const best = Math.max(...alone.map(mean))
  return (
    ` With classes given, attention has ${text(mean(joint))}, ${text(mean(joint) - best)} more than the best single way.` +
    ` Where all scores of pairs are 0 at test time, it has ${text(mean(of('attention', blind)))} of the confusable objects right in their scenes, ${text(mean(of('attention', right)))} with the scores.`
  )
}

type Series = readonly [name: string, tone: 'measured' | 'soft', value: (way: Way) => MeanWithError]

/** Bars from the left, one of each series for each way. */
function panel(ways: readonly Way[], title: string, label: string, all: readonly Series[]): Panel {
  const frames: { [name: string]: Frame } = {}
  const marks = all.flatMap(([name, tone, value], s): Mark[] => {
    const bars = parts.flatMap((part, i) => {
      const own = ways.filter((way) => way.part === part).map(value)
      if (own.length === 0) return []
      const error = 2 * Math.max(...own.map((one) => one.error))
      // the first way stands on top
      const y = parts.length - i + 0.17 * (all.length - 1 - 2 * s)
      return [{ part: `${part}`, y, to: mean(own.map((one) => one.mean)), error }]
    })
    const drawn = lyingBars(
      bars.map(({ y, to }, b) => ({ place: y, value: to, tone, ...(b === 0 && { key: name }) })),
      HALF,
    )
    Object.assign(frames, drawn.frames)
    frames[`errors${s}`] = {
      x: bars.flatMap(({ to, error }) => [to - error, to + error]),
      y: bars.flatMap(({ y }) => [y, y]),
      part: bars.flatMap(({ part }) => [part, part]),
    }
    frames[`values${s}`] = {
      x: bars.map(({ to, error }) => to + error),
      y: bars.map(({ y }) => y),
      text: bars.map(({ to }) => to.toFixed(2)),
    }
    const line = { mark: 'line', x: 'x', y: 'y', group: 'part' } as const
    return [
      ...drawn.marks,
      {
        ...line,
        frame: `errors${s}`,
        tone: 'ink',
        width: 1.5,
        ...(s === all.length - 1 && { key: '± 2 standard errors' }),
      },
      nameMark(`values${s}`, { tone, anchor: 'start', dx: 5 }),
    ]
  })
  return {
    title,
    x: { label, domain: [0, 1] },
    y: {
      label: '',
      domain: [0.4, parts.length + 0.6],
      names: parts.map((part) => short[part]).reverse(),
    },
    frames,
    marks,
  }
}
