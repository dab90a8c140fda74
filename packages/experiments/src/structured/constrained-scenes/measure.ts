import {
  cappedClasses,
  dykstra,
  marginalsGradient,
  projectBudget,
  projectMarginals,
  type CapsFacts,
  type ProjectedMarginals,
} from '@nonconvex/structured/cardinality'
import { demoVocabulary } from '@nonconvex/structured/demo'
import { meanWithError } from '@nonconvex/optim/statistics'
import { dot, norm2, type Matrix, type Stream } from '@nonconvex/tensor'
import { ascending } from '../../averages.js'
import { argmax } from '../argmax.js'
import type { NamedScene } from '../demo/scenes.js'

/** Classes but the empty one, which no box has. */
export const K: number = demoVocabulary.classes.length - 1

/** Log-probabilities of the classes of a scene's boxes. */
export interface Labeled {
  readonly scene: NamedScene
  readonly scores: Matrix
  /** class of each box, from 0 */
  readonly truth: Int32Array
}

/** Log-probabilities, boxes × classes, from rows that begin with the empty class. */
export function logProbabilities(n: number, rows: ArrayLike<number>, from = 0): Matrix {
  const data = new Float64Array(n * K)
  for (let i = 0; i < n; i++) {
    const row = data.subarray(i * K, (i + 1) * K)
    row.forEach((_, k) => (row[k] = rows[from + i * (K + 1) + k + 1]))
    const top = row.reduce((most, x) => Math.max(most, x), -Infinity)
    const log = top + Math.log(row.reduce((sum, x) => sum + Math.exp(x - top), 0))
    row.forEach((x, k) => (row[k] = x - log))
  }
  return { rows: n, cols: K, data }
}

const mostLikely = ({ rows, cols, data }: Matrix): Int32Array =>
  new Int32Array(rows).map((_, i) => argmax(data, i * cols, cols))

const countOf = (classes: Int32Array, t: number): number =>
  classes.reduce((count, k) => count + Number(k === t), 0)

/** A scene with a cap on the class that is predicted most often. */
interface Capped {
  readonly before: Int32Array
  readonly after: Int32Array
  readonly score: number
  readonly capped: number
  readonly cap: number
}

export function cappedScene({ scores, truth }: Labeled, more: number): Capped {
  const before = mostLikely(scores)
  const counts = new Int32Array(K)
  for (const k of before) counts[k]++
  const capped = counts.indexOf(Math.max(...counts))
  const cap = countOf(truth, capped) + more
  const found = cappedClasses(scores, capsOf(capped, cap))
  if (found.status === 'infeasible') throw new Error('other classes have no cap')
  return { before, after: found.classes, score: found.score, capped, cap }
}

const capsOf = (capped: number, cap: number): Float64Array =>
  new Float64Array(K).fill(Infinity).map((none, k) => (k === capped ? cap : none))

/** What a cap does to the labels of one predictor, and how well its functions compute. */
export type CapMeasured = {
  /** c minus the true number */
  readonly more: number
  readonly boxes: number
  /** correct boxes, and scenes above the cap: without it, with it, by the largest projected marginals */
  readonly right: readonly number[]
  readonly above: readonly number[]
  readonly gain: CapsFacts['gain']
  readonly gap: number
  /** projected marginals: scenes whose marginals exceed the cap, and what was found there */
  readonly compared: number
  readonly apart: number
  readonly violation: number
  readonly points: number
  readonly inequality: number
  readonly cases: number
  readonly error: number
}

export function measureCap(
  all: readonly Labeled[],
  more: number,
  points: number,
  source: Stream,
): CapMeasured {
  const right: [number, number, number] = [0, 0, 0]
  const above: [number, number, number] = [0, 0, 0]
  const gains: number[] = []
  let [gap, compared, apart, violation, inequality] = [0, 0, 0, 0, -Infinity]
  let [cases, error, points_] = [0, 0, 0]
  all.forEach((labeled, s) => {
    const { scores, truth } = labeled
    const { before, after, score, capped, cap } = cappedScene(labeled, more)
    const caps = capsOf(capped, cap)
    const marginals = { ...scores, data: scores.data.map(Math.exp) }
    const found = projected(marginals, caps)
    const labels = [before, after, mostLikely(found.y)]
    labels.forEach((classes, l) => {
      right[l] += classes.reduce((count, k, i) => count + Number(k === truth[i]), 0)
      above[l] += Number(countOf(classes, capped) > cap)
    })
    gains.push(
      after.reduce((sum, k, i) => sum + Number(k === truth[i]) - Number(before[i] === truth[i]), 0),
    )
    gap = Math.max(gap, upperBound(scores, capped, cap) - score)
    violation = Math.max(violation, violationOf(found.y, capped, cap))
    if (found.multipliers[capped] === 0) return
    compared++
    const draws = source.child('scene', s)
    const other = byDykstra(marginals, capped, cap)
    found.y.data.forEach((p, at) => (apart = Math.max(apart, Math.abs(p - other[at]))))
    for (let p = 0; p < points; p++) {
      const drawn = draws.normalInto(new Float64Array(scores.data.length))
      const u = projected({ ...scores, data: drawn }, caps).y.data
      const y = found.y.data
      const along = dot(
        marginals.data.map((x, at) => x - y[at]),
        u.map((x, at) => x - y[at]),
      )
      points_++
      inequality = Math.max(inequality, along / y.length)
    }
    const off = gradientError(found, marginals, caps, capped, draws.child('direction'))
    if (off === undefined) return
    cases++
    error = Math.max(error, off)
  })
  return {
    more,
    boxes: all.reduce((sum, { truth }) => sum + truth.length, 0),
    right,
    above,
    gain: meanWithError(gains),
    gap,
    compared,
    apart,
    violation,
    points: points_,
    inequality: points_ === 0 ? 0 : inequality,
    cases,
    error,
  }
}

