import { mean } from '../../averages.js'
import type { Figure, Frame, Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { promisesOf } from './guarantees.js'
import type { Promises } from './guarantees.js'
import type { SampleMeasured } from './measure.js'
import type { GeneralizationParams } from './params.js'

interface Curve {
  readonly of: keyof Promises
  readonly name: string
  readonly tone: 'measured' | 'bound'
  readonly dash?: boolean
  /** of its name, in pixels: curves that end close to each other */
  readonly dy?: number
}

const ofMargin: readonly Curve[] = [
  { of: 'sequence', name: 'sequence of updates', tone: 'bound' },
  { of: 'subset', name: 'updated subset', tone: 'bound', dy: -6 },
  { of: 'blocks', name: 'subset by blocks', tone: 'bound', dy: 7 },
  { of: 'leaveOneOut', name: 'mean: c/(n + 1)', tone: 'bound', dash: true },
  { of: 'short', name: 'true share', tone: 'measured' },
]
const ofError: readonly Curve[] = [
  { of: 'published', name: 'published form', tone: 'bound', dash: true },
  { of: 'growth', name: 'counting labellings', tone: 'bound' },
  { of: 'margin', name: 'largest margin', tone: 'bound', dash: true },
  { of: 'heldOut', name: 'held-out examples', tone: 'bound' },
  { of: 'error', name: 'true error', tone: 'measured' },
]

/** Against the size of the sample: what is promised, and what is true. */
export function generalizationFigures(
  samples: readonly SampleMeasured[],
  p: GeneralizationParams,
): readonly Figure[] {
  if (samples.length === 0) return []
  const sizes = [...new Set(samples.map(({ n }) => n))].sort((a, b) => a - b)
  const promised = sizes.map((n) =>
    samples.filter((sample) => sample.n === n).map((sample) => promisesOf(sample, p, p.delta)),
  )
  const panel = (title: string, label: string, curves: readonly Curve[]): Panel =>
    curvesPanel({ title, label, curves, sizes, promised })
  return [
    {
      id: 'guarantees',
      title: 'The run says by itself how well it generalises; counting parameters says nothing',
      caption: `Means over samples of each size, $\\delta = ${p.delta}$; bars show the middle nine tenths of the samples. Left: new examples with $yN(x) < 1$, and what the updated examples promise of them as a code for the network; the dashed line estimates a bound of the mean. Right: errors $yN(x) \\le 0$; the dashed lines promise nothing of this network: one is the published form with the number of updates that was seen, the other is of the separator of largest margin. Above 1 a promise is vacuous; what lies far above is not drawn.`,
      panels: [
        panel('New examples with y N(x) < 1', 'share of examples', ofMargin),
        panel('Errors', 'share of examples', ofError),
      ],
    },
  ]
}

interface Given {
  readonly title: string
  readonly label: string
  readonly curves: readonly Curve[]
  readonly sizes: readonly number[]
  readonly promised: readonly (readonly Promises[])[]
}

/** What is drawn at most: vacuous by as much. */
const TOP = 100

function curvesPanel({ title, label, curves, sizes, promised }: Given): Panel {
  const shown = (value: number): number | null => (value > 0 && value <= TOP ? value : null)
  const truth = curves.filter(({ tone }) => tone === 'measured')
  const at = (of: keyof Promises): (number | null)[] =>
    promised.map((some) => shown(mean(some.map((one) => one[of]))))
  const quantile = (of: keyof Promises, share: number): (number | null)[] =>
    promised.map((some) => {
      const sorted = some.map((one) => one[of]).sort((a, b) => a - b)
      return shown(sorted[Math.floor(share * (sorted.length - 1))])
    })
  const means: Frame = { n: sizes, ...Object.fromEntries(curves.map(({ of }) => [of, at(of)])) }
  const names = Object.fromEntries(
    curves.map(({ of, name }) => {
      const values = at(of)
      const end = values.findLastIndex((value) => value !== null)
      return [
        `${of} name`,
        end < 0 ? { x: [], y: [], text: [] } : { x: [sizes[end]], y: [values[end]], text: [name] },
      ]
    }),
  )
  return {
    title,
    x: { label: 'n, examples', scale: 'log' },
    y: { label, scale: 'log' },
    frames: {
      means,
      ...names,
      one: { y: [1] },
      vacuous: { x: [sizes[0]], y: [1], text: ['vacuous above'] },
      ...Object.fromEntries(
        truth.map(({ of }) => [
          `${of} bars`,
          { n: sizes, low: quantile(of, 0.05), high: quantile(of, 0.95) },
        ]),
      ),
    },
    marks: [
      { mark: 'rule-y', frame: 'one', y: 'y', tone: 'soft', dash: true },
      nameMark('vacuous', { tone: 'soft', anchor: 'start', dx: 2, dy: -8 }),
      ...truth.map(({ of }): Mark => ({
        ...{ mark: 'interval', frame: `${of} bars`, x: 'n', y1: 'low', y2: 'high' },
        tone: 'measured',
      })),
      ...curves.flatMap(({ of, tone, dash = false, dy = 0 }): Mark[] => [
        {
          ...{ mark: 'line', frame: 'means', x: 'n', y: of, tone, dash },
          width: tone === 'measured' ? 2 : 1.5,
        },
        { mark: 'dot', frame: 'means', x: 'n', y: of, tone, filled: !dash },
        nameMark(`${of} name`, {
          ...{ tone, anchor: 'start', dx: 8, dy },
          bold: tone === 'measured',
        }),
      ]),
    ],
  }
}
