import { choice, integer, object, real } from '@nonconvex/experiments/define'

/** Values of the form. A type, not an interface: it is one of the forms of `ParamValues`. */
export type ProofParams = {
  readonly alpha: number
  readonly gamma: number
  readonly eta: number
  readonly k: number
  readonly shown: 'to the crossing' | 'the run'
}

export const proofParams = object({
  alpha: real({
    default: 0.5,
    min: 0.05,
    max: 1,
    scale: 'log',
    symbol: '\\alpha',
    help: 'leaky ReLU slope: the line rises with it',
  }),
  gamma: real({
    default: 0.25,
    min: 0.05,
    max: 0.7,
    scale: 'log',
    symbol: '\\gamma',
    help: 'margin of the examples: the line rises with it',
  }),
  eta: real({
    default: 1,
    min: 0.1,
    max: 100,
    scale: 'log',
    symbol: '\\eta',
    help: 'learning rate of SGD',
  }),
  k: integer({
    default: 10,
    min: 1,
    max: 1000,
    scale: 'log',
    symbol: 'k',
    help: 'width: hidden units of each sign',
  }),
  shown: choice({
    default: 'to the crossing',
    values: ['to the crossing', 'the run'],
    help: 'range of the picture',
  }),
})
