import { projectBudget, publishedBudget, softBudget } from '@nonconvex/structured'
import type { Stream } from '@nonconvex/tensor'
import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import { meanWithError, type MeanWithError } from '@nonconvex/optim/statistics'
import { enumerated, type EnumeratedMeasured } from './enumerated.js'
import type { CardinalityCell, CardinalityParams } from './params.js'
import { worth, type WorthMeasured } from './worth.js'

/** Sums of projected scores. */
export type BudgetMeasured = {
  /** largest |Σ y − z| of the exact projection, and of the two soft ones */
  readonly off: number
  readonly softOff: number
  /** Σ y − z of the published one */
  readonly published: MeanWithError
  /** its largest label */
  readonly largest: number
}

export type CardinalityMeasured = BudgetMeasured | EnumeratedMeasured | WorthMeasured

export interface CardinalityRow extends Row {
  readonly measured: CardinalityMeasured
  readonly witness: null
}

type Context = Pick<MeasureContext<CardinalityParams>, 'params' | 'stream'>

export function measureCardinality(cell: CardinalityCell, context: Context): CardinalityRow {
  return { key: cell.key, measured: measured(cell, context), witness: null }
}

export function checkCardinality(
  row: CardinalityRow,
  context: CheckContext<CardinalityParams, CardinalityCell>,
): CardinalityMeasured {
  if (row.witness !== null) throw new Error('there is no witness to this row')
  return measured(context.cell, context)
}

function measured(
  { part, number }: CardinalityCell,
  { params, stream }: Context,
): CardinalityMeasured {
  switch (part) {
    case 'budget':
      return budgets(number, params, stream)
    case 'enumerated':
      return enumerated(params.laws, stream)
    case 'problem':
      return worth(params, stream)
  }
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x))
const sum = (y: Float64Array): number => y.reduce((total, label) => total + label, 0)

function budgets(L: number, params: CardinalityParams, source: Stream): BudgetMeasured {
  const { budget: z, scores, draws } = params
  let [off, softOff, largest] = [0, 0, 0]
  const excess: number[] = []
  for (let t = 0; t < draws; t++) {
    const v = source
      .normalInto(new Float64Array(L))
      .map(scores === 'peaked' ? (x) => logistic(4 * x - 6) : logistic)
    off = Math.max(off, Math.abs(sum(projectBudget(v, z).y) - z))
    for (const kind of ['sigmoid', 'laplace'] as const)
      softOff = Math.max(softOff, Math.abs(sum(softBudget(v, z, { eps: 0.1, kind }).y) - z))
    const published = publishedBudget(v, z)
    excess.push(sum(published) - z)
    largest = Math.max(largest, ...published)
  }
  return { off, softOff, published: meanWithError(excess), largest }
}
