import type { MeanWithError } from '@nonconvex/optim/statistics'
import { mean } from '../../averages.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { beside, labels, panelOf, type Layer } from '../../figure/layers.js'
import { lyingBars, lyingIntervals } from '../bars.js'
import { names, parts, type Params, type Part } from './experiment.js'
import { recallOf, accuracyOf, type Way } from './measured.js'

/** Half a bar's width, in rows. */
const HALF = 0.09

/** Left: PredCls and SGCls recall. Right: accuracy on confusable objects, also in exchanged scenes. */
export function gainsFigure(ways: readonly Way[], { test }: Params): Figure {
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
  const layers = all.flatMap(([name, tone, value], s): Layer[] => {
    const bars = parts.flatMap((part, i) => {
      const own = ways.filter((way) => way.part === part).map(value)
      if (own.length === 0) return []
      const error = 2 * Math.max(...own.map((one) => one.error))
      const to = mean(own.map((one) => one.mean))
      // the first predictor on top
      const place = parts.length - i + 0.17 * (all.length - 1 - 2 * s)
      return [{ place, value: to, tone, low: to - error, high: to + error }]
    })
    return [
      ...lyingBars(
        bars.map((bar, b) => (b === 0 ? { ...bar, key: name } : bar)),
        HALF,
      ),
      lyingIntervals(`errors${s}`, bars, {
        tone: 'ink',
        width: 1.5,
        ...(s === all.length - 1 && { key: '± 2 standard errors' }),
      }),
      labels(
        `values${s}`,
        bars,
        { x: ({ high }) => high, y: ({ place }) => place, text: (bar) => bar.value.toFixed(2) },
        beside(tone, 5),
      ),
    ]
  })
  return panelOf(
    {
      title,
      x: { label, domain: [0, 1] },
      y: {
        label: '',
        domain: [0.4, parts.length + 0.6],
        names: parts.map((part) => names[part]).reverse(),
      },
    },
    layers,
  )
}
