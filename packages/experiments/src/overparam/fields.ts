import { integer, integers, real } from '../define/fields.js'

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

export const inputDimension = integer({
  default: 20,
  min: 2,
  max: 200,
  symbol: 'd',
  help: 'input dimension',
})

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
  integers({
    distinct: true,
    default: byDefault,
    min: 1,
    max,
    maxLength,
    symbol: 'k',
    help: 'widths compared: hidden units of each sign',
  })

export const leakySlope = real({
  default: 0.1,
  min: 0,
  max: 1,
  symbol: '\\alpha',
  help: 'leaky ReLU slope; 0 is ReLU, for which the theorem does not hold',
})

export const flippedLabels = integer({
  default: 0,
  min: 0,
  max: 100,
  help: 'flipped labels; a few make the data non-separable',
})

export const epochBudget = (byDefault: number, max: number) =>
  integer({ default: byDefault, min: 1, max, scale: 'log', help: 'budget of a run, in epochs' })

export const weightShift = real({
  default: 0,
  min: -5,
  max: 5,
  help: 'mean of the entries of W₀, in standard deviations; not 0 breaks the symmetry',
})
