import type { Tensor } from '@tensorflow/tfjs'
import { restoreStream } from '../random/open.js'
import type { Stream, StreamState } from '../random/stream.js'
import type { Tf } from './load.js'

/**
 * An initializer of tfjs, as returned by `tf.initializers.zeros()`, for example for
 * `kernelInitializer`.
 */
export type Initializer = ReturnType<Tf['initializers']['zeros']>

/** The distributions of the weights; fan-in and fan-out as in tfjs. */
export type InitializerKind = 'glorotUniform' | 'glorotNormal' | 'heUniform' | 'heNormal'

type Shape = readonly (number | null)[]

/** The class of seeded initializers for each instance of tfjs, where it is registered once. */
const classes = new WeakMap<Tf, (stream: Stream, kind: InitializerKind) => Initializer>()

/**
 * An initializer that draws from `stream` in float64 and rounds to float32, with the same values on
 * every backend. Saved models include the state of the stream.
 *
 * Variance: 2 / (fan-in + fan-out) for Glorot, 2 / fan-in for He; the uniform distributions are on
 * (−√3 σ, √3 σ), and the normal ones are not truncated.
 */
export function seededInitializer(tf: Tf, stream: Stream, kind: InitializerKind): Initializer {
  const make = classes.get(tf) ?? registered(tf)
  classes.set(tf, make)
  return make(stream, kind)
}

function registered(tf: Tf): (stream: Stream, kind: InitializerKind) => Initializer {
  type Base = new () => Initializer
  // Layers accept instances of tfjs' base class only, which is not exported.
  const base = Object.getPrototypeOf(tf.initializers.zeros().constructor) as Base
  class SeededInitializer extends base {
    static readonly className = 'SeededInitializer'
    readonly #stream: Stream
    readonly #kind: InitializerKind
    readonly #from: StreamState

    constructor(stream: Stream, kind: InitializerKind) {
      super()
      this.#stream = stream
      this.#kind = kind
      this.#from = stream.save()
    }

    override apply(shape: Shape): Tensor {
      const sizes = shape.map((n) => n ?? 1)
      const values = weights(this.#stream, this.#kind, sizes)
      return tf.tensor(Float32Array.from(values), sizes, 'float32')
    }

    override getConfig(): { name: string; position: number; kind: InitializerKind } {
      return { ...this.#from, kind: this.#kind }
    }

    static fromConfig(_: unknown, config: StreamState & { kind: InitializerKind }): Initializer {
      const { name, position, kind } = config
      return new SeededInitializer(restoreStream({ name, position }), kind)
    }
  }
  tf.serialization.registerClass(SeededInitializer as never)
  return (stream, kind) => new SeededInitializer(stream, kind)
}

/** The initial values of a tensor of the given shape. */
export function weights(
  stream: Stream,
  kind: InitializerKind,
  shape: readonly number[],
): Float64Array {
  const { fanIn, fanOut } = fans(shape)
  const variance = kind.startsWith('glorot') ? 2 / (fanIn + fanOut) : 2 / fanIn
  const out = new Float64Array(shape.reduce((product, n) => product * n, 1))
  if (kind.endsWith('Normal')) {
    stream.normalInto(out)
    return out.map((z) => z * Math.sqrt(variance))
  }
  stream.uniformInto(out)
  return out.map((u) => (2 * u - 1) * Math.sqrt(3 * variance))
}

/**
 * Fan-in and fan-out of a kernel of shape [… receptive field, in, out]; the length of a vector is
 * both.
 */
function fans(shape: readonly number[]): { fanIn: number; fanOut: number } {
  if (shape.length < 2) return { fanIn: shape[0] ?? 1, fanOut: shape[0] ?? 1 }
  const window = shape.slice(0, -2).reduce((product, n) => product * n, 1)
  return { fanIn: window * shape[shape.length - 2], fanOut: window * shape[shape.length - 1] }
}
