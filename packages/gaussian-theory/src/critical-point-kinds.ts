import type { Vec } from '@nonconvex/tensor'
import { certificateRecord, ends, type CertificateRecord, type Ends } from './certificate-record.js'
import { proveCriticalPoints } from './critical-point-proofs.js'

/** What `proveCriticalPoints` encloses, as plain data. */
export type KindsProved = {
  /** hold the one-sided derivatives at 0 in all unit directions */
  readonly slopes: Ends | null
  readonly minimum: CertificateRecord
  readonly saddle: {
    readonly alpha: Ends | null
    readonly loss: Ends | null
    readonly across: Ends | null
    readonly along: Ends | null
    /** hold (ℓ(−αw*) − ℓ)/φ³ on the sphere through the saddle, φ ≤ 1 */
    readonly fall: Ends | null
    /** hold the limit of that at φ = 0 */
    readonly coefficient: Ends | null
    readonly proved: boolean
  }
  /** that there is no fourth point, see `proveNoOther` */
  readonly others: {
    readonly across: Ends | null
    readonly along: Ends | null
    readonly proved: boolean
  }
}

/**
 * The proofs of `proveCriticalPoints` as plain data.
 *
 * @throws as proveCriticalPoints
 *
 * @example
 * import { proveKinds } from '@nonconvex/gaussian-theory'
 * console.log(proveKinds([1, 0], 5).minimum.status) // → certified
 */
export function proveKinds(wStar: Vec, k: number): KindsProved {
  const { origin, minimum, saddle, others } = proveCriticalPoints(wStar, k)
  const { alpha, loss, across, along, coefficient, fall, proved } = saddle
  return {
    slopes: ends(origin.slopes),
    minimum: certificateRecord(minimum),
    saddle: {
      alpha: ends(alpha),
      loss: ends(loss),
      across: ends(across),
      along: ends(along),
      fall: ends(fall),
      coefficient: ends(coefficient),
      proved,
    },
    others: {
      across: ends(others.across),
      along: ends(others.along),
      proved: others.proved,
    },
  }
}
