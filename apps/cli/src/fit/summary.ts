import { formatNumber } from '../text/numbers.js'
import { counted } from '@nonconvex/optim/claims'
import { words, type Prose } from '../text/prose.js'
import { sideName, type Fitted } from './fitted.js'

/** Relative width up to which an interval of the margin is a number. */
const KNOWN = 1e-4

/** Two numbers with as many digits as tell them apart, up to six. */
function apart(a: number, b: number): readonly [string, string] | undefined {
  for (let digits = 3; digits <= 6; digits++) {
    const texts = [formatNumber(a, digits), formatNumber(b, digits)] as const
    if (texts[0] !== texts[1]) return texts
  }
  return undefined
}

/** A summary in a few sentences: separability, the run, the guarantee. */
export function summaryOf({ fit, names, delta }: Fitted): readonly Prose[] {
  const { separation, runs, guarantees, table } = fit
  const { best } = guarantees
  const last = runs[runs.length - 1]
  const zero = last.status === 'converged'
  const trained = zero
    ? `A network with $k=${last.k}$ made ${counted(last.updates, 'update')} and ended with loss exactly 0`
    : `A network with $k=${last.k}$ made ${counted(last.updates, 'update')} in ${formatNumber(last.steps)} SGD steps, the limit (--max-steps), and misclassifies ${formatNumber(last.train.errors)} of ${counted(table.examples, 'example')}`
  const promised = `${guarantees.statement.charAt(0).toUpperCase()}${guarantees.statement.slice(1)}.`
  const candidates = Math.round(delta / (best?.delta ?? delta))
  const alone = guarantees.guarantees.find(({ id }) => id === best?.id)?.bound
  const paid = best && typeof alone === 'number' ? apart(alone, best.bound) : undefined
  const selection =
    paid !== undefined && candidates > 1
      ? [
          `In the table each guarantee holds at $\\delta=${delta}$; the best is chosen among ${candidates} certificates after they are known, so each then holds at $\\delta/${candidates}$ only, and ${paid[0]} becomes ${paid[1]}.`,
        ]
      : []
  switch (separation.kind) {
    case 'separable': {
      // a separator that need not be the best is all that some data allow
      const known = separation.hi - separation.lo <= KNOWN * separation.hi
      return [
        `The examples are separable: $\\gamma/R${known ? '=' : '\\ge'}${formatNumber(separation.lo / fit.radius, 4)}$. ${trained}${last.bounds ? `; the bound of the theorem is ${formatNumber(Math.floor(last.bounds.best))}` : ''}.`,
        promised,
        ...selection,
      ]
    }
    case 'inseparable': {
      const { witness, exact } = separation
      const [first, second] = [...witness].sort((a, b) => a.line - b.line)
      const pair =
        witness.length === 2
          ? words`lines ${first.line} (${sideName(names, first.side)}) and ${second.line} (${sideName(names, second.side)})`
          : `${witness.length} rows`
      const contradict =
        witness.length === 1
          ? `line ${first.line} is zero in every feature; no network without bias can fit it (--bias 1)`
          : words`${pair} contradict each other${witness.length > 2 ? ', exactly; they are listed below' : ''}`
      const cancel =
        witness.length === 1
          ? `line ${first.line} is zero in every feature (--bias 1 may help)`
          : words`${pair} cancel up to rounding`
      const shown = words`no unit vector has a margin above ${formatNumber(separation.residual, 2)} (longest row $R=${formatNumber(fit.radius, 4)}$), as ${cancel}`
      return [
        exact
          ? words`The examples are not separable through the origin: ${contradict}. The theorem is inapplicable.`
          : words`The examples are not separable as far as float64 shows: ${shown}. That is no proof (${separation.inexact ?? ''}); the theorem is not applied.`,
        `${trained}${zero ? ': a global minimum, outside the theorem' : ''}.`,
        promised,
        ...selection,
      ]
    }
    case 'undecided':
      return [
        `Whether the examples are separable could not be decided: ${separation.why ?? 'neither a separator nor a witness was found'}.`,
        `${trained}.`,
        promised,
        ...selection,
      ]
  }
}
