import { radius, separability, trainSgd, type Dataset, type EngineName } from '@nonconvex/overparam'
import {
  batchPerceptron,
  batchWorstCase,
  linearLimit,
  marginPerceptron,
  orthonormalExamples,
  perceptron as perceptronRule,
  perceptronBoundsAttained,
  perceptronLimit,
} from '@nonconvex/overparam/perceptron'
import { tightUpdateData } from '@nonconvex/overparam/tightness'
import { groupsBy, meanOfAll } from '../../averages.js'
import type { CellsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { agrees } from '../runs/agrees.js'
import { plantedData } from '../runs/planted.js'
import { perceptron } from './experiment.js'
import {
  perceptronFigures,
  networkBound,
  rules,
  type Params,
  type PerceptronMeasured,
  type RuleMeasured,
  type Separated,
} from './figures.js'

type Cell = CellsOf<typeof perceptron>['set']
type Context = Pick<MeasureContext<Params>, 'params' | 'stream'>

export const work = workOf(perceptron, {
  parts: {
    set: {
      measure: (cell, context) => measuredOf(cell, context, 'auto'),
      // every network trained again by the plainest engine
      audit: ({ cell, measured }, context) => {
        agrees(measured, measuredOf(cell, context, 'primal'))
      },
    },
    tight: {
      measure: (_, { params }) => ({ rules: tightOf(params) }),
    },
  },
  conclude: ({ set, tight }, p, verdict) => {
    const data = set.map(({ measured }) => measured)
    const limits = [
      [linearLimit, (m: PerceptronMeasured) => [m.linear, m.marginRule] as const],
      [perceptronLimit, (m: PerceptronMeasured) => [m.huge, m.perceptron] as const],
    ] as const
    return {
      verdicts: [
        ...rules.map(({ claim, of, bound }) =>
          verdict(claim, ['set'], () => data.map((m) => ({ ...of(m), bound: bound(m, p) }))),
        ),
        ...limits.map(([claim, pair]) =>
          verdict(claim, ['set'], () => ({ pairs: data.map(pair), alpha: p.limit })),
        ),
        verdict(perceptronBoundsAttained, ['tight'], () =>
          tight[0].measured.rules.map((one, i) => ({
            ...one,
            name: rules[i].name,
            bound: rules[i].bound(one, p),
            floor: floors[i],
          })),
        ),
      ],
      tables: [rulesTable(data, p), limitTable(data, p)],
      figures: perceptronFigures(data, p),
    }
  },
})

/** How a rule ended on the data that are made for it. */
export interface TightMeasured extends Separated, Pick<RuleMeasured, 'converged' | 'updates'> {}

const TIGHT_SIZE = 50
const TIGHT_GAMMA = 0.1
/** The fractions of their bounds that the `rules` reach: 1, 1 − O(1/N), 1 − 2γ². */
const floors = [1, 0.997, 1 - 2 * TIGHT_GAMMA ** 2]

/** Each of the `rules` on the data that are made for it. */
function tightOf({ eta }: Params): readonly TightMeasured[] {
  const [orthonormal, worst] = [orthonormalExamples(TIGHT_SIZE), batchWorstCase(TIGHT_SIZE)]
  // at α = 1 the network is the margin perceptron with step 2kηv² = 2/β
  const { data } = tightUpdateData({ alpha: 1, beta: 2 / eta, gamma: TIGHT_GAMMA })
  const on = (
    examples: Dataset,
    run: { readonly status: string },
    updates: number,
  ): TightMeasured => {
    const answer = separability(examples)
    return {
      radius: radius(examples),
      margin: answer.kind === 'separable' ? answer.lo : null,
      converged: run.status === 'converged',
      updates,
    }
  }
  const [plain, batch] = [perceptronRule(orthonormal), batchPerceptron(worst)]
  const margin = marginPerceptron(data, { eta })
  return [
    on(orthonormal, plain, plain.updates),
    on(worst, batch, batch.iterations),
    on(data, margin, margin.updates),
  ]
}

/** Against it the 1 of the hinge is rounding. */
const HUGE = 1e12

/**
 * The most epochs on data without a separator: no rule converges there and no bound applies; only
 * the claims that two rules make the same updates use these runs.
 */
const PASSES_INSEPARABLE = 20

function network(
  data: Dataset,
  { k, d }: Params,
  setting: {
    readonly alpha: number
    readonly eta: number
    readonly engine: EngineName
    readonly maxSteps: number
  },
): RuleMeasured {
  const start = new Float64Array(2 * k * d)
  const order = { kind: 'cyclic' } as const
  return endOf(trainSgd(data, { ...setting, k, start, order }))
}

const endOf = (run: {
  readonly status: string
  readonly updates: number
  readonly distinct: number
  readonly steps: number
}): RuleMeasured => ({
  converged: run.status === 'converged',
  updates: run.updates,
  distinct: run.distinct,
  steps: run.steps,
})

function measuredOf(
  cell: Cell,
  { params: p, stream }: Context,
  engine: EngineName,
): PerceptronMeasured {
  const { n, d, eta, flips } = p
  const { data } = plantedData({ n, d, gamma: cell.gamma, flips }, stream.child('data'))
  const answer = separability(data)
  const passes = answer.kind === 'separable' ? p.passes : Math.min(p.passes, PASSES_INSEPARABLE)
  const maxSteps = passes * n
  const batch = batchPerceptron(data, { maxIterations: passes })
  const setting = { engine, eta, maxSteps }
  return {
    gamma: cell.gamma,
    radius: radius(data),
    margin: answer.kind === 'separable' ? answer.lo : null,
    perceptron: endOf(perceptronRule(data, { maxSteps })),
    batch: {
      converged: batch.status === 'converged',
      updates: batch.iterations,
      distinct: null,
      steps: null,
    },
    marginRule: endOf(marginPerceptron(data, { eta, maxSteps })),
    networks: p.alphas.map((alpha) => ({ alpha, ...network(data, p, { ...setting, alpha }) })),
    linear: network(data, p, { ...setting, alpha: p.limit }),
    huge: network(data, p, { ...setting, alpha: p.limit, eta: HUGE }),
  }
}

function rulesTable(data: readonly PerceptronMeasured[], p: Params) {
  type Sets = readonly PerceptronMeasured[]
  return tableOf(
    'rules',
    'Linear rules: mean updates until convergence, and bounds',
    groupsBy(data, ({ gamma }) => gamma).map(({ rows }) => rows),
    {
      gamma: ['$\\gamma$ planted', ([m]) => m.gamma, 3],
      sets: ['data sets', (some) => some.length],
      margin: ['largest margin', (some) => meanOfAll(some.map(({ margin }) => margin)), 3],
      ...Object.fromEntries(
        rules.flatMap(({ name, of, bound }) => [
          [
            `${name} updates`,
            [
              name,
              (some: Sets) =>
                meanOfAll(some.map((m) => (m.margin === null ? null : of(m).updates))),
              4,
            ] as const,
          ],
          [
            `${name} bound`,
            ['bound', (some: Sets) => meanOfAll(some.map((m) => bound(m, p))), 4] as const,
          ],
        ]),
      ),
    },
  )
}

function limitTable(data: readonly PerceptronMeasured[], p: Params) {
  const separable = data.filter(({ margin }) => margin !== null)
  const all = separable.flatMap((m) =>
    m.networks.map((network) => ({
      ...network,
      times: network.updates / Math.max(1, m.marginRule.updates),
      bound: networkBound(m, network.alpha, p),
    })),
  )
  return tableOf(
    'limit',
    'Networks with $W_0 = 0$ between ReLU and linear: updates, all data sets',
    p.alphas.map((alpha) => ({ alpha, some: all.filter((one) => one.alpha === alpha) })),
    {
      alpha: ['$\\alpha$', ({ alpha }) => alpha, 3],
      updates: ['mean updates', ({ some }) => meanOfAll(some.map(({ updates }) => updates)), 4],
      times: [
        'ratio to the margin perceptron',
        ({ some }) => meanOfAll(some.map(({ times }) => times)),
        4,
      ],
      bound: ['mean of $B_{slope}$', ({ some }) => meanOfAll(some.map(({ bound }) => bound)), 4],
    },
  )
}
