import type { OverlapShape } from '@nonconvex/gaussian-theory/overlap'

export const nameOf = ({ m, stride, k }: OverlapShape): string => `m=${m},s=${stride},k=${k}`

type Lists = { readonly [name in 'm' | 'stride' | 'k']: readonly number[] }

/** All networks of the lists, each once; strides beyond m are the same network as stride m. */
export function combinations({ m, stride, k }: Lists): OverlapShape[] {
  const shapes = m.flatMap((length) =>
    k.flatMap((patches) =>
      stride.map((s) => ({ m: length, stride: Math.min(s, length), k: patches })),
    ),
  )
  return [...new Map(shapes.map((shape) => [nameOf(shape), shape])).values()]
}

interface OfNetwork {
  readonly shape: OverlapShape
}

/** The table columns that identify the network of a row. */
export const networkColumns = {
  m: ['$m$', ({ shape }: OfNetwork) => shape.m],
  stride: ['stride', ({ shape }: OfNetwork) => shape.stride],
  k: ['$k$', ({ shape }: OfNetwork) => shape.k],
} as const
