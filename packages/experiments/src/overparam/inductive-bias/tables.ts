import { kendall } from '@nonconvex/optim/statistics'
import { linearityKind, traceNormRatio } from '@nonconvex/overparam/inductive-bias'
import { groupsBy, meanOfAll } from '../../averages.js'
import { tableOf, type ColumnOf } from '../../define/table.js'
import { sweeps, type Sweep } from './experiment.js'
import type { NamedNet, SweptNet } from './figures.js'

/** The mean of a number over some runs; missing if it is in one of them. */
const meanOf =
  (get: (net: NamedNet) => number | null) =>
  (nets: readonly NamedNet[]): number | null =>
    meanOfAll(nets.map(get))

const columns: { readonly [name: string]: ColumnOf<readonly NamedNet[]> } = {
  runs: ['runs', (nets) => nets.length],
  updates: ['updates', meanOf(({ measured }) => measured.updates), 4],
  r2: ['r² on test points', meanOf(({ measured }) => measured.test.r2), 4],
  agree: ['agreement of patterns', meanOf(({ measured }) => measured.test.agree), 3],
  top: ['top', meanOf(({ measured }) => measured.change.top), 3],
  top2: ['top 2', meanOf(({ measured }) => measured.change.top2), 3],
  stable: ['stable rank', meanOf(({ measured }) => measured.change.stable), 3],
  effrank: ['effective rank', meanOf(({ measured }) => measured.change.effrank), 3],
  nuclear: ['trace norm', meanOf(({ measured }) => measured.change.nuclear), 4],
  ratio: ['trace norm / rank-1 change', meanOf(({ measured }) => traceNormRatio(measured)), 3],
  opposed: ['$\\cos(W^+,-W^-)$', meanOf(({ measured }) => measured.opposed), 3],
  disagree: [
    'sign disagreement with $b\\cdot x$',
    meanOf(({ measured }) => measured.test.disagree),
    3,
  ],
  margin: [
    'sign disagreement with max-margin',
    meanOf(({ measured }) => measured.marginDisagree),
    3,
  ],
  cosine: ['$\\cos(b, w^*)$', meanOf(({ measured }) => measured.marginCosine), 3],
  error: ['error: network', meanOf(({ measured }) => measured.error), 3],
  rule: ['$b\\cdot x$', meanOf(({ measured }) => measured.ruleError), 3],
  separator: ['max-margin', meanOf(({ measured }) => measured.marginError), 3],
  kind: [
    'kind',
    (nets) => [...new Set(nets.map(({ measured }) => linearityKind(measured.test)))].join(', '),
  ],
}

const swept = { start: '$r$', width: '$k$', leak: '$\\alpha$' } as const
const titles = {
  start: 'scale of the initialization',
  width: 'width',
  leak: 'leaky ReLU slope',
} as const

/** Means over the runs at each value of a sweep. */
export function sweepTable(nets: readonly SweptNet[], sweep: Sweep) {
  const own = nets.filter((net) => net.sweep === sweep)
  return tableOf(
    sweep,
    `Against the ${titles[sweep]}: linearity of the function, ranks and trace norm of $W_t - W_0$`,
    groupsBy(own, ({ at }) => at).map(({ rows }) => rows),
    { at: [swept[sweep], ([net]) => net.at, 3], ...columns },
  )
}

/** Each network on digits. */
export const digitsTable = (nets: readonly (NamedNet & { readonly task: string })[]) =>
  tableOf(
    'digits',
    'On digits: linearity of the function, ranks and trace norm of $W_t - W_0$',
    nets.map((net) => [net] as const),
    { task: ['digits', ([net]) => net.task], k: ['$k$', ([net]) => net.k], ...columns },
  )

/** Numbers that might order the test errors. */
const predictors: readonly (readonly [string, (net: SweptNet) => number])[] = [
  ['effective rank of $W_t - W_0$', ({ measured }) => measured.change.effrank],
  ['its stable rank', ({ measured }) => measured.change.stable],
  ['its trace norm', ({ measured }) => measured.change.nuclear],
  [
    'its trace norm for a margin of 1',
    ({ measured }) => measured.change.nuclear / Math.max(measured.least, 1e-300),
  ],
  ['$1 - r^2$', ({ measured }) => 1 - measured.test.r2],
  ['signs that differ from $b\\cdot x$', ({ measured }) => measured.test.disagree],
]

/**
 * An open question, measured: does a smaller rank or trace norm go with a smaller test error on the
 * same data set? Kendall's τ over the pairs within a data set and a sweep. It gets no verdict.
 */
export function orderTable(nets: readonly SweptNet[]) {
  const order = (sweep: Sweep, of: (net: SweptNet) => number) => {
    const own = nets.filter((net) => net.sweep === sweep)
    const groups = groupsBy(own, ({ seed }) => seed).map(({ rows }) =>
      rows.map((net) => [of(net), net.measured.error] as const),
    )
    const { tau, z, pairs } = kendall(groups)
    return pairs > 0 ? { tau, z } : null
  }
  type Predictor = (typeof predictors)[number]
  return tableOf(
    'order',
    'Does rank or trace norm order the test errors? Kendall’s τ within a data set (1: a smaller number goes with a smaller error; −1: with a larger one), and its distance from 0 in standard deviations',
    predictors,
    {
      number: ['number', ([name]) => name],
      ...Object.fromEntries(
        sweeps.flatMap((sweep): [string, ColumnOf<Predictor>][] => [
          [`${sweep}_tau`, [`${titles[sweep]}: τ`, ([, of]) => order(sweep, of)?.tau, 2]],
          [`${sweep}_z`, ['$z$', ([, of]) => order(sweep, of)?.z, 2]],
        ]),
      ),
    },
  )
}
