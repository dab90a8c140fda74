import { slopeBound } from '@nonconvex/overparam'
import {
  batchPerceptronBounded,
  marginPerceptronBounded,
  perceptronBounded,
} from '@nonconvex/overparam/perceptron'
import { groupsBy, mean } from '../../averages.js'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { dots, label, line, panelOf, ruleY } from '../../figure/layers.js'
import type { perceptron } from './experiment.js'

export type Params = ParamsOf<typeof perceptron>

/** How a rule ended, and after how many updates. */
export type RuleMeasured = {
  readonly converged: boolean
  /** mistakes, or iterations of the batch rule */
  readonly updates: number
  /** distinct examples and visits; null for the batch rule */
  readonly distinct: number | null
  readonly steps: number | null
}

export type PerceptronMeasured = {
  readonly gamma: number
  /** R, and the largest margin of a unit vector; null if not separable */
  readonly radius: number
  readonly margin: number | null
  readonly perceptron: RuleMeasured
  readonly batch: RuleMeasured
  readonly marginRule: RuleMeasured
  /** networks initialized at zero, in cyclic order, by leaky ReLU slope */
  readonly networks: readonly (RuleMeasured & { readonly alpha: number })[]
  /**
   * the same for α = 1, with this learning rate and with one so large that the 1 of the hinge loss
   * is negligible
   */
  readonly linear: RuleMeasured
  readonly huge: RuleMeasured
}

/** What the bounds on linear rules depend on. */
export type Separated = Pick<PerceptronMeasured, 'radius' | 'margin'>

const novikoff = ({ radius, margin }: Separated): number | null =>
  margin === null ? null : (radius / margin) ** 2

/** The rules whose updates are bounded on separable data. */
export const rules = [
  {
    claim: perceptronBounded,
    name: 'perceptron',
    of: (m: PerceptronMeasured) => m.perceptron,
    bound: novikoff,
  },
  {
    claim: batchPerceptronBounded,
    name: 'batch perceptron',
    of: (m: PerceptronMeasured) => m.batch,
    bound: novikoff,
  },
  {
    claim: marginPerceptronBounded,
    name: 'margin perceptron',
    of: (m: PerceptronMeasured) => m.marginRule,
    bound: ({ radius, margin }: Separated, { eta }: Pick<Params, 'eta'>) =>
      margin === null ? null : (radius ** 2 + 2 / eta) / margin ** 2,
  },
]

/** The bound with slopes of a network initialized at zero. */
export const networkBound = (
  { radius, margin }: PerceptronMeasured,
  alpha: number,
  { k, eta }: Params,
): number | null =>
  margin === null
    ? null
    : slopeBound({
        k,
        alpha,
        eta,
        radius,
        gamma: margin,
        wStarNorm: 1,
        v: 1 / Math.sqrt(2 * k),
        startF: 0,
        startS: 0,
        startRow: 0,
        excess: 0,
      })

type Data = readonly PerceptronMeasured[]

/** Updates of the linear rules against the margin, and of networks against α. */
export function perceptronFigures(data: Data, p: Params): readonly Figure[] {
  const separable = data.filter(({ margin }) => margin !== null)
  if (separable.length === 0) return []
  return [
    {
      id: 'rules',
      title: 'Updates of the linear rules stay within their bounds',
      caption: `Updates of each rule, in units of its bound, against the largest margin of the data set: $(R/\\gamma)^2$, and for the margin perceptron $(R^2 + 2/\\eta)/\\gamma^2$ with $\\eta = ${p.eta}$.`,
      panels: [rulesPanel(separable, p)],
    },
    {
      id: 'limit',
      title: 'A network with α = 1 is the margin perceptron',
      caption: `Networks with $W_0 = 0$, mean and every data set. Left: updates relative to the margin perceptron on the same data; for $\\alpha = 1$ they are equal. Right: updates, and the bound with slopes, both relative to the bound of the margin perceptron, $(R^2 + 2/\\eta)/\\gamma^2$: for $\\alpha = 1$ the two bounds are equal. For $W_0 = 0$ all units of a sign stay identical, so the width $k = ${p.k}$ has no effect.`,
      panels: limitPanels(separable, p),
    },
  ]
}

