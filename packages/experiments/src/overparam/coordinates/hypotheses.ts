import { hypothesis } from '@nonconvex/optim'
import type { Hypothesis } from '@nonconvex/optim'

/** What the probability of failure assumes. */
export const coordinateHypotheses = (p: {
  readonly alpha: number
  readonly shift: number
}): readonly Hypothesis[] => [
  hypothesis('there is no leak', p.alpha === 0, p.alpha),
  hypothesis(
    'the entries of the start are independent, symmetric and continuous',
    p.shift === 0,
    p.shift,
  ),
]
