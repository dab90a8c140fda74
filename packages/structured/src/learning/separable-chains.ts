import type { Matrix, Stream } from '@nonconvex/tensor'
import { argumentError, checkCount, checkPositive } from '@nonconvex/tensor/check'
import { bestFewOf } from '../chains/chain.js'
import { dimensionOf, transitionScores, unaryScores, type LabeledSequence } from './sequences.js'

/** Options of `separableChains`. */
export interface SeparableOptions {
  /** number of sequences */
  readonly n: number
  /** T, their length */
  readonly length: number
  /** K */
  readonly states: number
  /** d */
  readonly features: number
  /** least margin of the teacher */
  readonly margin: number
  /** largest number of teachers, 100 by default */
  readonly tries?: number
  readonly stream: Stream
}

/** Sequences with the labels of a teacher, and the teacher. */
export interface SeparableChains {
  readonly data: readonly LabeledSequence[]
  /** a unit vector: W, c, A */
  readonly teacher: Float64Array
  /** fraction of the drawn sequences that were kept */
  readonly kept: number
}

/**
 * Sequences that a linear chain separates with a margin: a random unit vector u, x ~ N(0, 1), y the best
 * labeling by u, kept where its score exceeds the second best by `margin`. The teacher is the first that keeps
 * at least 3 % of the sequences.
 *
 * @throws ArgumentError for sizes that are not integers ≥ 1, a margin that is not positive, or if no
 *   teacher keeps enough sequences
 * Cost: O(T K²) a sequence drawn, at most 34 for one that is kept, and 200 for a teacher given up.
 *
 * @example
 * import { separableChains } from '@nonconvex/structured/learning'
 * import { stream } from '@nonconvex/tensor'
 * const { data, teacher } = separableChains({ n: 3, length: 4, states: 2, features: 2, margin: 0.1, stream: stream(1) })
 * console.log(data.length, data[0].x.rows, teacher.length) // → 3 4 10
 */
export function separableChains(options: SeparableOptions): SeparableChains {
  const { n, length: T, states: K, features: d, margin, tries = 100, stream } = options
  for (const [name, size] of Object.entries({ n, length: T, states: K, features: d, tries }))
    checkCount('separableChains', name, size)
  checkPositive('separableChains', 'margin', margin)
  const sizes = { states: K, features: d }
  for (let k = 0; k < tries; k++) {
    const source = stream.child('teacher', k)
    const teacher = source.unitVector(dimensionOf(sizes))
    const steps = new Array<Matrix>(T - 1).fill(transitionScores(teacher, sizes))
    const draws = source.child('x')
    const data: LabeledSequence[] = []
    let drawn = 0
    while (data.length < n && (drawn < PROBE || data.length >= LEAST_KEPT * drawn)) {
      drawn++
      const x = { rows: T, cols: d, data: draws.normalInto(new Float64Array(T * d)) }
      const [first, second] = bestFewOf(unaryScores(teacher, x, sizes), steps, 2)
      if (!second || first.score - second.score >= margin) data.push({ x, y: first.y })
    }
    if (data.length === n) return { data, teacher, kept: n / drawn }
  }
  throw argumentError(
    'out-of-range',
    'separableChains',
    'margin',
    `to be that of ${100 * LEAST_KEPT} % of the sequences for one of ${tries} teachers`,
    margin,
    'lower it, or take another stream',
  )
}

/** A teacher is given up if after so many draws fewer than this fraction are kept. */
const PROBE = 200
const LEAST_KEPT = 0.03
