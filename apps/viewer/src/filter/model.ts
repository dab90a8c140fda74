import { overlapLoss } from '@nonconvex/gaussian-theory/overlap'
import { inputSize, monteCarlo, network } from '@nonconvex/gaussian-theory/samples'
import { stream } from '@nonconvex/tensor'

/** The patches of the network. */
export interface Patches {
  readonly k: number
  readonly stride: number
}

/** What one filter computes on one input. */
export interface Pass {
  /** w·x[i], by patch */
  readonly sums: readonly number[]
  /** the mean of their positive parts */
  readonly output: number
}

/** The input of a seed: independent standard normal coordinates, as many as the patches need. */
export function inputOf(seed: number, m: number, patches: Patches): Float64Array {
  return stream(seed)
    .child('filter')
    .child('input')
    .normalInto(new Float64Array(inputSize(m, patches)))
}

/** The filter at each patch of the input, and the output of the network. */
export function passOf(w: readonly number[], x: Float64Array, { k, stride }: Patches): Pass {
  const sums = Array.from({ length: k }, (_, i) =>
    w.reduce((sum, weight, j) => sum + weight * x[i * stride + j], 0),
  )
  return { sums, output: network(x, w, { k, stride }) }
}

/** In how many patches each coordinate of the input lies. */
export function coverage(m: number, { k, stride }: Patches): readonly number[] {
  const counts = Array.from({ length: inputSize(m, { k, stride }) }, () => 0)
  for (let i = 0; i < k; i++) for (let j = 0; j < m; j++) counts[i * stride + j]++
  return counts
}

/** The expected squared difference of the outputs, in closed form for any stride. */
export const expectedLoss = (
  w: readonly number[],
  teacher: readonly number[],
  patches: Patches,
): number => overlapLoss(w, teacher, patches)

/** Inputs over which the squared difference is averaged, to compare with the closed form. */
export const SAMPLES = 2000

/** The mean squared difference over fresh inputs, with its standard error. */
export function sampledLoss(
  seed: number,
  w: readonly number[],
  teacher: readonly number[],
  patches: Patches,
): { readonly mean: number; readonly error: number } {
  const { mean, se } = monteCarlo({
    ...patches,
    w,
    wStar: teacher,
    n: SAMPLES,
    stream: stream(seed).child('filter').child('sample'),
  })
  return { mean, error: se }
}
