import { boundStatus } from '@nonconvex/overparam/generalization'
import type { RecordedGuarantees } from '../models/training-record.js'
import { formatNumber } from '../text/numbers.js'
import { counted } from '@nonconvex/optim/claims'
import { words, type Prose } from '../text/prose.js'
import { repeatText } from './repeat-table.js'
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

type Errors = Fitted['fit']['runs'][number]['train']

/** The heading above {@link legend}. */
export const legendTitle = 'How to read the claims and the bounds'

/** What the words of claims and of the table of bounds mean, a paragraph each. */
export const legend: readonly string[] = [
  '$N(x)$ is the output of the network for an example $x$, and its sign is the prediction; $y=1$ or $y=-1$ is the label. An error is an example with $yN(x)\\le 0$; SGD updates the weights at examples with $yN(x)<1$.',
  '$W$ is the vector of the weights of all hidden units, and $W^*$ has $\\pm w^*$ in the place of each, where $w^*$ separates the examples with the largest margin.',
  'New examples are drawn independently from the distribution of the training examples; a certificate of at most $b$ is true with probability $1-\\delta$ over the training examples.',
  'A bound is informative below the error on the training examples of always answering their most frequent class, weak from there on, and vacuous from 1 on, as no fraction is larger. It is inapplicable where a hypothesis fails, named in its row.',
]

/** What a bound of this size is worth, in a sentence. */
export const qualityOf = (bound: number, majorityError: number): string =>
  `This is ${boundStatus(bound, majorityError)}: always answering the most frequent class errs on ${formatNumber(majorityError, 3)} of the training examples`

/** What the choice of the best certificate costs, in a sentence, where it shows. */
export function selectionText(
  { guarantees, best }: RecordedGuarantees,
  delta: number,
): readonly string[] {
  const candidates = Math.round(delta / (best?.delta ?? delta))
  const alone = guarantees.find(({ id }) => id === best?.id)?.bound
  const paid = best && typeof alone === 'number' ? apart(alone, best.bound) : undefined
  return paid !== undefined && candidates > 1
    ? [
        `In the table each guarantee holds at $\\delta=${delta}$; the best is chosen among ${candidates} certificates after they are known, so each then holds at $\\delta/${candidates}$ only, and ${paid[0]} becomes ${paid[1]}.`,
      ]
    : []
}

/**
 * A summary in a few sentences: whether a separator exists and who errs on what; what follows for
 * new examples, and in which words; how the network was trained.
 */
export function summaryOf({ fit, names, delta, source, majorityError }: Fitted): readonly Prose[] {
  const { separation, runs, guarantees, preparation, repeats = [] } = fit
  const { best } = guarantees
  const last = runs[runs.length - 1]
  const zero = last.status === 'converged'
  const of = ({ errors, examples }: Errors, which: string): string =>
    `${formatNumber(errors)} of ${counted(examples, which)}`
  const tested = last.test
    ? ` and on ${of(last.test, 'test example')} (${formatNumber((100 * last.test.errors) / last.test.examples, 3)} %)`
    : ''
  const errors = `The network errs on ${of(last.train, 'training example')}${tested}.`
  const trained = `With $k=${last.k}$ it made ${counted(last.updates, 'update')}${
    zero
      ? ' and ended with loss exactly 0'
      : ` in ${formatNumber(last.steps)} SGD steps, the limit ${preparation.budgets > 1 ? 'that the data chose (--max-steps sets another)' : 'of --max-steps'}`
  }`
  const held = last.test ? '' : '. Held-out examples (--test FILE) give a bound of their own'
  const compressed =
    best && best.id !== 'held-out' && best.id !== 'growth'
      ? `Why it holds: the ${counted(last.distinct, 'example')} on which SGD made an update${source.scale ? '' : ', and the longest, which sets the scale,'} give the same network without the others, so that ${source.scale ? 'the other' : 'at least'} ${formatNumber(Math.max(0, last.train.examples - last.distinct - (source.scale ? 0 : 1)))} of the ${formatNumber(last.train.examples)} training examples test it`
      : ''
  const meaning = !best
    ? `: nothing follows for new examples${held}`
    : `. ${[qualityOf(best.bound, majorityError), compressed].filter((text) => text !== '').join('. ')}${held}`
  const promised = `${guarantees.statement.charAt(0).toUpperCase()}${guarantees.statement.slice(1)}${meaning}.`
  const selection = selectionText(guarantees, delta)
  const rest = [...repeatText(repeats, delta), promised, ...selection]
  const { bias } = preparation
  const remedy = bias === 0 ? ' A bias may separate them (--bias 1).' : ''
  switch (separation.kind) {
    case 'separable': {
      // a separator that need not be the best is all that some data allow
      const known = separation.hi - separation.lo <= KNOWN * separation.hi
      const plane = bias === 0 ? 'a hyperplane through the origin' : 'a hyperplane'
      return [
        words`The examples are separable: $\\gamma/R${known ? '=' : '\\ge'}${formatNumber(separation.lo / fit.radius, 4)}$, the distance of the nearest example from ${plane} between ${names.positive} and ${names.negative}, as a fraction of the largest norm of an example. ${errors}`,
        ...rest,
        `${trained}${last.bounds ? `; the bound of the theorem is ${formatNumber(Math.floor(last.bounds.best))}` : ''}.`,
      ]
    }
    case 'inseparable': {
      const { witness, exact } = separation
      // its line names the flag
      const zeroRow = witness.length === 1
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
          ? words`The examples are not separable ${bias === 0 ? 'through the origin' : `with the bias ${bias}`}: ${contradict}. The theorem is inapplicable.${zeroRow ? '' : remedy}`
          : words`The examples are not separable as far as float64 shows: ${shown}. That is no proof (${separation.inexact ?? ''}); the theorem is not applied.${zeroRow ? '' : remedy}`,
        errors,
        ...rest,
        `${trained}${zero ? ': a global minimum, outside the theorem' : ''}.`,
      ]
    }
    case 'undecided':
      return [
        `Whether the examples are separable could not be decided: ${separation.why ?? 'neither a separator nor a witness was found'}.${remedy}`,
        errors,
        ...rest,
        `${trained}.`,
      ]
  }
}
