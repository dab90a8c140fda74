import { patchLoss, stridePatches, type OverlapShape } from '@nonconvex/gaussian-theory/overlap'

/** Throws unless the loss at w is, to 1e-12, the sum over all pairs of patches. */
export function checkPairs(
  w: readonly number[],
  loss: number,
  teacher: readonly number[],
  shape: OverlapShape,
): void {
  const { patches, d } = stridePatches(shape.m, shape)
  const pairs = patchLoss(w, teacher, patches, d)
  if (!(Math.abs(pairs - loss) <= 1e-12))
    throw new Error(`the sum over pairs of patches gives the loss ${pairs}, recorded is ${loss}`)
}
