import { decimalBelow, type ProofAssertion } from '@nonconvex/optim/claims'
import type { CertificateRecord } from '../certificate-record.js'
import type { OverlapShape } from './smoothness.js'

/** A certificate at a point of an overlap network. */
export interface CertifiedMinimumFacts {
  readonly shape: OverlapShape
  readonly found: CertificateRecord
  readonly wStar: readonly number[]
  readonly w: readonly number[]
}

/**
 * The assertion `spurious-minimum` of an interval certificate: one critical point within the radius,
 * a strict local minimum with a loss above 0. Its bounds are rounded to the weaker side.
 */
export function spuriousAssertion({
  shape: { k, stride },
  found: { radius, convexity, minimumValue },
  wStar,
  w,
}: CertifiedMinimumFacts): ProofAssertion {
  return {
    kind: 'spurious-minimum',
    k,
    stride,
    teacher: wStar.map(String),
    point: w.map(String),
    radius: decimalBelow(radius ?? NaN, 4),
    convexity: decimalBelow(convexity ?? NaN, 4),
    loss: decimalBelow(minimumValue?.[0] ?? NaN, 6),
  }
}
