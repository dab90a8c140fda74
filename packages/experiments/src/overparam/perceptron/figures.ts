import { mean } from '../../averages.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { networkBound, rules, type Params, type PerceptronMeasured } from './rules.js'

type Data = readonly PerceptronMeasured[]

/** Updates of the linear rules against the margin, and of networks on the way to them. */
export function perceptronFigures(data: Data, p: Params): readonly Figure[] {
  const separable = data.filter(({ margin }) => margin !== null)
  if (separable.length === 0) return []
  return [
    {
      id: 'rules',
      title: 'Updates of the linear rules stay within their bounds',
      caption: `Updates against the largest margin, one dot per data set; the line is the bound, $(R/\\gamma)^2$ and for the margin perceptron $(R^2 + 2/\\eta)/\\gamma^2$ with $\\eta = ${p.eta}$.`,
      panels: rules.map((rule) => rulePanel(rule, separable, p)),
    },
    {
      id: 'limit',
      title: 'A network with α = 1 is the margin perceptron',
      caption: `Networks with $W_0 = 0$, mean and every data set. Left: updates relative to the margin perceptron on the same data; for $\\alpha = 1$ they are equal. Right: updates, and the bound with slopes, both relative to the bound of the margin perceptron, $(R^2 + 2/\\eta)/\\gamma^2$: for $\\alpha = 1$ the two bounds are equal. For $W_0 = 0$ all units of a sign stay identical, so the width $k = ${p.k}$ has no effect.`,
      panels: limitPanels(separable, p),
    },
  ]
}

function rulePanel(rule: (typeof rules)[number], data: Data, p: Params): Panel {
  const points = data
    .map((m) => ({ x: m.margin, y: rule.of(m).updates, bound: rule.bound(m, p) }))
    .sort((a, b) => (a.x ?? 0) - (b.x ?? 0))
  const last = points[points.length - 1]
  return {
    title: rule.name.charAt(0).toUpperCase() + rule.name.slice(1),
    x: { label: 'γ, largest margin', scale: 'log' },
    y: { label: rule.name.startsWith('batch') ? 'iterations' : 'updates', scale: 'log' },
    frames: {
      points: { x: points.map(({ x }) => x), y: points.map(({ y }) => (y > 0 ? y : null)) },
      bound: { x: points.map(({ x }) => x), y: points.map(({ bound }) => bound) },
      name: { x: [last.x], y: [last.bound], text: ['bound'] },
    },
    marks: [
      { mark: 'line', frame: 'bound', x: 'x', y: 'y', tone: 'bound', width: 1.5 },
      { mark: 'dot', frame: 'points', x: 'x', y: 'y', tone: 'measured', radius: 3 },
      nameMark('name', { tone: 'bound', anchor: 'start', dx: 6 }),
    ],
  }
}

/**
 * Updates over those of the margin perceptron, and over its bound, beside the bound of the network
 * over that.
 */
function limitPanels(data: Data, p: Params): readonly Panel[] {
  const margin = rules[2]
  const all = data.flatMap((m) => {
    const allowed = margin.bound(m, p) ?? NaN
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
  const alphas = [...new Set(all.map(({ alpha }) => alpha))].sort((a, b) => a - b)
  type Ratio = 'made' | 'used' | 'bound'
  const means = (of: Ratio): number[] =>
    alphas.map((alpha) => mean(all.filter((one) => one.alpha === alpha).map((one) => one[of])))
  const panel = (
    look: { readonly title: string; readonly label: string; readonly one: string },
    of: Ratio,
    bounds: readonly number[],
  ): Panel => {
    const { title, label, one } = look
    const made = means(of)
    return {
      title,
      x: { label: 'leaky ReLU slope α' },
      y: { label, scale: 'log' },
      frames: {
        means: { alpha: alphas, made },
        runs: { alpha: all.map(({ alpha }) => alpha), y: all.map((run) => run[of]) },
        one: { y: [1] },
        bound: { alpha: alphas.slice(0, bounds.length), y: bounds },
        made: { x: alphas.slice(0, 1), y: made.slice(0, 1), text: ['updates made'] },
        allowed: {
          x: alphas.slice(0, Math.min(1, bounds.length)),
          y: bounds.slice(0, 1),
          text: bounds.slice(0, 1).map(() => 'bound with slopes'),
        },
      },
      marks: [
        { mark: 'rule-y', frame: 'one', y: 'y', tone: 'soft', dash: true, key: one },
        { mark: 'line', frame: 'bound', x: 'alpha', y: 'y', tone: 'bound', width: 1.5 },
        { mark: 'line', frame: 'means', x: 'alpha', y: 'made', tone: 'measured', width: 2 },
        { mark: 'dot', frame: 'runs', x: 'alpha', y: 'y', tone: 'measured', opacity: 0.6 },
        nameMark('made', { tone: 'measured', anchor: 'start', dx: 6, dy: -14, bold: true }),
        nameMark('allowed', { tone: 'bound', anchor: 'start', dx: 12, dy: -6 }),
      ],
    }
  }
  return [
    panel(
      {
        title: 'Updates made',
        label: 'updates / updates of the margin perceptron',
        one: 'margin perceptron',
      },
      'made',
      [],
    ),
    panel(
      {
        title: 'Updates and bound',
        label: 'updates / bound of the margin perceptron',
        one: 'bound of the margin perceptron',
      },
      'used',
      means('bound'),
    ),
  ]
}
