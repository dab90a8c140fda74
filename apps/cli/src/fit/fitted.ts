import { classNames, type Classes } from '@nonconvex/overparam/tabular'
import type { TrainingRecord } from '../models/training-record.js'
import { Verbatim } from '../text/prose.js'

/** Names of the two sides of a model. */
export interface SideNames {
  readonly positive: Verbatim
  readonly negative: Verbatim
}

export function sideNames(classes: Classes): SideNames {
  const { positive, negative } = classNames(classes)
  return { positive: new Verbatim(positive), negative: new Verbatim(negative) }
}

/** The error of always answering the most frequent class, by the number of examples of each. */
export function majorityErrorOf(counts: readonly number[]): number {
  const all = counts.reduce((sum, count) => sum + count, 0)
  return (all - Math.max(...counts)) / all
}

type Training = TrainingRecord['training']

/** What is shown of a fit: all of it is in the document. */
export interface Fitted {
  readonly fit: Pick<
    Training,
    'radius' | 'separation' | 'runs' | 'guarantees' | 'rules' | 'agreement' | 'repeats' | 'verdicts'
  > & {
    readonly table: Training['data']
    /** features that the network sees, the constant included */
    readonly d: number
    readonly preparation: Pick<
      TrainingRecord['parameters'],
      'bias' | 'scale' | 'standardise' | 'budgets'
    >
  }
  readonly names: SideNames
  readonly source: {
    /** whether the scale was known beforehand */
    readonly scale: boolean
    /** examples left out for their label */
    readonly skipped: number
  }
  readonly delta: number
  /** error on the training examples of always answering the more frequent side */
  readonly majorityError: number
}

export const fittedOf = ({ parameters, classes, features, training }: TrainingRecord): Fitted => ({
  fit: {
    ...training,
    table: training.data,
    d: features.length + (parameters.bias === 0 ? 0 : 1),
    preparation: parameters,
  },
  names: sideNames(classes),
  source: { scale: parameters.scaleGiven, skipped: training.data.skipped },
  delta: training.delta,
  majorityError: majorityErrorOf([training.data.positives, training.data.negatives]),
})

/** Name of the side of a row of a witness. */
export const sideName = ({ positive, negative }: SideNames, side: 1 | -1): Verbatim =>
  side > 0 ? positive : negative