function projected(v: Matrix, caps: Float64Array): ProjectedMarginals {
  const found = projectMarginals(v, caps)
  if (found.status !== 'projected') throw new Error(`the projection is ${found.status}`)
  return found
}

const column = ({ rows, cols, data }: Matrix, k: number): number => {
  let sum = 0
  for (let i = 0; i < rows; i++) sum += data[i * cols + k]
  return sum
}

/** Largest violation of a constraint. */
function violationOf(y: Matrix, capped: number, cap: number): number {
  let worst = Math.max(0, column(y, capped) - cap)
  for (let i = 0; i < y.rows; i++) {
    const row = y.data.subarray(i * y.cols, (i + 1) * y.cols)
    const sum = row.reduce((all, p) => all + p, 0)
    worst = Math.max(worst, Math.abs(sum - 1), ...row.map((p) => -p))
  }
  return worst
}

/**
 * Σ_i max_k (s_ik − λ [k capped]) + c λ: no labels within the cap have a larger score, for any λ ≥ 0.
 * It is least where c boxes, at most, gain more than λ from the capped class.
 */
function upperBound({ rows, cols, data }: Matrix, capped: number, cap: number): number {
  const gains: number[] = []
  let bound = 0
  for (let i = 0; i < rows; i++) {
    let others = -Infinity
    for (let k = 0; k < cols; k++) if (k !== capped) others = Math.max(others, data[i * cols + k])
    gains.push(data[i * cols + capped] - others)
    bound += others
  }
  const lambda = Math.max(0, ascending(gains).at(-1 - cap) ?? 0)
  return gains.reduce((sum, gain) => sum + Math.max(0, gain - lambda), bound + cap * lambda)
}

/** The projection between the cap and the simplices of the boxes. */
function byDykstra({ rows, cols, data }: Matrix, capped: number, cap: number): Float64Array {
  const simplices = (x: Float64Array): Float64Array => {
    for (let i = 0; i < rows; i++)
      x.set(projectBudget(x.subarray(i * cols, (i + 1) * cols), 1, { hi: Infinity }).y, i * cols)
    return x
  }
  const atMost = (x: Float64Array): Float64Array => {
    const over = Math.max(0, column({ rows, cols, data: x }, capped) - cap) / rows
    for (let i = 0; i < rows; i++) x[i * cols + capped] -= over
    return x
  }
  return dykstra(data, [atMost, simplices], { tol: 1e-9 }).y
}

/** The step of differences. */
const STEP = 2 ** -24

/** Error of the gradients by marginals and by the cap; none where the labels that are free change. */
function gradientError(
  found: ProjectedMarginals,
  marginals: Matrix,
  caps: Float64Array,
  capped: number,
  source: Stream,
): number | undefined {
  const length = marginals.data.length
  const g = source.normalInto(new Float64Array(length))
  const drawn = source.normalInto(new Float64Array(length))
  const direction = drawn.map((x) => x / norm2(drawn))
  const gradient = marginalsGradient(found, { ...marginals, data: g })
  // at the cap 0 there is no difference to both sides
  if (caps[capped] < STEP) return undefined
  const difference = (scores: number, bound: number): number | undefined => {
    const [up, down] = [STEP, -STEP].map((h) =>
      projected(
        { ...marginals, data: marginals.data.map((x, at) => x + scores * h * direction[at]) },
        caps.map((cap, k) => (k === capped ? cap + bound * h : cap)),
      ),
    )
    const same = [up, down].every(
      ({ y, multipliers }) =>
        multipliers[capped] > 0 && y.data.every((p, at) => p > 0 === found.y.data[at] > 0),
    )
    return same ? (dot(g, up.y.data) - dot(g, down.y.data)) / (2 * STEP) : undefined
  }
  const [along, byCap] = [difference(1, 0), difference(0, 1)]
  if (along === undefined || byCap === undefined) return undefined
  const off = (x: number, y: number): number => Math.abs(x - y) / Math.max(1, Math.abs(y))
  return Math.max(off(dot(gradient.v.data, direction), along), off(gradient.caps[capped], byCap))
}
