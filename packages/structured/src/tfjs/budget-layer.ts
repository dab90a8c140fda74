import { ShapeError } from '@nonconvex/tensor'
import type { ProjectBudgetOptions } from '../cardinality/project-budget.js'
import { budgetOp, type BudgetOp } from './budget-op.js'
import {
  listOf,
  shapesOf,
  type Layer,
  type LayerArgs,
  type Shape,
  type Tensor,
  type Tf,
} from './types.js'

/** Options of the projection: those of `budgetOp`, with `weights` renamed to `coefficients`. */
export interface BudgetLayerArgs
  extends LayerArgs, Pick<ProjectBudgetOptions, 'lo' | 'hi' | 'mode'> {
  /** the budget z of every row, unless it is the second input */
  readonly budget?: number
  /** exact (default): the projection; sigmoid, laplace: smooth, with `eps` and no box */
  readonly kind?: 'exact' | 'sigmoid' | 'laplace'
  readonly eps?: number
  /** a: coefficients of the constraint; 1 by default */
  readonly coefficients?: readonly number[]
  /** the axis of the constraint; default the last one */
  readonly axis?: number
}

const names = ['budget', 'kind', 'eps', 'lo', 'hi', 'mode', 'coefficients', 'axis'] as const

/** Makes projection layers, of a class registered with `tf`. */
export function budgetLayer(tf: Tf): (args?: BudgetLayerArgs) => Layer {
  class BudgetProjection extends tf.layers.Layer {
    static readonly className = 'BudgetProjection'
    readonly #args: BudgetLayerArgs
    readonly #op: BudgetOp

    constructor(args: BudgetLayerArgs & { readonly hi?: number | 'infinity' } = {}) {
      super(args)
      const given = names.flatMap((name) => (args[name] === undefined ? [] : [[name, args[name]]]))
      // JSON has no infinity
      const hi = (args.hi as unknown) === 'infinity' ? { hi: Infinity } : {}
      this.#args = { ...(Object.fromEntries(given) as BudgetLayerArgs), ...hi }
      const { kind = 'exact', eps, lo, hi: most, mode, coefficients } = this.#args
      this.#op = budgetOp(
        { tf },
        kind === 'exact'
          ? {
              kind,
              ...(lo !== undefined && { lo }),
              ...(most !== undefined && { hi: most }),
              ...(mode !== undefined && { mode }),
              ...(coefficients !== undefined && { weights: coefficients }),
            }
          : { kind, ...(eps !== undefined && { eps }) },
      )
    }

    override build(shape: Shape | Shape[]): void {
      const shapes = shapesOf(shape)
      if (shapes.length > 2 || (shapes.length === 1) === (this.#args.budget === undefined))
        throw new ShapeError(
          `${this.name}: expected scores and a budget, as second input or as option, got ${shapes.length} inputs and budget ${this.#args.budget}`,
        )
      this.built = true
    }

    override computeOutputShape(shape: Shape | Shape[]): Shape {
      return shapesOf(shape)[0]
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      return tf.tidy(() => {
        const [v, second] = listOf(inputs)
        const last = v.rank - 1
        const axis = this.#args.axis === undefined ? last : (this.#args.axis + v.rank) % v.rank
        const order = v.shape.map((_, i) => (i === axis ? last : i === last ? axis : i))
        const scores = axis === last ? v : v.transpose(order)
        const z = second as Tensor | undefined
        const budget = z ? z.reshape(scores.shape.slice(0, -1)) : (this.#args.budget ?? NaN)
        const labels = this.#op(scores, budget)
        return axis === last ? labels : labels.transpose(order)
      })
    }

    override getConfig(): ReturnType<Layer['getConfig']> {
      const { hi, coefficients, ...args } = this.#args
      return {
        ...super.getConfig(),
        ...(args as Record<string, string | number>),
        ...(coefficients && { coefficients: [...coefficients] }),
        ...(hi !== undefined && { hi: hi === Infinity ? 'infinity' : hi }),
      }
    }
  }
  tf.serialization.registerClass(BudgetProjection)
  return (args) => new BudgetProjection(args)
}
