import type { Tensor, Tf } from './types.js'

/** An op of tfjs: tensors in, one tensor out. */
export type Op = (...inputs: Tensor[]) => Tensor

/** The last argument that tfjs passes: saves tensors for the backward pass. */
export type Save = (tensors: Tensor[]) => void

type Forward = (
  inputs: Tensor[],
  save: Save,
) => { value: Tensor; gradFunc: (dy: Tensor, saved: Tensor[]) => Tensor[] }

/** An op with a custom gradient. tfjs passes the tensors one by one, and `save` last. */
export function customGrad(tf: Tf, forward: Forward): Op {
  return tf.customGrad((...args) => {
    const save = args[args.length - 1] as unknown as Save
    return forward(args.slice(0, -1) as Tensor[], save)
  })
}
