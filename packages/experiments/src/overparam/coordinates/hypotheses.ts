import { hypothesis, type Hypothesis } from '@nonconvex/optim/claims'

/**
 * What a start decides for certain, whatever it was drawn from: dead coordinates, and how many
 * updates learn the others.
 */
export const startHypotheses = (p: { readonly alpha: number }): readonly Hypothesis[] => [
  hypothesis('there is no leak', p.alpha === 0, p.alpha),
]

/** What the probability of failure assumes. */
export const coordinateHypotheses = (p: {
  readonly alpha: number
  readonly shift: number
}): readonly Hypothesis[] => [
  ...startHypotheses(p),
  hypothesis(
    'the entries of the start are independent, symmetric and continuous',
    p.shift === 0,
    p.shift,
  ),
]
