import { mean } from '../../averages.js'
import type { Column, Table } from '../../define/table.js'
import { kindOf, normRatio, type NamedNet } from './claims.js'
import { kendall } from './kendall.js'
import { sweeps, type Sweep } from './params.js'

/** A run of a sweep. */
export interface SweptNet extends NamedNet {
  readonly sweep: Sweep
  readonly seed: number
  /** the number that the sweep varies */
  readonly at: number
}

const columns: readonly Column[] = [
  { name: 'runs', title: 'runs' },
  { name: 'updates', title: 'updates', digits: 4 },
  { name: 'r2', title: 'r² on new points', digits: 4 },
  { name: 'agree', title: 'patterns agree', digits: 3 },
  { name: 'top', title: 'top', digits: 3 },
  { name: 'top2', title: 'top 2', digits: 3 },
  { name: 'stable', title: 'stable rank', digits: 3 },
  { name: 'effrank', title: 'effective rank', digits: 3 },
  { name: 'nuclear', title: 'trace norm', digits: 4 },
  { name: 'ratio', title: 'over that of rank 1', digits: 3 },
  { name: 'opposed', title: '$\\cos(W^+,-W^-)$', digits: 3 },
  { name: 'disagree', title: 'signs differ from $b\\cdot x$', digits: 3 },
  { name: 'margin', title: 'from the largest margin', digits: 3 },
  { name: 'cosine', title: '$\\cos(b, w^*)$', digits: 3 },
  { name: 'error', title: 'error: network', digits: 3 },
  { name: 'rule', title: '$b\\cdot x$', digits: 3 },
  { name: 'separator', title: 'largest margin', digits: 3 },
  { name: 'kind', title: 'in a word' },
]

function cellsOf(nets: readonly NamedNet[]): (number | string | null)[] {
  const of = (get: (net: NamedNet) => number | null): number | null => {
    const values = nets.map(get)
    return values.includes(null) ? null : mean(values.map(Number))
  }
  const kinds = [...new Set(nets.map(({ measured }) => kindOf(measured)))]
  return [
    nets.length,
    of(({ measured }) => measured.updates),
    of(({ measured }) => measured.test.r2),
    of(({ measured }) => measured.test.agree),
    of(({ measured }) => measured.change.top),
    of(({ measured }) => measured.change.top2),
    of(({ measured }) => measured.change.stable),
    of(({ measured }) => measured.change.effrank),
    of(({ measured }) => measured.change.nuclear),
    of(normRatio),
    of(({ measured }) => measured.opposed),
    of(({ measured }) => measured.test.disagree),
    of(({ measured }) => measured.marginDisagree),
    of(({ measured }) => measured.marginCosine),
    of(({ measured }) => measured.error),
    of(({ measured }) => measured.ruleError),
    of(({ measured }) => measured.marginError),
    kinds.join(', '),
  ]
}

const swept = { start: '$r$', width: '$k$', leak: '$\\alpha$' } as const
const titles = {
  start: 'size of the start',
  width: 'width',
  leak: 'leak',
} as const

/** Means over the runs of each place of a sweep. */
export function sweepTable(nets: readonly SweptNet[], sweep: Sweep): Table {
  const own = nets.filter((net) => net.sweep === sweep)
  const places = [...new Set(own.map(({ at }) => at))].sort((a, b) => a - b)
  return {
    id: sweep,
    title: `Against the ${titles[sweep]}: how linear the function is, and ranks and trace norm of what was learnt, $W_t - W_0$`,
    columns: [{ name: 'at', title: swept[sweep], digits: 3 }, ...columns],
    rows: places.map((at) => [at, ...cellsOf(own.filter((net) => net.at === at))]),
  }
}

/** Each network on digits. */
export function digitsTable(nets: readonly (NamedNet & { readonly task: string })[]): Table {
  return {
    id: 'digits',
    title:
      'On digits: the linear part of the function is not what makes it better; ranks and trace norm of $W_t - W_0$',
    columns: [{ name: 'task', title: 'digits' }, { name: 'k', title: '$k$' }, ...columns],
    rows: nets.map((net) => [net.task, net.k, ...cellsOf([net])]),
  }
}

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
 * The open question, measured: does a number order the test errors of the runs on one data set?
 * Kendall's τ over the pairs within a data set and a sweep. No verdict is made of it.
 */
export function orderTable(nets: readonly SweptNet[]): Table {
  const groups = (sweep: Sweep, of: (net: SweptNet) => number) => {
    const own = nets.filter((net) => net.sweep === sweep)
    return [...new Set(own.map(({ seed }) => seed))].map((seed) =>
      own.filter((net) => net.seed === seed).map((net) => [of(net), net.measured.error] as const),
    )
  }
  return {
    id: 'order',
    title:
      'Does rank or trace norm order the test errors? Kendall’s τ within a data set (1: less of it, less error; −1: more), and its distance from chance in standard deviations',
    columns: [
      { name: 'number', title: 'number' },
      ...sweeps.flatMap((sweep) => [
        { name: `${sweep}_tau`, title: `${titles[sweep]}: τ`, digits: 2 },
        { name: `${sweep}_z`, title: 'from chance', digits: 2 },
      ]),
    ],
    rows: predictors.map(([name, of]) => [
      name,
      ...sweeps.flatMap((sweep) => {
        const { tau, z, pairs } = kendall(groups(sweep, of))
        return pairs > 0 ? [tau, z] : [null, null]
      }),
    ]),
  }
}
