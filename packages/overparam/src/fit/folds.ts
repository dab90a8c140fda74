import { argumentError, checkInteger, checkProperFraction } from '@nonconvex/tensor/check'
import { clopperPearson } from '@nonconvex/optim/statistics'
import type { Stream } from '@nonconvex/tensor'
import { takeRows } from '../data/sparse-rows.js'
import type { Table } from '../tabular/table.js'

/**
 * Assigns examples to stratified folds: the examples of each label, in a random order, are assigned
 * to the folds in turn, so that the numbers of examples of a label in two folds differ by at most
 * 1.
 *
 * @param y - [n] labels ±1, or numbers of classes
 * @param folds - K ≥ 2, at most the number of examples of the rarer label
 * @returns [n] the fold of each example, from 0
 * @throws RangeError for labels that are no whole numbers, or K outside its range
 *
 * @example
 * import { foldsOf } from '@nonconvex/overparam/fit'
 * import { stream } from '@nonconvex/tensor'
 * const folds = foldsOf(Float64Array.of(1, 1, -1, -1), 2, stream(1))
 * console.log(folds[0] !== folds[1], folds[2] !== folds[3]) // → true true
 */
export function foldsOf(y: Float64Array, folds: number, stream: Stream): Int32Array {
  const odd = y.find((label) => !Number.isSafeInteger(label))
  if (odd !== undefined)
    throw argumentError('out-of-range', 'foldsOf', 'y', 'to be ±1 or whole numbers', odd)
  checkInteger('foldsOf', 'folds', folds, 2)
  const fold = new Int32Array(y.length)
  const sides = y.every((label) => Math.abs(label) === 1)
  // where one label has ended the next goes on, so that the folds are of one size
  let next = 0
  for (const label of sides ? [1, -1] : new Set(Float64Array.from(y).sort())) {
    const rows = Array.from(y.keys()).filter((i) => y[i] === label)
    if (rows.length < folds)
      throw argumentError(
        'out-of-range',
        'foldsOf',
        'folds',
        `to be at most ${rows.length}, the examples of the ${sides ? 'rarer' : 'rarest'} label`,
        folds,
      )
    const own = sides
      ? stream.child(label > 0 ? 'positive' : 'negative')
      : stream.child('class', label)
    for (const at of own.permutation(rows.length)) fold[rows[at]] = next++ % folds
  }
  return fold
}

/**
 * A table of the given examples of a table.
 *
 * @param rows - indices of the examples, in the order of the result
 *
 * @example
 * import { loadCsv } from '@nonconvex/overparam/tabular'
 * import { tableRows } from '@nonconvex/overparam/fit'
 * console.log(tableRows(loadCsv('a,k\n1,x\n2,y\n3,x\n'), [2, 1]).lines) // → Int32Array(2) [ 4, 3 ]
 */
export function tableRows(table: Table, rows: readonly number[]): Table {
  return {
    ...table,
    x: takeRows(table.x, rows),
    y: Float64Array.from(rows, (i) => table.y[i]),
    lines: Int32Array.from(rows, (i) => table.lines[i]),
    ...(table.several && {
      several: { ...table.several, of: Float64Array.from(rows, (i) => table.several?.of[i] ?? 0) },
    }),
    skipped: 0,
  }
}

/** The number of errors among held-out examples. */
export interface HeldOutErrors {
  readonly errors: number
  readonly examples: number
}

/** The measured mean error of several networks, with a confidence interval. */
export interface ErrorInterval {
  readonly mean: number
  readonly lo: number
  readonly hi: number
}

/**
 * An interval that contains, with probability ≥ 1 − δ, the mean of the error rates of K networks on
 * new examples, from r_i errors of network i among m_i examples that it was not trained on:
 *
 *     [ (1/K) Σ L(r_i, m_i, δ/2K), (1/K) Σ U(r_i, m_i, δ/2K) ],   L(r, m, δ) = 1 − U(m − r, m, δ)
 *
 * with U of Clopper and Pearson. By the union bound the networks may share training and test
 * examples, as in cross-validation; the interval does not concern a network trained on all
 * examples.
 *
 * @throws RangeError for no counts, or one outside its range
 *
 * Source: Clopper & Pearson (1934); the union bound is ours.
 *
 * @example
 * import { errorInterval } from '@nonconvex/overparam/fit'
 * const { mean, hi } = errorInterval([{ errors: 1, examples: 100 }, { errors: 3, examples: 100 }], 0.05)
 * console.log(mean, hi.toFixed(3)) // → 0.02 0.078
 */
export function errorInterval(counts: readonly HeldOutErrors[], delta: number): ErrorInterval {
  checkProperFraction('errorInterval', 'delta', delta)
  const k = counts.length
  if (k === 0)
    throw argumentError('out-of-range', 'errorInterval', 'counts', 'to be at least one', k)
  const mean = (of: (count: HeldOutErrors) => number): number =>
    counts.reduce((sum, count) => sum + of(count), 0) / k
  const each = delta / (2 * k)
  return {
    mean: mean(({ errors, examples }) => errors / examples),
    lo: mean(({ errors, examples }) => 1 - clopperPearson(examples - errors, examples, each)),
    hi: mean(({ errors, examples }) => clopperPearson(errors, examples, each)),
  }
}
