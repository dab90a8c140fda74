import { count, counts, real, whole } from '../define/fields.js'

/** Parameters that several experiments on SGD share. */

export const learningRate = (byDefault: number) =>
  real({
    default: byDefault,
    min: 0.01,
    max: 1000,
    scale: 'log',
    symbol: '\\eta',
    help: 'learning rate of SGD',
  })

export const inputDimension = whole(20, [2, 200], 'input dimension', { symbol: 'd' })

export const teacherMargin = real({
  default: 0.05,
  min: 0.001,
  max: 0.5,
  scale: 'log',
  symbol: '\\gamma',
  help: 'margin of the teacher hyperplane',
})

export const failureProbability = real({
  default: 0.05,
  min: 1e-6,
  max: 0.5,
  scale: 'log',
  symbol: '\\delta',
  help: 'failure probability of a bound',
})

export const widthsCompared = (byDefault: readonly number[], max: number, maxLength: number) =>
  counts(byDefault, [max, maxLength], 'widths compared: hidden units of each sign', { symbol: 'k' })

export const leakySlope = real({
  default: 0.1,
  min: 0,
  max: 1,
  symbol: '\\alpha',
  help: 'leaky ReLU slope; 0 is ReLU, for which the theorem does not hold',
})

export const flippedLabels = whole(
  0,
  [0, 100],
  'number of flipped labels; a few make the data non-separable',
)

export const epochBudget = (byDefault: number, max: number) =>
  count(byDefault, max, 'maximum number of epochs of a run')

export const weightShift = real({
  default: 0,
  min: -5,
  max: 5,
  help: 'mean of the entries of W₀, in standard deviations; a mean other than 0 breaks the symmetry',
})
