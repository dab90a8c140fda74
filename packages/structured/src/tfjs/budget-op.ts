import { ShapeError } from '@nonconvex/tensor'
import type { Engine } from '@nonconvex/tensor/engine'
import { budgetGradient, type Budget } from '../constrain/budget.js'
import { projectBudget, type ProjectBudgetOptions } from '../constrain/project-budget.js'
import { softBudget } from '../constrain/soft-budget.js'
import { customGrad } from './custom-grad.js'
import type { Tensor } from './types.js'

/** Labels of `projectBudget`. */
export interface ExactBudgetOptions extends ProjectBudgetOptions {
  readonly kind?: 'exact'
}

/** Labels of `softBudget`. */
export interface SmoothBudgetOptions {
  readonly kind: 'sigmoid' | 'laplace'
  /** ε > 0: how soft; 1 by default */
  readonly eps?: number
}

export type BudgetOpOptions = ExactBudgetOptions | SmoothBudgetOptions

/** Labels that keep a budget, as an op: scores [..., L] and budgets [...], one for each row of scores, give labels [..., L]. */
export type BudgetOp = (v: Tensor, z: Tensor | number) => Tensor

/**
 * A layer of labels that keep a budget, over any leading axes, differentiable by scores and by budgets: a network can predict both, how good
 * each label is and how many there are to be, and be trained through the constraint.
 *
 * @param engine - from startEngine
 * @param options - kind: exact (default), with the options of `projectBudget`; or sigmoid or laplace, with those of `softBudget`
 * @returns the op. It throws ShapeError for budgets of another shape, and what `projectBudget` and `softBudget` throw, NaN and budgets
 *   that cannot be kept among it
 *
 * Accuracy: rows are worked out in float64 and rounded to float32 once: |Σ y − z| ≤ L 2^-24 or so. At whole labels the gradient of `exact` is
 * 0 in all its entries; that of the soft kinds never is. Second derivatives are not supported.
 * Cost: O(L log L) a row, in this thread: on WebGL tensors are read back first.
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
export function budgetOp(engine: Engine, options: BudgetOpOptions = {}): BudgetOp {
  const { tf } = engine
  const labelsOf = (v: Float64Array, z: number): Budget =>
    isSmooth(options) ? softBudget(v, z, options) : projectBudget(v, z, options)
  const op = customGrad(tf, ([v, z]) => {
    const L = v.shape[v.shape.length - 1] ?? 1
    const scores = Float64Array.from(v.dataSync())
    const rows = Array.from(z.dataSync(), (budget, r) =>
      labelsOf(scores.subarray(r * L, (r + 1) * L), budget),
    )
    const y = new Float32Array(scores.length)
    rows.forEach((row, r) => {
      y.set(row.y, r * L)
    })
    const gradFunc = (dy: Tensor): Tensor[] => {
      const upstream = Float64Array.from(dy.dataSync())
      const byScores = new Float32Array(upstream.length)
      const byBudget = rows.map((row, r) => {
        const gradient = budgetGradient(row, upstream.subarray(r * L, (r + 1) * L))
        byScores.set(gradient.v, r * L)
        return gradient.z
      })
      return [tf.tensor(byScores, v.shape), tf.tensor(Float32Array.from(byBudget), z.shape)]
    }
    return { value: tf.tensor(y, v.shape), gradFunc }
  })
  return (v, z) =>
    tf.tidy(() => {
      const shape = v.shape.slice(0, -1)
      if (v.shape.length === 0)
        throw new ShapeError('budgetOp: v must have an axis of labels, got a scalar')
      const budget = typeof z === 'number' ? tf.fill(shape, z) : z
      if (budget.shape.join() !== shape.join())
        throw new ShapeError(
          `budgetOp: z must have shape [${shape.join(', ')}], got [${budget.shape.join(', ')}]`,
        )
      return op(v, budget)
    })
}

function isSmooth(options: BudgetOpOptions): options is SmoothBudgetOptions {
  return options.kind === 'sigmoid' || options.kind === 'laplace'
}
