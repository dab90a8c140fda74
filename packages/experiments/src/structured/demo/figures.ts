import type { MeanWithError } from '@nonconvex/optim/statistics'
import { mean } from '../../averages.js'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Frame, Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { lyingBars } from '../bars.js'
import { parts, type demo, type Part } from './experiment.js'
import { recallOf, accuracyOf, type Way } from './measured.js'

const short: { readonly [part in Part]: string } = {
  rule: 'best rule, single objects',
  single: 'network, single objects',
  sum: 'joint network, sums',
  attention: 'joint network, attention',
}
/** Half a bar's width, in rows. */
const HALF = 0.09

/** Left: PredCls and SGCls recall. Right: accuracy on confusable objects, also in exchanged scenes. */
export function gainsFigure(ways: readonly Way[], { test }: ParamsOf<typeof demo>): Figure {
  return {
    id: 'gains',
    title: 'Joint prediction resolves confusable objects by their context',
    caption: `Means over initializations on the same ${test} test scenes; thin lines: two standard errors of a run. Left: recall@20 of relations with predicted classes (SGCls) and with given classes (PredCls). Right: accuracy on objects of the ten confusable pairs of classes, in their own scenes, and with the same scores among objects of other scenes, where the context is uninformative.${ablations(ways)}`,
    panels: [
      panel(ways, 'Relations', 'recall@20', [
        ['PredCls: classes given', 'soft', (way) => recallOf(way, 'hitsKnown')],
        ['SGCls: classes predicted', 'measured', (way) => recallOf(way, 'hits')],
      ]),
      panel(ways, 'Confusable objects', 'accuracy', [
        ['in their scenes', 'measured', (way) => accuracyOf(way, 'right')],
        ['among objects of other scenes', 'soft', (way) => accuracyOf(way, 'rightExchanged')],
      ]),
    ],
  }
}

/** In words: the gain in PredCls, and the ablation without pair scores. */
function ablations(ways: readonly Way[]): string {
  const of = (part: Part, value: (way: Way) => MeanWithError): number[] =>
    ways.filter((way) => way.part === part).map((way) => value(way).mean)
  const known = (way: Way): MeanWithError => recallOf(way, 'hitsKnown')
  const blind = (way: Way): MeanWithError => accuracyOf(way, 'rightWithoutRelations')
  const right = (way: Way): MeanWithError => accuracyOf(way, 'right')
  const joint = of('attention', known)
  const alone = [of('rule', known), of('single', known)].filter((all) => all.length > 0)
  if (joint.length === 0 || alone.length === 0) return ''
  const text = (x: number): string => x.toFixed(2)
  const best = Math.max(...alone.map(mean))
  return (
    ` In PredCls the joint network with attention has recall ${text(mean(joint))}, ${text(mean(joint) - best)} more than the best baseline.` +
    ` With all pair scores set to 0 at test time its accuracy on confusable objects is ${text(mean(of('attention', blind)))}, against ${text(mean(of('attention', right)))} with them.`
  )
}

type Series = readonly [name: string, tone: 'measured' | 'soft', value: (way: Way) => MeanWithError]

/** Horizontal bars: one of each series for each predictor. */
function panel(ways: readonly Way[], title: string, label: string, all: readonly Series[]): Panel {
  const frames: { [name: string]: Frame } = {}
  const marks = all.flatMap(([name, tone, value], s): Mark[] => {
    const bars = parts.flatMap((part, i) => {
      const own = ways.filter((way) => way.part === part).map(value)
      if (own.length === 0) return []
      const error = 2 * Math.max(...own.map((one) => one.error))
      // the first predictor on top
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
