import {
  budgetKeptClaim,
  countLawClaim,
  countWorthClaim,
  decideBudgetKept,
  decideCountLaw,
  decideCountWorth,
  decideDecoding,
  decidePublishedLeaks,
  decodingClaim,
  publishedLeaksClaim,
} from '@nonconvex/structured'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { soFar, type Progress } from '../../gaussian/partial.js'
import { interval95 } from '@nonconvex/optim/statistics'
import type { EnumeratedMeasured } from './enumerated.js'
import { cardinalityFigures } from './figures.js'
import type { BudgetMeasured, CardinalityMeasured, CardinalityRow } from './measure.js'
import { cardinalityCells, type CardinalityCell, type CardinalityParams } from './params.js'
import type { WorthMeasured } from './worth.js'

/** A row's numbers with the number of its cell: labels, or the problem. */
type Numbered<T> = T & { readonly number: number }

/** The rows so far, by part. */
export interface Found {
  readonly budgets: readonly Numbered<BudgetMeasured>[]
  readonly enumerated: readonly EnumeratedMeasured[]
  readonly problems: readonly Numbered<WorthMeasured>[]
}

export function concludeCardinality(
  rows: readonly CardinalityRow[],
  params: CardinalityParams,
): Conclusion {
  const cells = cardinalityCells(params)
  const measured = new Map(rows.map((row) => [row.key, row.measured]))
  const of = <T extends CardinalityMeasured>(part: CardinalityCell['part']): Numbered<T>[] =>
    cells.flatMap((cell) => {
      const found = cell.part === part ? measured.get(cell.key) : undefined
      return found ? [{ ...(found as T), number: cell.number }] : []
    })
  const found: Found = {
    budgets: of('budget'),
    enumerated: of('enumerated'),
    problems: of('problem'),
  }
  const progress = (part: CardinalityCell['part']): Progress => ({
    done: of(part).length,
    total: cells.filter((cell) => cell.part === part).length,
  })
  return {
    verdicts: [
      soFar(budgetKeptClaim, progress('budget'), () => decideBudgetKept(sums(found, params))),
      soFar(publishedLeaksClaim, progress('budget'), () =>
        decidePublishedLeaks(sums(found, params)),
      ),
      soFar(countLawClaim, progress('enumerated'), () =>
        decideCountLaw({ laws: params.laws, ...found.enumerated[0] }),
      ),
      soFar(decodingClaim, progress('enumerated'), () =>
        decideDecoding({ laws: params.laws, ...found.enumerated[0] }),
      ),
      soFar(countWorthClaim, progress('problem'), () =>
        decideCountWorth(found.problems.map((one) => ({ ...one, maxCount: params.maxCount }))),
      ),
    ],
    tables: [budgetTable(found, params), worthTable(found)],
    figures: cardinalityFigures(found, params),
  }
}

const sums = ({ budgets }: Found, { draws, budget }: CardinalityParams) =>
  budgets.map(({ number, ...rest }) => ({ labels: number, draws, budget, ...rest }))

function budgetTable({ budgets }: Found, { budget }: CardinalityParams): Table {
  return {
    id: 'sums',
    title: `Sums of projected scores; the budget is ${budget}`,
    columns: [
      { name: 'labels', title: 'labels' },
      { name: 'off', title: 'exact: off by at most', digits: 2 },
      { name: 'softOff', title: 'soft: off by at most', digits: 2 },
      { name: 'published', title: 'published: mean sum', digits: 4 },
      { name: 'error', title: 'standard error', digits: 2 },
      { name: 'largest', title: 'published: largest label', digits: 4 },
    ],
    rows: budgets.map(({ number, off, softOff, published, largest }) => [
      number,
      off,
      softOff,
      budget + published.mean,
      published.error,
      largest,
    ]),
  }
}

function worthTable({ problems }: Found): Table {
  return {
    id: 'f1',
    title: 'Mean F1 in %; gains by what is known of the count, with 95 % intervals',
    columns: [
      { name: 'problem', title: 'problem' },
      { name: 'threshold', title: 'p ≥ 1/2', digits: 4 },
      { name: 'expected', title: 'expected F1', digits: 4 },
      { name: 'average', title: 'usual count', digits: 4 },
      { name: 'likeliest', title: 'likeliest count', digits: 4 },
      { name: 'known', title: 'true count', digits: 4 },
      { name: 'likeliestGain', title: 'likeliest over usual count' },
      { name: 'knownGain', title: 'true over likeliest count' },
    ],
    rows: problems.map(({ number, f1, likeliest, known }) => [
      number,
      ...f1.map((value) => 100 * value),
      ...[likeliest, known].map((gain) => {
        const [mean, low, high] = interval95(gain, 100).map((x) => x.toFixed(2))
        return `${mean} (${low} to ${high})`
      }),
    ]),
  }
}
