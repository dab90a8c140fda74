import { ShapeError } from '@nonconvex/tensor'
import type { Engine } from '@nonconvex/tensor/engine'
import { budgetGradient, type Budget } from '../cardinality/budget.js'
import { projectBudget, type ProjectBudgetOptions } from '../cardinality/project-budget.js'
import { softBudget } from '../cardinality/soft-budget.js'
import { oneOf } from '../layer/kinds.js'
import { customGrad, type Op } from './custom-grad.js'
import type { Tensor } from './types.js'

/** Labels of `projectBudget`. */
export interface ExactBudgetOptions extends ProjectBudgetOptions {
  readonly kind?: 'exact'
}

/** Labels of `softBudget`. */
export interface SmoothBudgetOptions {
  readonly kind: 'sigmoid' | 'laplace'
  /** ε > 0, the temperature; 1 by default */
  readonly eps?: number
}

export type BudgetOpOptions = ExactBudgetOptions | SmoothBudgetOptions

/**
 * Projection onto a cardinality constraint as an op: scores [..., L] and budgets [...], one for
 * each row of scores, to labels [..., L].
 */
export type BudgetOp = (v: Tensor, z: Tensor | number) => Tensor

/**
 * Projection onto a cardinality constraint over any leading axes, differentiable by scores and
 * budgets: a network can predict both scores and number of labels, and be trained through the
 * constraint.
 *
 * @param engine - from startEngine
 * @param options - kind: exact (default), with the options of `projectBudget`; or sigmoid or
 *   laplace, with those of `softBudget`
 * @returns the op. It throws ShapeError for budgets of another shape, and the errors of
 *   `projectBudget` and `softBudget`, for NaN and infeasible budgets among others
 *
 * Accuracy: rows are computed in float64 and rounded to float32 once: |Σ y − z| ≲ L 2^-24; a number
 * z is not rounded. At integral labels the gradient of `exact` is 0. That of the soft kinds decays
 * with the gap between scores, and is 0 in float32 beyond some 100 ε, and for budgets 0 and L.
 * Second derivatives are not supported. Cost: O(L log L) a row, in this thread: on WebGL tensors
 * are read back first.
 *
 * @example
 * import { budgetOp } from '@nonconvex/structured/tfjs'
 * import { startEngine } from '@nonconvex/tensor/engine'
 * const engine = await startEngine()
 * const { tf } = engine
 * const labels = budgetOp(engine)
 * const v = tf.tensor2d([[2, 0.5, 0.25, -1], [0, 0, 0, 0]])
 * console.log(labels(v, tf.tensor1d([2, 1])).arraySync()) // → [ [ 1, 0.625, 0.375, 0 ], [ 0.25, 0.25, 0.25, 0.25 ] ]
 * const slope = tf.grad((z) => labels(v, z).slice([0, 1], [1, 1]).sum())
 * console.log(slope(tf.tensor1d([2, 1])).arraySync()) // → [ 0.5, 0 ]
 * engine.dispose()
 */
export function budgetOp({ tf }: Pick<Engine, 'tf'>, options: BudgetOpOptions = {}): BudgetOp {
  oneOf('budgetOp', 'kind', options.kind ?? 'exact', ['exact', 'sigmoid', 'laplace'])
  const labelsOf = (v: Float64Array, z: number): Budget =>
    isSmooth(options) ? softBudget(v, z, options) : projectBudget(v, z, options)
  /** one budget for all rows, or a tensor of theirs */
  const op = (one: number | undefined): Op =>
    customGrad(tf, ([v, z]) => {
      const L = v.shape[v.shape.length - 1] ?? 1
      const scores = new Float64Array(v.dataSync())
      const rows = Array.from({ length: v.size / Math.max(1, L) }, (_, r) => r)
      const budgets = one === undefined ? z.dataSync() : rows.map(() => one)
      const found = rows.map((r) => labelsOf(scores.subarray(r * L, (r + 1) * L), budgets[r]))
      const y = new Float32Array(scores.length)
      found.forEach((row, r) => {
        y.set(row.y, r * L)
      })
      const gradFunc = (dy: Tensor): Tensor[] => {
        const upstream = new Float64Array(dy.dataSync())
        const byScores = new Float32Array(upstream.length)
        const byBudget = found.map((row, r) => {
          const gradient = budgetGradient(row, upstream.subarray(r * L, (r + 1) * L))
          byScores.set(gradient.v, r * L)
          return gradient.z
        })
        const ofScores = tf.tensor(byScores, v.shape)
        return one === undefined
          ? [ofScores, tf.tensor(Float32Array.from(byBudget), z.shape)]
          : [ofScores]
      }
      return { value: tf.tensor(y, v.shape), gradFunc }
    })
  const ofTensors = op(undefined)
  return (v, z) =>
    tf.tidy(() => {
      const shape = v.shape.slice(0, -1)
      if (v.shape.length === 0)
        throw new ShapeError('budgetOp: v must have an axis of labels, got a scalar')
      if (typeof z === 'number') return op(z)(v)
      if (z.shape.join() !== shape.join())
        throw new ShapeError(
          `budgetOp: z must have shape [${shape.join(', ')}], got [${z.shape.join(', ')}]`,
        )
      return ofTensors(v, z)
    })
}

function isSmooth(options: BudgetOpOptions): options is SmoothBudgetOptions {
  return options.kind === 'sigmoid' || options.kind === 'laplace'
}
