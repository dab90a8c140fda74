import type { Column, Table } from '@nonconvex/experiments'
import type { Fitted } from './fitted.js'

type Row = readonly (string | number | null)[]

const rate = (wrong: number, of: number): number | null => (of === 0 ? null : wrong / of)

/** The table of both runs: why each stopped, and its errors. */
export function runTable({ fit }: Fitted): Table {
  const tested = fit.runs.some(({ test }) => test !== undefined)
  const columns: readonly Column[] = [
    { name: 'k', title: '$k$' },
    { name: 'parameters', title: 'parameters $2kd$' },
    { name: 'ended', title: 'stopped by' },
    { name: 'steps', title: 'SGD steps $T$' },
    { name: 'distinct', title: 'examples updated $c$' },
    { name: 'loss', title: 'training loss', digits: 3 },
    { name: 'train', title: 'training error', digits: 3 },
    ...(tested
      ? [
          { name: 'test', title: 'test error', digits: 3 },
          { name: 'test_margin', title: 'test errors, or $yN<1$', digits: 3 },
        ]
      : []),
  ]
  return {
    id: 'runs',
    title:
      'Runs of SGD with $k$ hidden units of each sign: when each stopped, the examples it was updated on, and its errors',
    columns,
    rows: fit.runs.map(({ k, status, steps, distinct, loss, train, test }): Row => [
      k,
      2 * k * fit.d,
      status === 'converged' ? 'loss 0' : status === 'max-steps' ? 'budget' : status,
      steps,
      distinct,
      loss,
      rate(train.errors, train.examples),
      ...(tested
        ? [
            test ? rate(test.errors, test.examples) : null,
            test ? rate(test.margins, test.examples) : null,
          ]
        : []),
    ]),
  }
}

/** The table of the numbers of updates and their four bounds. */
export function boundTable({ fit }: Fitted): Table {
  const bounded = fit.runs.some(({ bounds }) => bounds !== undefined)
  return {
    id: 'bounds',
    title: bounded
      ? 'Updates $U$ of each run, and four upper bounds on $U$ that hold at every width: $M_k$ of the theorem; $B_{quad}$ with the actual initial weights; $B_{slope}$ with equal slopes in both potentials; $B_{disp}$ by how far the weights move'
      : 'Updates; no bound, as there is no separator',
    columns: [
      { name: 'k', title: '$k$' },
      { name: 'updates', title: 'updates $U$' },
      ...(bounded
        ? [
            { name: 'paper', title: '$M_k$', digits: 4 },
            { name: 'quad', title: '$B_{quad}$', digits: 4 },
            { name: 'slope', title: '$B_{slope}$', digits: 4 },
            { name: 'disp', title: '$B_{disp}$', digits: 4 },
            { name: 'ratio', title: 'smallest bound over $U$', digits: 3 },
          ]
        : []),
    ],
    rows: fit.runs.map(({ k, updates, bounds }): Row => [
      k,
      updates,
      ...(bounds
        ? [
            bounds.paper,
            bounds.quad,
            bounds.slope,
            bounds.disp,
            updates > 0 ? bounds.best / updates : null,
          ]
        : bounded
          ? [null, null, null, null, null]
          : []),
    ]),
  }
}

/**
 * Slack of the bound: each line replaces one assumed quantity by the measured one.
 */
export function ledgerTable({ fit }: Fitted): Table | undefined {
  const recorded = fit.runs.flatMap(({ k, ledger }) => (ledger ? [{ k, l: ledger }] : []))
  if (recorded.length === 0) return undefined
  const line = (text: string, of: (l: (typeof recorded)[number]['l']) => number): Row => [
    text,
    ...recorded.map(({ l }) => of(l)),
  ]
  return {
    id: 'ledger',
    title:
      'Where the bound on $U$ is loose: line by line an assumed quantity is replaced by the measured one',
    columns: [
      { name: 'with', title: 'bound on the updates' },
      ...recorded.map(({ k }) => ({ name: `k_${k}`, title: `$k=${k}$`, digits: 4 })),
    ],
    rows: [
      line('$M_k$: all quantities assumed', (l) => l.paper),
      line('$B_{quad}$: with the actual initial weights', (l) => l.quad),
      line('$B_{slope}$: with equal slopes in both potentials', (l) => l.slope),
      line('with the mean slope of the run', (l) => l.slopesBound),
      line('and the mean $yN$ before updates', (l) => l.marginsBound),
      line('and the mean $\\|x\\|^2$', (l) => l.normsBound),
      line('and the mean $y\\,w^*\\cdot x$', (l) => l.separationsBound),
      line('updates $U$ of the run', (l) => l.updates),
      line('cosine of $W$ and $W^*$ at the end', (l) => l.cosine),
    ],
  }
}

/** The table of the errors of networks and linear rules. */
export function ruleTable({ fit }: Fitted): Table {
  const tested = fit.runs.some(({ test }) => test !== undefined)
  const rates = (of: Fitted['fit']['rules'][number] | Fitted['fit']['runs'][number]) => [
    rate(of.train.errors, of.train.examples),
    ...(tested ? [of.test ? rate(of.test.errors, of.test.examples) : null] : []),
  ]
  const { agreement, table } = fit
  const last = fit.runs[fit.runs.length - 1]
  const apart =
    agreement === undefined
      ? ''
      : `; the network of width ${last.k} and the largest margin disagree on ${agreement.train} of ${table.examples} training examples${agreement.test === undefined || last.test === undefined ? '' : ` and ${agreement.test} of ${last.test.examples} test examples`}`
  return {
    id: 'rules',
    title: `Networks and linear rules${apart}`,
    columns: [
      { name: 'rule', title: 'rule' },
      { name: 'ended', title: 'stopped by' },
      { name: 'updates', title: 'updates' },
      { name: 'distinct', title: 'examples updated' },
      { name: 'train', title: 'training error', digits: 3 },
      ...(tested ? [{ name: 'test', title: 'test error', digits: 3 }] : []),
    ],
    rows: [
      ...fit.runs.map((run): Row => [
        `network, $k=${run.k}$`,
        run.status === 'converged' ? 'loss 0' : 'budget',
        run.updates,
        run.distinct,
        ...rates(run),
      ]),
      ...fit.rules.map((rule): Row => [
        rule.name,
        rule.name === 'largest margin' ? 'certified' : rule.ended ? 'no mistakes' : 'budget',
        rule.updates ?? null,
        rule.distinct ?? null,
        ...rates(rule),
      ]),
    ],
  }
}
