import { checkCount } from '@nonconvex/tensor/check'

/** The options of a convolutional network; for stride ≥ m patches do not overlap. */
export interface OverlapOptions {
  /** number of patches, integer ≥ 1 */
  readonly k: number
  /** distance between neighboring patches, integer ≥ 1 */
  readonly stride: number
}

/** The numbers of pairs of patches that do and that do not share a coordinate. */
export interface Lags {
  /** patches at lags 1 … near share a coordinate; lag D occurs k − D times in each direction */
  readonly near: number
  /** n_int: ordered pairs of different patches that share a coordinate */
  readonly shared: number
  /** n_far: ordered pairs of different patches that share no coordinate */
  readonly apart: number
}

/** Throws unless k and stride are integers ≥ 1. */
export function checkOverlap(fn: string, { k, stride }: OverlapOptions): void {
  checkCount(fn, 'k', k)
  checkCount(fn, 'stride', stride)
}

/** Computes {@link Lags}; the counts are exact below 2^53. */
export function lagsOf(m: number, { k, stride }: OverlapOptions): Lags {
  const near = Math.min(k - 1, Math.ceil(m / stride) - 1)
  // 2 Σ_{D=1}^{near} (k − D)
  const shared = near * (2 * k - 1 - near)
  return { near, shared, apart: k * k - k - shared }
}
