import type { Column, Table } from '@nonconvex/experiments'
import type { Fitted } from './fitted.js'

type Row = readonly (string | number | null)[]

const share = (wrong: number, of: number): number | null => (of === 0 ? null : wrong / of)

/** Both runs: how they ended, and what came of them. */
export function runTable({ fit }: Fitted): Table {
  const tested = fit.runs.some(({ test }) => test !== undefined)
  const columns: readonly Column[] = [
    { name: 'k', title: '$k$' },
    { name: 'parameters', title: 'parameters $2kd$' },
    { name: 'ended', title: 'ended' },
    { name: 'steps', title: 'visits $T$' },
    { name: 'distinct', title: 'updated $c$' },
    { name: 'loss', title: 'training loss', digits: 3 },
    { name: 'train', title: 'training error', digits: 3 },
    ...(tested
      ? [
          { name: 'test', title: 'test error', digits: 3 },
          { name: 'test_margin', title: 'test $yN<1$', digits: 3 },
        ]
      : []),
  ]
  return {
    id: 'runs',
    title: 'The runs: visits, different examples updated, errors',
    columns,
    rows: fit.runs.map(({ k, status, steps, distinct, loss, train, test }): Row => [
      k,
      2 * k * fit.d,
      status === 'converged' ? 'loss 0' : status === 'max-steps' ? 'budget' : status,
      steps,
      distinct,
      loss,
      share(train.errors, train.examples),
      ...(tested
        ? [
            test ? share(test.errors, test.examples) : null,
            test ? share(test.margins, test.examples) : null,
          ]
        : []),
    ]),
  }
}

/** Updates beside the four bounds on them. */
export function boundTable({ fit }: Fitted): Table {
  const bounded = fit.runs.some(({ bounds }) => bounds !== undefined)
  return {
    id: 'bounds',
    title: bounded
      ? 'Updates beside the four bounds on them'
      : 'Updates; there is no bound without a separator',
    columns: [
      { name: 'k', title: '$k$' },
      { name: 'updates', title: 'updates $U$' },
      ...(bounded
        ? [
            { name: 'paper', title: '$M_k$', digits: 4 },
            { name: 'quad', title: '$B_{quad}$', digits: 4 },
            { name: 'slope', title: '$B_{slope}$', digits: 4 },
            { name: 'disp', title: '$B_{disp}$', digits: 4 },
            { name: 'ratio', title: 'best over $U$', digits: 3 },
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
 * Where the theorem loses: each line puts one number that happened in the place of the one assumed.
 */
export function ledgerTable({ fit }: Fitted): Table | undefined {
  const told = fit.runs.flatMap(({ k, ledger }) => (ledger ? [{ k, l: ledger }] : []))
  if (told.length === 0) return undefined
  const line = (text: string, of: (l: (typeof told)[number]['l']) => number): Row => [
    text,
    ...told.map(({ l }) => of(l)),
  ]
  return {
    id: 'ledger',
    title:
      'Where the theorem loses: the bound, as what happened takes the place of what is assumed',
    columns: [
      { name: 'with', title: 'updates at most, with' },
      ...told.map(({ k }) => ({ name: `k_${k}`, title: `$k=${k}$`, digits: 4 })),
    ],
    rows: [
      line('$M_k$: everything assumed', (l) => l.paper),
      line('$B_{quad}$: the start as it was', (l) => l.quad),
      line('$B_{slope}$: the same slopes in both potentials', (l) => l.slope),
      line('the mean slope of the run', (l) => l.slopesBound),
      line('and the mean $yN$ before updates', (l) => l.marginsBound),
      line('and the mean $\\|x\\|^2$', (l) => l.normsBound),
      line('and the mean $y\\,w^*\\cdot x$', (l) => l.separationsBound),
      line('updates $U$ of the run', (l) => l.updates),
      line('cosine of $W$ and $W^*$ at the end', (l) => l.cosine),
    ],
  }
}

/** Linear rules beside the networks. */
export function ruleTable({ fit }: Fitted): Table {
  const tested = fit.runs.some(({ test }) => test !== undefined)
  const rates = (of: Fitted['fit']['rules'][number] | Fitted['fit']['runs'][number]) => [
    share(of.train.errors, of.train.examples),
    ...(tested ? [of.test ? share(of.test.errors, of.test.examples) : null] : []),
  ]
  const { agreement, table } = fit
  const last = fit.runs[fit.runs.length - 1]
  const apart =
    agreement === undefined
      ? ''
      : `; the network of width ${last.k} and the largest margin decide differently on ${agreement.train} of ${table.examples} training examples${agreement.test === undefined || last.test === undefined ? '' : ` and ${agreement.test} of ${last.test.examples} test examples`}`
  return {
    id: 'rules',
    title: `Linear rules beside the networks${apart}`,
    columns: [
      { name: 'rule', title: 'rule' },
      { name: 'ended', title: 'ended' },
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
