import type { Column, Table } from '../../define/table.js'
import type { NamedRun } from './verdicts.js'

const columns: readonly Column[] = [
  { name: 'run', title: 'run' },
  { name: 'k', title: '$k$' },
  { name: 'alpha', title: '$\\alpha$', digits: 3 },
  { name: 'status', title: 'status' },
  { name: 'updates', title: 'updates $U$' },
  { name: 'distinct', title: 'distinct examples $c$' },
  { name: 'steps', title: 'steps $T$' },
  { name: 'loss', title: 'loss', digits: 3 },
  { name: 'paper', title: '$M_k$', digits: 5 },
  { name: 'quad', title: '$B_{quad}$', digits: 5 },
  { name: 'slope', title: '$B_{slope}$', digits: 5 },
  { name: 'disp', title: '$B_{disp}$', digits: 5 },
  { name: 'ratio', title: 'best bound $/\\,U$', digits: 3 },
]

const tested: readonly Column[] = [
  { name: 'test_error', title: 'test error', digits: 3 },
  { name: 'test_hinge', title: 'test $yN<1$', digits: 3 },
]

/** All runs with their bounds; test errors where there are some. */
export function runTable(runs: readonly NamedRun[]): Table {
  const withTest = runs.some((run) => run.measured.testError !== null)
  return {
    id: 'runs',
    title: 'Every run beside its bounds',
    columns: withTest ? [...columns, ...tested] : columns,
    rows: runs.map(({ name, measured: m }) => [
      name,
      m.k,
      m.alpha,
      m.status,
      m.updates,
      m.distinct,
      m.steps,
      m.loss,
      m.bounds?.paper ?? null,
      m.bounds?.quad ?? null,
      m.bounds?.slope ?? null,
      m.bounds?.disp ?? null,
      m.bounds && m.updates > 0 ? m.bounds.best / m.updates : null,
      ...(withTest ? [m.testError, m.testHinge] : []),
    ]),
  }
}
