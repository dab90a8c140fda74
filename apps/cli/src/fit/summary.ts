import { count, formatNumber } from '../text/numbers.js'
import type { Fitted } from './fitted.js'

/** What was found, in a few sentences: separability, the run, the guarantee. */
export function summaryOf({ fit, lines, labels, delta }: Fitted): readonly string[] {
  const { separation, runs, guarantees, table } = fit
  const { best } = guarantees
  const last = runs[runs.length - 1]
  const zero = last.status === 'converged'
  const trained = zero
    ? `A network with $k=${last.k}$ made ${count(last.updates, 'update')} and ended with loss exactly 0`
    : `A network with $k=${last.k}$ made ${count(last.updates, 'update')} in ${formatNumber(last.steps)} visits, the budget (--max-steps), and still errs on ${formatNumber(last.train.errors)} of ${count(table.examples, 'example')}`
  const promised = `${guarantees.statement.charAt(0).toUpperCase()}${guarantees.statement.slice(1)}.`
  const shares = Math.round(delta / (best?.delta ?? delta))
  const alone = guarantees.guarantees.find(({ id }) => id === best?.id)?.bound
  const share =
    best && alone !== undefined && shares > 1
      ? [
          `In the table of guarantees each has $\\delta=${delta}$ to itself; the best is chosen among ${shares} certificates after they are known, so each of them then gets $\\delta/${shares}$, and ${formatNumber(alone, 3)} becomes ${formatNumber(best.bound, 3)}.`,
        ]
      : []
  switch (separation.kind) {
    case 'separable':
      return [
        `The examples are separable: $\\gamma/R=${formatNumber(separation.lo / fit.radius, 4)}$. ${trained}${last.bounds ? `; the theorem allows ${formatNumber(Math.floor(last.bounds.best))}` : ''}.`,
        promised,
        ...share,
      ]
    case 'inseparable': {
      const [first, second] = [...separation.witness].sort((a, b) => a.row - b.row)
      const pair =
        separation.witness.length === 1
          ? `line ${lines[first.row]} is zero in every feature, and no network without a bias can fit it (--bias 1)`
          : separation.witness.length === 2
            ? `lines ${lines[first.row]} (${labels(first.row)}) and ${lines[second.row]} (${labels(second.row)}) contradict each other`
            : `${separation.witness.length} rows contradict each other, ${separation.exact ? 'exactly' : 'up to rounding'}; they are listed below`
      return [
        `The examples are not separable through the origin: ${pair}. The theorem does not apply.`,
        `${trained}${zero ? ': a global minimum, outside the theorem' : ''}.`,
        promised,
        ...share,
      ]
    }
    case 'undecided':
      return [
        'Whether the examples are separable could not be decided: neither a separator nor a witness was found.',
        `${trained}.`,
        promised,
        ...share,
      ]
  }
}
