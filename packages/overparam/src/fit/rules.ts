import type { Examples } from '../data/dataset.js'
import { rowDot } from '../data/sparse-rows.js'
import { forward } from '../network/forward.js'
import type { Net } from '../network/net.js'
import { averagedPerceptron, perceptron } from '../perceptron/perceptron.js'
import { countErrors, type ErrorCount } from './run-width.js'

/** A linear classifier for comparison with the network. */
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

/** Disagreements between the network and the max-margin separator. */
export interface Agreement {
  /** training examples with different predictions */
  readonly train: number
  readonly test?: number
}

/** Passes over the data that the perceptron is given. */
const PASSES = 100

function outputsOf({ x }: Examples, w: Float64Array): Float64Array {
  return Float64Array.from({ length: x.rows }, (_, i) => rowDot(x, i, w))
}

/** Errors of the linear classifiers on the training and test sets of the network. */
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

/** Number of examples on which the signs of N(x) and w·x differ; 0 is a third sign. */
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
