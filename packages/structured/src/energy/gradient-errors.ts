import { checkCount } from '@nonconvex/tensor/check'
import type { Stream } from '@nonconvex/tensor'
import { unrolledInference, type ProjectionKind } from './unrolled.js'

const STEP = 1e-6

/**
 * How far the gradients of `unrolledInference` are from central differences, on random problems with
 * 2 to 7 labels, 1 to 3 interactions and 4 steps: the largest difference of an entry by u, W, c or z
 * for each problem, in units of the largest entry or 1.
 *
 * @throws RangeError for a number of problems that is not an integer ≥ 1
 *
 * @example
 * import { unrolledErrors } from '@nonconvex/structured/energy'
 * import { stream } from '@nonconvex/tensor'
 * const [error] = unrolledErrors({ projection: 'exact', problems: 1, stream: stream(1) })
 * console.log(error < 1e-6) // → true
 */
export function unrolledErrors({
  projection,
  problems,
  stream: s,
}: {
  readonly projection: ProjectionKind
  readonly problems: number
  readonly stream: Stream
}): readonly number[] {
  checkCount('unrolledErrors', 'problems', problems)
  const options = { projection, steps: 4, eta: 0.1 }
  const normals = (length: number): Float64Array => s.normalInto(new Float64Array(length))
  return Array.from({ length: problems }, () => {
    const [L, G] = [2 + s.integer(6), 1 + s.integer(3)]
    const point = { u: normals(L), w: normals(L * G), c: normals(G), z: new Float64Array(1) }
    point.z[0] = 0.3 + s.uniform() * (L - 0.6)
    const upstream = Array.from({ length: options.steps }, () => normals(L))
    const inferred = (at: typeof point) => unrolledInference(at, at.z[0], options)
    const loss = (at: typeof point): number =>
      inferred(at).iterates.reduce(
        (sum, y, t) => sum + y.reduce((own, label, i) => own + label * upstream[t][i], 0),
        0,
      )
    const sums = { w: new Float64Array(L * G), c: new Float64Array(G) }
    const { u, z } = inferred(point).backward(upstream, sums)
    const gradient = { u, w: sums.w, c: sums.c, z: Float64Array.of(z) }
    let [worst, size] = [0, 1]
    for (const name of ['u', 'w', 'c', 'z'] as const)
      gradient[name].forEach((slope, i) => {
        const moved = (by: number): number => {
          const own = point[name].slice()
          own[i] += by
          return loss({ ...point, [name]: own })
        }
        worst = Math.max(worst, Math.abs((moved(STEP) - moved(-STEP)) / (2 * STEP) - slope))
        size = Math.max(size, Math.abs(slope))
      })
    return worst / size
  })
}
