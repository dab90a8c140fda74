import { integer, real } from '../define/fields.js'

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
