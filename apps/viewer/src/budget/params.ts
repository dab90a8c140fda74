import { choice, object, real, reals } from '@nonconvex/experiments/define'

/** Values of the form. A type, not an interface: it is one of the forms of `ParamValues`. */
export type BudgetParams = {
  readonly rule: 'exactly z' | 'at most z'
  readonly z: number
  readonly eps: number
  readonly scores: readonly number[]
}

export const scoreRange = { min: -0.5, max: 2, step: 0.05 } as const
const MOST = 8

export const budgetParams = object(
  {
    z: real({ default: 3, min: 0, max: MOST, symbol: 'z', help: 'the budget: how many tables' }),
    rule: choice({
      default: 'exactly z',
      values: ['exactly z', 'at most z'],
      help: 'what is demanded of the number of labels',
    }),
    eps: real({
      default: 0.1,
      min: 0.01,
      max: 1,
      scale: 'log',
      symbol: '\\varepsilon',
      help: 'temperature of the soft labels, with a budget of exactly z',
    }),
    scores: reals({
      default: [1.7, 1.4, 1.2, 0.8, 0.6, 0.4, 0.2, 0.1],
      min: scoreRange.min,
      max: scoreRange.max,
      maxLength: MOST,
      symbol: 'v',
      help: 'score of each object for the label “table”',
    }),
  },
  ({ z, scores }) =>
    z <= scores.length
      ? []
      : [
          {
            where: 'z',
            message: `parameter z: expected at most ${scores.length}, the number of scores, got ${z}`,
          },
        ],
)
