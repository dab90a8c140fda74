import type { Certificate, CertificateStatus } from '@nonconvex/optim/certify'
import type { Interval } from '@nonconvex/tensor/interval'

/** The two ends of an interval. */
export type Ends = readonly [number, number]

/**
 * A certificate, or the reason why there is none, as plain JSON data; missing and non-finite
 * numbers are null.
 */
export type CertificateRecord = {
  readonly status: CertificateStatus
  readonly rigor: Certificate['rigor']
  /** ‖∇f‖ is at most this */
  readonly gradientBound: number | null
  /** holds the smallest eigenvalue of the Hessian */
  readonly smallestEigenvalue: Ends | null
  /** in the ball of this radius there is one critical point and no other */
  readonly radius: number | null
  /** the smallest eigenvalue on that ball is at least this */
  readonly convexity: number | null
  /** how far the minimum may be from the point */
  readonly minimumWithin: number | null
  /** holds the value at the minimum */
  readonly minimumValue: Ends | null
  /**
   * encloses the value at every point of the ball of `radius`; only of interval certificates
   */
  readonly ballValue?: Ends
  /** the deciding numbers, as a sentence */
  readonly message: string
}

/**
 * Converts a certificate to plain data without its point.
 *
 * @example
 * import { certificateRecord } from '@nonconvex/gaussian-theory'
 * import { certifyMinimum } from '@nonconvex/gaussian-theory/overlap'
 * const found = certifyMinimum([0, 0], [-1, 1], { k: 2, stride: 1 })
 * console.log(certificateRecord(found).gradientBound) // → null
 */
export function certificateRecord(found: Certificate): CertificateRecord {
  const certified = found.status === 'certified' ? found : undefined
  const ballValue = ends(certified?.ballValue)
  return {
    status: found.status,
    rigor: found.rigor,
    gradientBound: finite(found.gradientBound),
    smallestEigenvalue: ends(found.smallestEigenvalue),
    radius: finite(certified?.radius),
    convexity: finite(certified?.convexity),
    minimumWithin: finite(certified?.minimumWithin),
    minimumValue: ends(certified?.minimumValue),
    ...(ballValue && { ballValue }),
    message: found.message,
  }
}

/** The two ends of an interval as numbers; null unless both are finite. */
export function ends(x: Interval | undefined): Ends | null {
  const [lo, hi] = [finite(x?.lo), finite(x?.hi)]
  return lo === null || hi === null ? null : [lo, hi]
}

function finite(x: number | undefined): number | null {
  // + 0 because JSON has no −0
  return x !== undefined && Number.isFinite(x) ? x + 0 : null
}
