import { slopeBound } from '@nonconvex/overparam'
import { mean } from '../../averages.js'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { decideLimits, decideRule, rules } from './claims.js'
import { perceptronFigures } from './figures.js'
import type { PerceptronMeasured, PerceptronRow } from './measure.js'
import { perceptronCells, type PerceptronParams } from './params.js'

/** Verdicts, tables and figures of the data sets so far. */
export function concludePerceptron(
  rows: readonly PerceptronRow[],
  p: PerceptronParams,
): Conclusion {
  const data = rows.map(({ measured }) => measured)
  const missing = perceptronCells(p).length - data.length
  return {
    verdicts: [
      ...rules.map((rule) => decideRule(rule, data, p, missing)),
      ...decideLimits(data, p, missing),
    ],
    tables: [rulesTable(data, p), limitTable(data, p)],
    figures: perceptronFigures(data, p),
  }
}

function rulesTable(data: readonly PerceptronMeasured[], p: PerceptronParams): Table {
  const gammas = [...new Set(data.map(({ gamma }) => gamma))].sort((a, b) => a - b)
  return {
    id: 'rules',
    title:
      'Linear rules: mean updates until no example is short of what the rule asks, and the bounds',
    columns: [
      { name: 'gamma', title: '$\\gamma$ planted', digits: 3 },
      { name: 'sets', title: 'data sets' },
      { name: 'margin', title: 'largest margin', digits: 3 },
      ...rules.flatMap(({ name }) => [
        { name: `${name} updates`, title: name, digits: 4 },
        { name: `${name} bound`, title: 'allowed', digits: 4 },
      ]),
    ],
    rows: gammas.map((gamma) => {
      const some = data.filter((m) => m.gamma === gamma)
      const of = (get: (m: PerceptronMeasured) => number | null): number | null => {
        const values = some.map(get)
        return values.includes(null) ? null : mean(values.map(Number))
      }
      return [
        gamma,
        some.length,
        of(({ margin }) => margin),
        ...rules.flatMap((rule) => [of((m) => rule.of(m).updates), of((m) => rule.bound(m, p))]),
      ]
    }),
  }
}

/** The bound with slopes of a network from zero. */
export const networkBound = (
  { radius, margin }: PerceptronMeasured,
  alpha: number,
  { k, eta }: PerceptronParams,
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

function limitTable(data: readonly PerceptronMeasured[], p: PerceptronParams): Table {
  const all = data.flatMap((m) =>
    m.networks.map((network) => ({
      ...network,
      times: network.updates / Math.max(1, m.marginRule.updates),
      bound: networkBound(m, network.alpha, p),
    })),
  )
  return {
    id: 'limit',
    title: 'Networks from zero on the way to the linear rule: updates, all data sets',
    columns: [
      { name: 'alpha', title: '$\\alpha$', digits: 3 },
      { name: 'updates', title: 'mean updates', digits: 4 },
      { name: 'times', title: 'times those of the margin perceptron', digits: 4 },
      { name: 'bound', title: 'mean of $B_{slope}$', digits: 4 },
    ],
    rows: p.alphas.map((alpha) => {
      const some = all.filter((network) => network.alpha === alpha)
      const bounds = some.map(({ bound }) => bound)
      if (some.length === 0) return [alpha, null, null, null]
      return [
        alpha,
        mean(some.map(({ updates }) => updates)),
        mean(some.map(({ times }) => times)),
        bounds.includes(null) ? null : mean(bounds.map(Number)),
      ]
    }),
  }
}
