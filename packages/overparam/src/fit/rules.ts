import type { Examples } from '../data/dataset.js'
import { rowDot } from '../data/sparse-rows.js'
import { forward } from '../network/forward.js'
import type { Net } from '../network/net.js'
import { averagedPerceptron, perceptron } from '../perceptron/perceptron.js'
import { countErrors, type ErrorCount } from './run-width.js'

/** The errors of a linear classifier, for comparison with the network. */
export interface RuleErrors {
  readonly name: 'perceptron' | 'averaged perceptron' | 'largest margin'
  /** of the perceptrons; absent for the max-margin separator */
  readonly updates?: number
  readonly distinct?: number
  /** whether it converged */
  readonly ended: boolean
  readonly train: ErrorCount
  readonly test?: ErrorCount
}

/** The numbers of disagreements between the network and the max-margin separator. */
export interface Agreement {
  /** training examples with different predictions */
  readonly train: number
  readonly test?: number
}

/** The maximum number of epochs of the perceptron. */
const PASSES = 100

function outputsOf({ x }: Examples, w: Float64Array): Float64Array {
  return Float64Array.from({ length: x.rows }, (_, i) => rowDot(x, i, w))
}

/** Computes the errors of linear classifiers on the training and test sets of the network. */
export function compareRules(
  data: Examples,
  test: Examples | undefined,
  wStar: Float64Array | undefined,
): readonly RuleErrors[] {
  const maxSteps = PASSES * data.x.rows
  const errors = (w: Float64Array): Pick<RuleErrors, 'train' | 'test'> => ({
    train: countErrors(outputsOf(data, w), data.y),
    ...(test && { test: countErrors(outputsOf(test, w), test.y) }),
  })
  const made = [
    ['perceptron', perceptron(data, { maxSteps })],
    ['averaged perceptron', averagedPerceptron(data, { maxSteps })],
  ] as const
  return [
    ...made.map(([name, { w, updates, distinct, status }]): RuleErrors => ({
      name,
      updates,
      distinct,
      ended: status === 'converged',
      ...errors(w),
    })),
    ...(wStar ? [{ name: 'largest margin' as const, ended: true, ...errors(wStar) }] : []),
  ]
}

/**
 * The number of examples on which the signs of N(x) and w·x differ, where 0 counts as a third sign.
 */
export function agreementOf(
  net: Net,
  w: Float64Array,
  data: Examples,
  test: Examples | undefined,
): Agreement {
  const differing = (set: Examples): number => {
    const linear = outputsOf(set, w)
    return forward(net, set.x).reduce(
      (sum, output, i) => sum + (Math.sign(output) === Math.sign(linear[i]) ? 0 : 1),
      0,
    )
  }
  return { train: differing(data), ...(test && { test: differing(test) }) }
}
