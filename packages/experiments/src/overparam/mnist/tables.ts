import { mean } from '../../averages.js'
import type { Column, Table } from '../../define/table.js'
import type { Measured } from '../runs/facts.js'
import { guaranteeTable } from '../runs/guarantee-table.js'
import type { NamedRun } from '../runs/verdicts.js'
import { widthsOf } from '../runs/width-panel.js'
import { guaranteesOf, parametersPerExample, PIXELS, promised } from './guarantees.js'
import type { MnistParams } from './params.js'

const columns: readonly Column[] = [
  { name: 'k', title: '$k$' },
  { name: 'parameters', title: 'parameters $2kd$' },
  { name: 'per_example', title: 'parameters for each example', digits: 3 },
  { name: 'runs', title: 'runs' },
  { name: 'updates', title: 'updates $U$: mean', digits: 4 },
  { name: 'updates_least', title: 'least' },
  { name: 'updates_most', title: 'most' },
  { name: 'distinct', title: 'distinct examples $c$', digits: 4 },
  { name: 'epochs', title: 'steps / $n$', digits: 3 },
  { name: 'error', title: 'test error: mean', digits: 3 },
  { name: 'error_least', title: 'least', digits: 3 },
  { name: 'error_most', title: 'most', digits: 3 },
  { name: 'short', title: 'test $yN<1$', digits: 3 },
  { name: 'subset', title: 'by the subset', digits: 3 },
  { name: 'blocks', title: 'by blocks', digits: 3 },
  { name: 'leave_one_out', title: '$c/(n+1)$', digits: 3 },
  { name: 'theorem', title: '$B/(n+1)$', digits: 3 },
  { name: 'held_out', title: 'error held out', digits: 3 },
]

/**
 * Every width: updates, errors, and what the runs promise; means over its runs. c/(n + 1) estimates
 * a bound of the mean error; with the theorem's bound B on the updates in place of c it is a bound
 * of what is estimated, and vacuous.
 */
export function widthTable(runs: readonly NamedRun[], p: MnistParams): Table {
  return {
    id: 'widths',
    title: `Widths compared: updates, errors on other digits, and what is promised with δ = ${p.delta}`,
    columns,
    rows: widthsOf(runs).map((k) => {
      const some = runs.filter((run) => run.measured.k === k).map((run) => run.measured)
      const found = some.map((m) => guaranteesOf(m, p))
      const of = (get: (m: Measured) => number): number => mean(some.map(get))
      const updates = some.map((m) => m.updates)
      const errors = some.flatMap((m) => (m.testError === null ? [] : [m.testError]))
      const short = some.flatMap((m) => (m.testHinge === null ? [] : [m.testHinge]))
      const tested = (numbers: readonly number[], get: (numbers: readonly number[]) => number) =>
        numbers.length > 0 ? get(numbers) : null
      return [
        k,
        2 * k * PIXELS,
        parametersPerExample(k, p),
        some.length,
        mean(updates),
        Math.min(...updates),
        Math.max(...updates),
        of((m) => m.distinct),
        of((m) => m.steps / p.n),
        tested(errors, mean),
        tested(errors, (all) => Math.min(...all)),
        tested(errors, (all) => Math.max(...all)),
        tested(short, mean),
        mean(found.map((one) => promised(one, 'subset'))),
        mean(found.map((one) => promised(one, 'blocks'))),
        mean(found.map((one) => promised(one, 'leave-one-out'))),
        some.some((m) => m.bounds) ? of((m) => (m.bounds?.best ?? NaN) / (p.n + 1)) : null,
        tested(errors, () => mean(found.map((one) => promised(one, 'held-out')))),
      ]
    }),
  }
}

/** All guarantees of the widest run: which is the best, which are vacuous, and why. */
export function bestTable(widest: NamedRun | undefined, p: MnistParams): Table {
  if (!widest) return guaranteeTable(undefined, 'share of test digits')
  const { name, measured: m } = widest
  return guaranteeTable(
    {
      name: `the run with ${name}`,
      found: guaranteesOf(m, p),
      truth: { margin: m.testHinge, error: m.testError },
    },
    'share of test digits',
  )
}
