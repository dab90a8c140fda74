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
 * The assertion of an interval certificate: one critical point within the radius, a strict local
 * minimum; kind `spurious-minimum` where its loss is above 0. Its bounds are rounded to the weaker
 * side.
 *
 * @param part - the part of the certified radius that is asserted; in more dimensions a smaller one
 *   is checked much sooner
 */
export function minimumAssertion(
  { shape: { k, stride }, found, wStar, w }: CertifiedMinimumFacts,
  part = 1,
): ProofAssertion {
  const { radius, convexity, minimumValue } = found
  const loss = minimumValue?.[0] ?? NaN
  return {
    kind: loss > 0 ? 'spurious-minimum' : 'minimum',
    k,
    stride,
    teacher: wStar.map(String),
    point: w.map(String),
    radius: decimalBelow((radius ?? NaN) * part, 4),
    convexity: decimalBelow(convexity ?? NaN, 4),
    ...(loss > 0 && { loss: decimalBelow(loss, 6) }),
  }
}
