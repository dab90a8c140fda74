import type { Cell } from '../../define/experiment.js'
import { choice, integer, integers, real } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface CardinalityParams {
  readonly labels: readonly number[]
  readonly budget: number
  readonly scores: 'peaked' | 'flat'
  readonly draws: number
  readonly laws: number
  readonly problems: number
  readonly examples: number
  readonly maxCount: number
  readonly scale: number
}

export interface CardinalityCell extends Cell {
  readonly part: 'budget' | 'enumerated' | 'problem'
  /** how many labels, or which problem */
  readonly number: number
}

export const cardinalityParams: ParamSchema<CardinalityParams> = object(
  {
    labels: integers({
      default: [5, 20, 50, 159],
      min: 2,
      max: 2000,
      maxLength: 8,
      distinct: true,
      symbol: 'L',
      help: 'labels that share a budget',
    }),
    budget: real({
      default: 2.4,
      min: 0.1,
      max: 100,
      symbol: 'z',
      help: 'what they are to sum to',
    }),
    scores: choice({
      default: 'peaked',
      values: ['peaked', 'flat'],
      help: 'scores that are projected: σ(4N − 6), like those of trained models, or σ(N)',
    }),
    draws: integer({
      default: 400,
      min: 10,
      max: 100_000,
      scale: 'log',
      help: 'vectors of scores of each length',
    }),
    laws: integer({
      default: 40,
      min: 1,
      max: 2000,
      scale: 'log',
      help: 'random laws that are compared with sums over all labels',
    }),
    problems: integer({ default: 3, min: 1, max: 50, help: 'synthetic problems' }),
    examples: integer({
      default: 2000,
      min: 20,
      max: 100_000,
      scale: 'log',
      help: 'examples of each problem',
    }),
    maxCount: integer({
      default: 8,
      min: 1,
      max: 30,
      symbol: 'K',
      help: 'most labels of an example',
    }),
    scale: real({
      default: 3,
      min: 0.1,
      max: 20,
      scale: 'log',
      help: 'how far apart the scores of labels are',
    }),
  },
  ({ labels, budget }) => {
    const least = Math.min(...labels)
    if (budget <= least) return []
    const message = `parameter budget: ${least} labels of [0, 1] sum to at most ${least}, got ${budget}; lower it or leave out lengths below`
    return [{ where: 'budget', message }]
  },
)

export function cardinalityCells({ labels, problems }: CardinalityParams): CardinalityCell[] {
  return [
    ...labels.map((L): CardinalityCell => ({ key: `budget/L=${L}`, part: 'budget', number: L })),
    { key: 'enumerated', part: 'enumerated', number: 0 },
    ...Array.from({ length: problems }, (_, p): CardinalityCell => {
      return { key: `problem=${p}`, part: 'problem', number: p }
    }),
  ]
}
