import { decide, readable, type Claim, type Verdict } from '@nonconvex/optim/claims'
import type { Vec } from '@nonconvex/tensor'
import { certificateRecord, ends, type CertificateRecord, type Ends } from './certificate-record.js'
import type { Landscape } from './critical-point-claims.js'
import { landscapeHypotheses } from './critical-points.js'
import { proveCriticalPoints } from './critical-point-proofs.js'

export const kindsProvedClaim: Claim = {
  id: 'gaussian/kinds-proved',
  title: 'Interval arithmetic proves peak, minimum and saddle',
  rigor: 'proof',
  source: {
    talk: 'Gaussian Inputs: critical points of the no-overlap loss',
    ours: 'slopes at 0 between −cR and −bR, the Hessian on a cube around w*, and s̃(φ)/φ³ ≥ 1/3 − φ²/30',
  },
}

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

/**
 * Whether the kinds of all three points are proved. An enclosure that excludes a kind violates the
 * claim; one that is too wide to tell undecides it.
 *
 * @param found - of `proveKinds`
 */
export function decideKindsProved(at: Landscape, found: KindsProved): Verdict {
  const { slopes, minimum, saddle } = found
  const peak = slopes !== null && slopes[1] < 0
  const proved = [peak, minimum.status === 'certified', saddle.proved]
  const count = proved.filter(Boolean).length
  const excluded =
    (slopes !== null && slopes[0] >= 0) ||
    minimum.status === 'hessian-not-definite' ||
    (saddle.fall !== null && saddle.fall[1] <= 0)
  const names = ['peak', 'minimum', 'saddle'].filter((_, i) => !proved[i])
  return decide(kindsProvedClaim, {
    statement: `slopes at 0 at most ${readable(slopes?.[1] ?? NaN)}; w* alone within ${readable(minimum.radius ?? 0)}; across the ray of the saddle the loss falls like ${readable(saddle.coefficient?.[0] ?? NaN)} φ³, by ${readable(saddle.fall?.[0] ?? NaN)} φ³ or more up to φ = 1`,
    measured: count,
    relation: '==',
    bound: 3,
    hypotheses: landscapeHypotheses(at.m, at.R, at.k),
    witness: found,
    ...(count < 3 && !excluded && { undecided: `not proved: ${names.join(', ')}` }),
  })
}
