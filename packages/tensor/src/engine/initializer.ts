import type { Stream } from '../random/index.js'
import type { Tf } from './load.js'

/**
 * tfjs' initialisers, as `tf.initializers.zeros()` returns them: what layers take as
 * `kernelInitializer`.
 */
export type Initializer = ReturnType<Tf['initializers']['zeros']>

/** The laws of the weights; fan-in and fan-out as in tfjs. */
export type InitializerKind = 'glorotUniform' | 'glorotNormal' | 'heUniform' | 'heNormal'

type Shape = readonly (number | null)[]

/**
 * An initialiser whose numbers come from `stream`, computed in float64 and rounded to float32: the
 * same on every backend.
 *
 * Variance: 2 / (fan-in + fan-out) for Glorot, 2 / fan-in for He; the uniform laws on (−√3 σ, √3
 * σ), the normal ones not truncated.
 */
export function seededInitializer(tf: Tf, stream: Stream, kind: InitializerKind): Initializer {
  // Layers accept instances of tfjs' base class only, which is not exported.
  const zeros = tf.initializers.zeros()
  const base = Object.getPrototypeOf(Object.getPrototypeOf(zeros)) as object
  const seeded = Object.create(base) as object
  return Object.assign(seeded, {
    apply: (shape: Shape) => {
      const sizes = shape.map((n) => n ?? 1)
      return tf.tensor(Float32Array.from(weights(stream, kind, sizes)), sizes, 'float32')
    },
    getConfig: () => ({ stream: stream.name, kind }),
    getClassName: () => 'SeededInitializer',
  }) as unknown as Initializer
}

/** The numbers themselves, for a tensor of the given shape. */
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

/** Kernels are [… window, in, out]; a vector counts as both. */
function fans(shape: readonly number[]): { fanIn: number; fanOut: number } {
  if (shape.length < 2) return { fanIn: shape[0] ?? 1, fanOut: shape[0] ?? 1 }
  const window = shape.slice(0, -2).reduce((product, n) => product * n, 1)
  return { fanIn: window * shape[shape.length - 2], fanOut: window * shape[shape.length - 1] }
}
