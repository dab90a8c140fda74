import { hypothesis, readable, type Hypothesis } from '@nonconvex/optim/claims'
import { baumSampleSizes } from './sample-sizes.js'

/*
 * With exactly these many examples 3,300 runs on Gaussian and Laplace inputs, n = 2 to 8, ε = 0.05 to 0.5, all learnt;
 * the largest error of any was 0.65 ε. That is what the claims rest on; it is no theorem.
 */

/** Examples of step 2 for each of the n(n+1)/2 numbers of the form, in units of 1/ε. */
const EACH = 4
/** Examples of step 1 for each example of step 2 and each input. */
const HALF = 1 / 2

/**
 * Examples with which no run on lifted inputs found a form by luck, of 200 for each of five sizes
 * of the first sample.
 */
export const LIFTED_FIRST = 100
export const LIFTED_SECOND = 3000

/** Whether step 2 has 4/ε examples for each number of the form; half of them are kept. */
export function enoughForForm(n: number, second: number, eps: number): Hypothesis {
  const least = Math.ceil((EACH * n * (n + 1)) / 2 / eps)
  return hypothesis(
    `at least 2n(n + 1)/ε = ${readable(least)} examples of step 2, enough by measurement`,
    second >= least,
    second,
  )
}

/** Whether step 1 has so many examples that its half-space hardly spoils any of step 2. */
export function enoughForHalfSpace(n: number, first: number, second: number): Hypothesis {
  const least = Math.ceil(HALF * n * second)
  return hypothesis(
    `at least n m₂/2 = ${readable(least)} examples of step 1, enough by measurement`,
    first >= least,
    first,
  )
}

/** That fewer examples do than the guarantee asks for: met where they are as many, else assumed. */
export function guarantee(
  n: number,
  { first, second }: { readonly first: number; readonly second: number },
  eps: number,
): Hypothesis {
  const { m1, m2 } = baumSampleSizes({ n, eps, delta: eps })
  const met = first >= m1 && second >= 2 * m2
  return hypothesis(
    `these samples do, though the guarantee asks for ${readable(m1)} and ${readable(2 * m2)} examples`,
    met || 'assumed',
  )
}
