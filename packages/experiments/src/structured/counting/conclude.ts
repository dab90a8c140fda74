import {
  countingClaim,
  countingOrderClaim,
  decideCounting,
  decideCountingOrder,
  decideDenseGuesses,
  decideFewerGraphs,
  decideLiteralCeiling,
  decideReadingOrder,
  denseGuessesClaim,
  fewerGraphsClaim,
  literalCeilingClaim,
  readingOrderClaim,
} from '@nonconvex/structured'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { soFar } from '../../gaussian/partial.js'
import { countingFigure } from './figure.js'
import type { CountingMeasured, CountingRow } from './measure.js'
import { countingCells, models, names, type CountingParams, type Model } from './params.js'
import type { SimpleShares } from './task.js'

/** What a network of a model reached with so many graphs. */
export type Found = CountingMeasured & { readonly graphs: number }

/** The rows so far, by model. */
export type FoundBy = { readonly [M in Model]: readonly Found[] }

export function concludeCounting(rows: readonly CountingRow[], params: CountingParams): Conclusion {
  const cells = countingCells(params)
  const of = (model: Model): Found[] =>
    cells.flatMap((cell) =>
      rows
        .filter(({ key }) => cell.model === model && key === cell.key)
        .map(({ measured }) => ({ ...measured, graphs: cell.graphs })),
    )
  const found = {
    local: of('local'),
    literal: of('literal'),
    dense: of('dense'),
    'lstm-after': of('lstm-after'),
    'lstm-raw': of('lstm-raw'),
  } satisfies FoundBy
  const { local, literal, dense } = found
  const seen = params.steps * params.batch
  const progress = (...own: readonly Model[]): { done: number; total: number } => ({
    done: own.reduce((sum, model) => sum + found[model].length, 0),
    total: cells.filter(({ model }) => own.includes(model)).length,
  })
  const { ceiling, blind, zero } = rows[0]?.measured ?? { ceiling: 0, blind: 0, zero: 0 }
  const rules: SimpleShares = { ceiling, blind, zero }
  const lstms = [...found['lstm-after'], ...found['lstm-raw']]
  return {
    verdicts: [
      soFar(countingClaim, progress('local'), () => decideCounting(local, seen)),
      soFar(literalCeilingClaim, progress('literal'), () => decideLiteralCeiling(literal, ceiling)),
      soFar(fewerGraphsClaim, progress('local', 'dense'), () =>
        decideFewerGraphs(local, dense, seen),
      ),
      soFar(denseGuessesClaim, progress('dense'), () => decideDenseGuesses(dense)),
      soFar(countingOrderClaim, progress('local', 'literal'), () =>
        decideCountingOrder([...local, ...literal]),
      ),
      soFar(readingOrderClaim, progress('lstm-after', 'lstm-raw'), () => decideReadingOrder(lstms)),
    ],
    tables: [accuracyTable(found, rules), runTable(found)],
    figures: [countingFigure(found, rules, params)],
  }
}

const ruleNames: { readonly [R in keyof SimpleShares]: string } = {
  ceiling: 'one answer for each class of a graph, at best: ceiling of the literal form',
  blind: 'best rule that ignores edges',
  zero: 'always 0',
}

/** One line for each model, one column for each number of graphs; what simple rules reach below. */
function accuracyTable(found: FoundBy, rules: SimpleShares): Table {
  const sizes = [...new Set(models.flatMap((model) => found[model].map(({ graphs }) => graphs)))]
  sizes.sort((a, b) => a - b)
  return {
    id: 'accuracy',
    title: 'Share of right nodes on fresh graphs, by graphs to learn from',
    columns: [
      { name: 'network', title: 'network or rule' },
      { name: 'parameters', title: 'parameters' },
      ...sizes.map((size) => ({ name: `with${size}`, title: `${size} graphs`, digits: 3 })),
    ],
    rows: [
      ...models.map((model) => {
        const at = (size: number): number | null =>
          found[model].find(({ graphs }) => graphs === size)?.accuracy ?? null
        return [names[model], found[model].at(0)?.parameters ?? null, ...sizes.map(at)]
      }),
      ...Object.entries(ruleNames).map(([rule, name]) => [
        name,
        null,
        ...sizes.map(() => rules[rule as keyof SimpleShares]),
      ]),
    ],
  }
}

function runTable(found: FoundBy): Table {
  return {
    id: 'runs',
    title: 'The same, run by run',
    columns: [
      { name: 'network', title: 'network' },
      { name: 'graphs', title: 'graphs to learn from' },
      { name: 'accuracy', title: 'right', digits: 4 },
      { name: 'error', title: 'standard error', digits: 2 },
      { name: 'train', title: 'right in training', digits: 4 },
      { name: 'step', title: 'best step' },
      { name: 'moved', title: 'scores move in another order by', digits: 2 },
    ],
    rows: models.flatMap((model) =>
      found[model].map((one) => [
        names[model],
        one.graphs,
        one.accuracy,
        one.error,
        one.train,
        one.step,
        one.moved,
      ]),
    ),
  }
}