const looks = [
  { symbol: 'circle', filled: true, radius: 3.5 },
  { symbol: 'square', filled: false, radius: 4.5 },
  { symbol: 'triangle', filled: true, radius: 4.5 },
] as const

/** Updates of all rules, each in units of its bound. */
function rulesPanel(data: Data, p: Params): Panel {
  const right = Math.max(...data.map(({ margin }) => margin ?? 0))
  return panelOf(
    {
      x: { label: 'γ, largest margin', scale: 'log' },
      y: { label: 'updates / bound', scale: 'log' },
    },
    [
      ruleY('bound', [1], { tone: 'bound', width: 1.5 }),
      label('boundName', 'bound', [right, 1], { tone: 'bound', anchor: 'end', dy: 12 }),
      ...rules.map((rule, i) =>
        dots(
          rule.name,
          data,
          {
            x: ({ margin }) => margin,
            y: (m) => (rule.of(m).updates || NaN) / (rule.bound(m, p) ?? NaN) || null,
          },
          { tone: 'measured', ...looks[i], key: rule.name },
        ),
      ),
    ],
  )
}

/**
 * Updates over those of the margin perceptron, and over its bound, beside the bound of the network
 * over that.
 */
function limitPanels(data: Data, p: Params): readonly Panel[] {
  const all = data.flatMap((m) => {
    const allowed = rules[2].bound(m, p) ?? NaN
    const at = (alpha: number, updates: number) => ({
      alpha,
      made: updates / Math.max(1, m.marginRule.updates),
      used: updates / allowed,
      bound: (networkBound(m, alpha, p) ?? NaN) / allowed,
    })
    return [
      ...m.networks.map((network) => at(network.alpha, network.updates)),
      at(p.limit, m.linear.updates),
    ]
  })
  type Ratio = 'made' | 'used' | 'bound'
  const alphas = groupsBy(all, ({ alpha }) => alpha).map(({ at, rows }) => ({
    alpha: at,
    mean: (of: Ratio) => mean(rows.map((row) => row[of])),
  }))
  const x = ({ alpha }: { readonly alpha: number }): number => alpha
  const panel = (title: string, unit: string, of: Ratio, bounds: typeof alphas): Panel => {
    const first = (shown: typeof alphas, ratio: Ratio) =>
      shown.length > 0 ? ([shown[0].alpha, shown[0].mean(ratio)] as const) : undefined
    return panelOf(
      {
        title,
        x: { label: 'leaky ReLU slope α' },
        y: {
          label: `updates / ${of === 'made' ? 'updates' : 'bound'} of the margin perceptron`,
          scale: 'log',
        },
      },
      [
        ruleY('one', [1], { tone: 'soft', dash: true, key: unit }),
        line(
          'bound',
          bounds,
          { x, y: (alpha) => alpha.mean('bound') },
          { tone: 'bound', width: 1.5 },
        ),
        line('means', alphas, { x, y: (alpha) => alpha.mean(of) }, { tone: 'measured', width: 2 }),
        dots('runs', all, { x, y: (run) => run[of] }, { tone: 'measured', opacity: 0.6 }),
        label('made', 'updates made', first(alphas, of), {
          tone: 'measured',
          anchor: 'start',
          dx: 6,
          dy: -14,
          bold: true,
        }),
        label('allowed', 'bound with slopes', first(bounds, 'bound'), {
          tone: 'bound',
          anchor: 'start',
          dx: 12,
          dy: -6,
        }),
      ],
    )
  }
  return [
    panel('Updates made', 'margin perceptron', 'made', []),
    panel('Updates and bound', 'bound of the margin perceptron', 'used', alphas),
  ]
}
