import { ShapeError, stream } from '@nonconvex/tensor'
import { oneOf } from '../layer/kinds.js'
import {
  listOf,
  shapesOf,
  type Layer,
  type LayerArgs,
  type Shape,
  type Tensor,
  type Tf,
} from './types.js'

/** The pooling of a readout layer over the nodes of a graph. */
export interface ReadoutArgs extends LayerArgs {
  /**
   * sum (default), mean, max, or attention: a mean with weights softmax_i(u · y_i), u learned, over
   * the nodes
   */
  readonly pool?: 'sum' | 'mean' | 'max' | 'attention'
  /** initial u uniform on ±1/√d, from `stream(seed)`; integer ≥ 0, default 0 */
  readonly seed?: number
}

const pools = ['sum', 'mean', 'max', 'attention'] as const

/** Far below every score. */
const NEVER = -1e9

/** Makes readout layers, of a class registered with `tf`. */
export function readoutLayer(tf: Tf): (args?: ReadoutArgs) => Layer {
  class Readout extends tf.layers.Layer {
    static readonly className = 'Readout'
    readonly #pool: (typeof pools)[number]
    readonly #seed: number
    #score: { read(): Tensor } | undefined

    constructor(args: ReadoutArgs = {}) {
      super(args)
      const { pool = 'sum', seed = 0 } = args
      oneOf('Readout', 'pool', pool, pools)
      stream(seed)
      this.#pool = pool
      this.#seed = seed
    }

    override build(shape: Shape | Shape[]): void {
      const [nodes] = shapesOf(shape)
      const d = nodes.length === 3 ? nodes[2] : null
      if (d === null)
        throw new ShapeError(
          `${this.name}: expected nodes [B, n, d] with d known, got [${nodes.join(', ')}]`,
        )
      if (this.#pool === 'attention') {
        const drawn = {
          apply: () => {
            const u = stream(this.#seed).uniformInto(new Float64Array(d))
            return tf.tensor2d(
              Float32Array.from(u, (x) => (2 * x - 1) / Math.sqrt(d)),
              [d, 1],
            )
          },
        }
        const initializer = drawn as unknown as Parameters<typeof this.addWeight>[3]
        this.#score = this.addWeight('score', [d, 1], 'float32', initializer)
      }
      this.built = true
    }

    override computeOutputShape(shape: Shape | Shape[]): Shape {
      const [[B, , d]] = shapesOf(shape)
      return [B, d]
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      return tf.tidy(() => {
        const [nodes, given] = listOf(inputs)
        const [B, n, d] = nodes.shape
        const mask = given ? given.reshape([B, n, 1]) : tf.ones([B, n, 1])
        // what is not there counts as zeros, whatever its entries are
        const there = mask.greater(0)
        const kept = tf.where(there, nodes, tf.zerosLike(nodes))
        if (this.#pool === 'sum') return kept.sum(1)
        if (this.#pool === 'mean') return kept.sum(1).div(mask.sum(1).maximum(1))
        const out = mask.mul(-NEVER).add(NEVER)
        if (this.#pool === 'max') return kept.add(out).max(1).mul(mask.max(1))
        const u = this.#score?.read() ?? tf.zeros([d ?? 1, 1])
        const score = kept
          .reshape([-1, d ?? 1])
          .matMul(u.reshape([d ?? 1, 1]))
          .reshape([B, n, 1])
          .add(out)
        const weights = score.sub(score.max(1, true)).exp().mul(mask)
        // the largest weight is 1, so that less than 1 means that there is no node
        return kept.mul(weights).sum(1).div(weights.sum(1).maximum(1))
      })
    }

    override getConfig(): ReturnType<Layer['getConfig']> {
      return { ...super.getConfig(), pool: this.#pool, seed: this.#seed }
    }
  }
  tf.serialization.registerClass(Readout)
  return (args) => new Readout(args)
}
