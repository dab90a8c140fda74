import { ShapeError, type Vec } from '@nonconvex/tensor'
import { kindOf, oneOf } from './kinds.js'

/**
 * Permutation-invariant pooling of terms to one vector.
 *
 * `sum` preserves counts. `mean` and the two kinds of attention normalize them away, so counting
 * requires `sum`. With `neighbor` attention β is one score for a term, with `feature` attention
 * one for each of its entries; the weights are w_j = e^β_j / Σ_t e^β_t. Without terms the result is
 * the zero vector.
 */
export type Pool<Arguments extends readonly unknown[]> =
  | 'sum'
  | 'mean'
  | {
      readonly attention: 'neighbor' | 'neighbour'
      readonly beta: (...args: Arguments) => number
    }
  | { readonly attention: 'feature'; readonly beta: (...args: Arguments) => Vec }

/** Throws RangeError for an unknown pool. */
export function checkPool(name: string, pool: unknown): void {
  if (typeof pool === 'object' && pool !== null && 'attention' in pool)
    oneOf('gpiLayer', `${name}.attention`, kindOf(pool.attention), ['neighbor', 'feature'])
  else if (pool !== undefined) oneOf('gpiLayer', name, pool, ['sum', 'mean'])
}

/** A term of a pool: its vector, and the arguments of φ, or of α and β. */
export interface Term<Arguments extends readonly unknown[]> {
  readonly value: Vec
  readonly args: Arguments
  /** of the term, in messages */
  readonly name: string
}

/**
 * Throws unless `got` has `width` finite entries; `name()` names the value in the message.
 */
export function checkValue(got: Vec, width: number, name: () => string): Vec {
  if (got.length !== width)
    throw new ShapeError(`gpiLayer: ${name()} must have ${width} entries, got ${got.length}`)
  for (let f = 0; f < width; f++)
    if (!Number.isFinite(got[f]))
      throw new RangeError(`gpiLayer: ${name()}[${f}] must be finite, got ${got[f]}`)
  return got
}

/** Pools the terms to a vector of `width` entries; zeros without terms. */
export function joinTerms<Arguments extends readonly unknown[]>(
  pool: Pool<Arguments>,
  terms: readonly Term<Arguments>[],
  width: number,
): Float64Array {
  const out = new Float64Array(width)
  if (terms.length === 0) return out
  const score = scoresOf(pool, terms, width)
  for (let f = 0; f < width; f++) {
    // the largest score is subtracted, so that no exponential overflows
    let top = -Infinity
    for (let t = 0; t < terms.length; t++) top = Math.max(top, score(t, f))
    let weights = 0
    for (let t = 0; t < terms.length; t++) {
      const weight = Math.exp(score(t, f) - top)
      weights += weight
      out[f] += weight * terms[t].value[f]
    }
    if (pool !== 'sum') out[f] /= weights
  }
  return out
}

/** The score of term t for entry f; equal scores for sum and mean. */
function scoresOf<Arguments extends readonly unknown[]>(
  pool: Pool<Arguments>,
  terms: readonly Term<Arguments>[],
  width: number,
): (t: number, f: number) => number {
  if (typeof pool === 'string') return () => 0
  if (pool.attention === 'feature') {
    const scores = terms.map(({ args, name }) =>
      checkValue(pool.beta(...args), width, () => `beta${name}`),
    )
    return (t, f) => scores[t][f]
  }
  const scores = terms.map(({ args, name }) =>
    checkValue([pool.beta(...args)], 1, () => `beta${name}`),
  )
  return (t) => scores[t][0]
}
