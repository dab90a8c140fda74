import type { Objective } from '@nonconvex/optim'
import { dot } from '@nonconvex/tensor'

/** The value of an objective with its gradient. */
interface ValueAndGradient {
  readonly value: number
  readonly gradient: Float64Array
}

/** An objective that computes value and gradient together, and keeps those of the last point. */
function objectiveOf(d: number, at: (w: Float64Array) => ValueAndGradient): Objective {
  let last: (ValueAndGradient & { readonly w: Float64Array }) | undefined
  const both = (given: ArrayLike<number>): ValueAndGradient => {
    if (last?.w.every((x, i) => x === given[i])) return last
    const w = Float64Array.from(given)
    last = { w, ...at(w) }
    return last
  }
  return { d, value: (w) => both(w).value, gradient: (w) => both(w).gradient.slice() }
}

/** Adds to the gradient the terms of an example; returns its loss. */
export type AddTerms<T> = (gradient: Float64Array, one: T) => number

/** (λ/2)|w|² plus the mean loss of the data; `termsAt` prepares for a point. */
export function regularizedMean<T>(
  d: number,
  lambda: number,
  data: readonly T[],
  termsAt: (w: Float64Array) => {
    readonly add: AddTerms<T>
    readonly finish?: (gradient: Float64Array) => void
  },
): Objective {
  return objectiveOf(d, (w) => {
    const gradient = new Float64Array(w.length)
    const { add, finish } = termsAt(w)
    let sum = 0
    for (const one of data) sum += add(gradient, one)
    finish?.(gradient)
    const N = data.length
    for (let i = 0; i < w.length; i++) gradient[i] = lambda * w[i] + gradient[i] / N
    return { value: (lambda / 2) * dot(w, w) + sum / N, gradient }
  })
}
