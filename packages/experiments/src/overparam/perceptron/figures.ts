import { mean } from '../../averages.js'
import type { Figure, Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { rules } from './claims.js'
import type { BoundedRule } from './claims.js'
import { networkBound } from './conclude.js'
import type { PerceptronMeasured } from './measure.js'
import type { PerceptronParams } from './params.js'

type Data = readonly PerceptronMeasured[]

/** Updates of the linear rules against the margin, and of networks on the way to them. */
export function perceptronFigures(data: Data, p: PerceptronParams): readonly Figure[] {
  const separable = data.filter(({ margin }) => margin !== null)
  if (separable.length === 0) return []
  return [
    {
      id: 'rules',
      title: 'The rules that are proved by the same two lines',
      caption: `Updates against the largest margin, every data set a dot; the line is the bound, $(R/\\gamma)^2$ and for the margin perceptron $(R^2 + 2/\\eta)/\\gamma^2$ with $\\eta = ${p.eta}$.`,
      panels: rules.map((rule) => rulePanel(rule, separable, p)),
    },
    {
      id: 'limit',
      title: 'A network with leak 1 is the margin perceptron',
      caption: `Networks from zero: updates over those of the margin perceptron on the same data, mean and every data set, and the bound with slopes over the bound of the margin perceptron. From zero all units of a sign stay identical, so $k = ${p.k}$ is no width here.`,
      panels: [limitPanel(separable, p)],
    },
  ]
}

function rulePanel(rule: BoundedRule, data: Data, p: PerceptronParams): Panel {
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

function limitPanel(data: Data, p: PerceptronParams): Panel {
  const margin = rules[2]
  const all = data.flatMap((m) => {
    const least = margin.bound(m, p) ?? NaN
    const updates = Math.max(1, m.marginRule.updates)
    const at = (alpha: number, made: number) => ({
      alpha,
      made: made / updates,
      bound: (networkBound(m, alpha, p) ?? NaN) / least,
    })
    return [
      ...m.networks.map((network) => at(network.alpha, network.updates)),
      at(p.limit, m.linear.updates),
    ]
  })
  const alphas = [...new Set(all.map(({ alpha }) => alpha))].sort((a, b) => a - b)
  const means = (of: 'made' | 'bound'): number[] =>
    alphas.map((alpha) => mean(all.filter((one) => one.alpha === alpha).map((one) => one[of])))
  const [made, bound] = [means('made'), means('bound')]
  const curve = (tone: 'measured' | 'bound', width: number): Mark => ({
    ...{ mark: 'line', frame: 'means', x: 'alpha', y: tone, tone, width },
  })
  return {
    x: { label: 'α, leak' },
    y: { label: 'times the margin perceptron', scale: 'log' },
    frames: {
      means: { alpha: alphas, measured: made, bound },
      runs: { alpha: all.map(({ alpha }) => alpha), y: all.map((one) => one.made) },
      one: { y: [1] },
      made: { x: alphas.slice(0, 1), y: made.slice(0, 1), text: ['updates made'] },
      allowed: { x: alphas.slice(0, 1), y: bound.slice(0, 1), text: ['bound with slopes'] },
    },
    marks: [
      { mark: 'rule-y', frame: 'one', y: 'y', tone: 'soft', dash: true },
      curve('bound', 1.5),
      curve('measured', 2),
      { mark: 'dot', frame: 'runs', x: 'alpha', y: 'y', tone: 'measured', opacity: 0.6 },
      nameMark('made', { tone: 'measured', anchor: 'start', dx: 6, dy: -14, bold: true }),
      nameMark('allowed', { tone: 'bound', anchor: 'start', dx: 12, dy: -6 }),
    ],
  }
}
