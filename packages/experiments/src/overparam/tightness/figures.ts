import { groupsBy, mean } from '../../averages.js'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { dots, line, panelOf, ruleY } from '../../figure/layers.js'
import type { tightness } from './experiment.js'
import type { InstanceMeasured, RandomMeasured } from './measured.js'

type Params = ParamsOf<typeof tightness>

/** What the figures show of an instance. */
type Charted = Pick<InstanceMeasured, 'updates' | 'permuted' | 'slope' | 'paper'> & {
  readonly alpha: number
}

/** Rows of the runs on random data. */
export type RandomRows = readonly {
  readonly cell: { readonly alpha: number }
  readonly measured: RandomMeasured
}[]

/** Means over the random data sets of a slope. */
export const randomMeans = (rows: RandomRows) =>
  groupsBy(rows, ({ cell }) => cell.alpha).map(({ at, rows: some }) => ({
    alpha: at,
    sets: some.length,
    updates: mean(some.map(({ measured }) => measured.updates)),
    slope: mean(some.map(({ measured }) => measured.slope)),
    ratio: mean(some.map(({ measured: { updates, slope } }) => updates / slope)),
  }))

const alphaAxis = { label: 'leaky ReLU slope α', scale: 'log' } as const
const byAlpha = (instances: readonly Charted[]): readonly Charted[] =>
  [...instances].sort((a, b) => a.alpha - b.alpha)

/** Updates in units of the bound: the instances of each β, and random data. */
export function attainedFigure(
  instances: readonly Charted[],
  random: RandomRows,
  p: Params,
): Figure {
  const means = randomMeans(random)
  return {
    id: 'attained',
    title: 'Constructed data attain the bound, random data do not come near',
    caption: `Updates of SGD as a fraction of the bound with slopes, margin $\\gamma = ${p.gamma}$. Blue: the constructed instances, for every $\\beta$ of the parameters, in the order that they are made for and in a new order each epoch. Gray: random data, means over data sets.`,
    panels: [
      panelOf({ x: alphaAxis, y: { label: 'updates / bound with slopes', scale: 'log' } }, [
        ruleY('bound', [1], { tone: 'bound', key: 'bound' }),
        dots(
          'constructed',
          instances,
          { x: ({ alpha }) => alpha, y: ({ updates, slope }) => updates / slope },
          { tone: 'measured', radius: 4, key: 'constructed data' },
        ),
        dots(
          'permuted',
          instances,
          { x: ({ alpha }) => alpha, y: ({ permuted, slope }) => permuted / slope },
          { tone: 'measured', filled: false, radius: 4, key: 'the same in random order' },
        ),
        line(
          'random',
          means,
          { x: ({ alpha }) => alpha, y: ({ ratio }) => ratio },
          { tone: 'soft', dots: {}, key: 'random data' },
        ),
      ]),
    ],
  }
}

/** The worst case against the slope: for small steps and for large ones. */
export function growthFigure(
  small: readonly Charted[],
  large: readonly Charted[],
  p: Params,
): Figure {
  const panel = (title: string, instances: readonly Charted[]): Panel => {
    const sorted = byAlpha(instances)
    const x = ({ alpha }: Charted): number => alpha
    return panelOf({ title, x: alphaAxis, y: { label: 'updates', scale: 'log' } }, [
      line(
        'paper',
        sorted,
        { x, y: ({ paper }) => paper },
        { tone: 'bound', dash: true, key: 'published bound' },
      ),
      line(
        'slope',
        sorted,
        { x, y: ({ slope }) => slope },
        { tone: 'bound', key: 'bound with slopes' },
      ),
      dots(
        'updates',
        sorted,
        { x, y: ({ updates }) => updates },
        { tone: 'measured', key: 'updates' },
      ),
    ])
  }
  return {
    id: 'growth',
    title: 'The worst case grows like 1/α² for small steps, like 1/α for large ones',
    caption:
      'Updates on the constructed instances, the bound with slopes, which they attain, and the published bound $M_k$. For large steps the published bound has one power of $1/\\alpha$ too many.',
    panels: [
      panel(`Small steps, β = ${p.smallBeta}`, small),
      panel(`Large steps, β = ${p.largeBeta}`, large),
    ],
  }
}
