import { initialWeights, type SgdOptions } from '@nonconvex/overparam'
import type { Stream } from '@nonconvex/tensor'

/**
 * SGD from W₀ with rows of norm about row/√(2k), 1/√(2k) by default, through a new permutation in
 * each epoch, both from the stream of the run.
 */
export function scaledRun(
  stream: Stream,
  given: Pick<SgdOptions, 'alpha' | 'eta' | 'maxSteps'> & {
    readonly k: number
    readonly d: number
    readonly row?: number
  },
): SgdOptions & { readonly k: number; readonly start: Float64Array } {
  const { d, row = 1, ...rest } = given
  return {
    ...rest,
    start: initialWeights({ kind: 'scaled', row, stream: stream.child('start') }, given.k, d),
    order: { kind: 'permutation', stream: stream.child('order') },
  }
}
