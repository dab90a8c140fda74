import { norm2, type Vec } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import type { OverlapOptions } from '../overlap/lags.js'
import { overlapHessian } from '../overlap/overlap-hessian.js'
import type { EndPoint } from './descend-one.js'
import { checkPositive } from '@nonconvex/tensor/check'

/** A cluster of end points that coincide up to the accuracy of the runs. */
export interface Cluster {
  /** the member with the smallest gradient */
  readonly w: Float64Array
  readonly loss: number
  readonly gradientNorm: number
  /** smallest eigenvalue of the Hessian there: positive at a strict local minimum */
  readonly smallestEigenvalue: number
  readonly count: number
}

/**
 * Groups the failed runs of one teacher by their end points: a run joins the first group whose
 * first member is within `radius` · R of it.
 *
 * A cluster is a candidate for a spurious minimum; `localEvidence` at its point gives the numbers
 * for a certificate.
 *
 * @param ends - of `descendBatch`; those with another status than `stuck` are ignored
 * @param radius - distance in units of R, > 0, default 1e-4
 * @returns clusters, the largest first (equal ones in the order met)
 * @throws RangeError for another radius; as overlapHessian
 * Cost: O(ends · clusters · m).
 *
 * @example
 * import { clusterEnds } from '@nonconvex/gaussian-theory/restarts'
 * console.log(clusterEnds([], [-1, 1], { k: 3, stride: 1 })) // → []
 */
export function clusterEnds(
  ends: readonly EndPoint[],
  wStar: Vec,
  options: OverlapOptions & { readonly radius?: number },
): readonly Cluster[] {
  const { radius = 1e-4 } = options
  checkPositive('clusterEnds', 'radius', radius)
  const near = radius * norm2(wStar)
  const groups: EndPoint[][] = []
  for (const end of ends) {
    if (end.kind !== 'stuck') continue
    const group = groups.find(([first]) => distance(first.w, end.w) <= near)
    if (group === undefined) groups.push([end])
    else group.push(end)
  }
  const clusters = groups.map((group) => {
    const best = group.reduce((a, b) => (b.gradientNorm < a.gradientNorm ? b : a))
    const { w, loss, gradientNorm } = best
    const { values } = eigenSymmetric(overlapHessian(w, wStar, options))
    return { w, loss, gradientNorm, smallestEigenvalue: values[0], count: group.length }
  })
  return clusters.sort((a, b) => b.count - a.count)
}

function distance(a: Float64Array, b: Float64Array): number {
  return norm2(a.map((x, i) => x - b[i]))
}
