import { claim, readable, type Evidence } from '@nonconvex/optim/claims'
import type { CertificateStatus } from '@nonconvex/optim/certify'
import type { CertificateRecord } from '../certificate-record.js'
import { overlapHypotheses } from './claims.js'
import type { OverlapShape } from './smoothness.js'

const talk = 'Gaussian Inputs: networks with overlap'

/** Certified, and the loss at the minimum above 0 with all rounding. */
export function isSpuriousRecord({ status, minimumValue }: CertificateRecord): boolean {
  return status === 'certified' && minimumValue !== null && minimumValue[0] > 0
}

/** A certificate at a point of an overlap network. */
export interface CertifiedMinimumFacts {
  readonly shape: OverlapShape
  readonly found: CertificateRecord
  /** the point, for the witness */
  readonly w: readonly number[]
}

/** A refusal undecides the claim; only an eigenvalue ≤ 0 violates it. */
function minimumEvidence({ shape, found, w }: CertifiedMinimumFacts): Evidence {
  const { status, message, minimumValue, ballValue, radius } = found
  const value = minimumValue?.[0] ?? NaN
  const spurious = isSpuriousRecord(found)
  return {
    statement: spurious
      ? `alone within ${readable(radius ?? NaN)}, smallest eigenvalue there at least ${readable(found.convexity ?? NaN)}, loss ℓ ${ballValue ? 'all over it' : 'at the minimum'} at least ${readable(value)}`
      : message,
    hypotheses: overlapHypotheses(shape),
    witness: { w: [...w], ...found },
    holds: spurious,
    ...(spurious && { measured: value, relation: '>=', bound: 0 }),
    ...(!spurious &&
      status !== 'hessian-not-definite' && {
        undecided:
          status === 'certified' ? 'the loss there may be 0' : `the certificate is ${status}`,
      }),
  }
}

/** A strict local minimum that is not global lies at the point of a float64 certificate. */
export const certifiedMinimum = claim(
  'gaussian/overlap-minimum-certified',
  'A disc around the local minimum holds no other critical point',
  'float64',
  { talk, ours: 'strong convexity on a ball, from the Lipschitz constant of the Hessian' },
  minimumEvidence,
)

/** A strict local minimum that is not global lies at the point of an interval certificate. */
export const provedMinimum = claim(
  'gaussian/overlap-minimum-proved',
  'That it is a local minimum and not global is proved by interval arithmetic',
  'proof',
  {
    talk,
    ours: 'gradient at the point and Hessian on a square around it, every rounding enclosed',
  },
  minimumEvidence,
)

/** A place where random starts of one teacher ended, with its certificate. */
export interface StuckPlace {
  readonly shape: OverlapShape
  readonly wStar: readonly number[]
  readonly w: readonly number[]
  /** starts that ended there */
  readonly count: number
  readonly certificate: CertificateRecord
}

/**
 * How many places and starts have each outcome; 'certified' are those with a loss above 0, 'global'
 * the other certified ones.
 */
export type StuckTally = {
  readonly [status in CertificateStatus | 'global']?: {
    readonly places: number
    readonly starts: number
  }
}

/** Counts the outcomes. */
export function tallyStuck(places: readonly StuckPlace[]): StuckTally {
  const tally: { [status: string]: { places: number; starts: number } } = {}
  for (const { certificate, count } of places) {
    const certified = certificate.status === 'certified'
    const status = certified && !isSpuriousRecord(certificate) ? 'global' : certificate.status
    const so = tally[status] ?? { places: 0, starts: 0 }
    tally[status] = { places: so.places + 1, starts: so.starts + count }
  }
  return tally
}

/**
 * Whether each place where starts were stuck is certified as a minimum that is not global. One with
 * an eigenvalue ≤ 0 violates that; one without a certificate undecides it, and is counted.
 *
 * @param unfinished - starts that ran out of steps: they are in no place, and only counted
 */
export const stuckCertified = claim(
  'gaussian/stuck-certified',
  'Every place where random starts fail is certified as a local minimum',
  'float64',
  { ours: 'strong convexity on a ball around the end point, and a loss above 0' },
  ({
    shape,
    places,
    unfinished = 0,
  }: {
    readonly shape: OverlapShape
    readonly places: readonly StuckPlace[]
    readonly unfinished?: number
  }) => {
    const tally = tallyStuck(places)
    const certified = tally.certified?.places ?? 0
    const others = Object.entries(tally).filter(([status]) => status !== 'certified')
    const counted = others.map(([status, { places: n }]) => `${readable(n)} ${status}`)
    const starts = places.reduce((sum, { count }) => sum + count, 0)
    const weakest = weakestOf(places)
    const hypotheses = overlapHypotheses(shape)
    const found: Evidence = {
      statement: [
        `${readable(certified)} of ${readable(places.length)} places, with ${readable(tally.certified?.starts ?? 0)} of ${readable(starts)} stuck starts, certified`,
        ...counted,
        ...(unfinished > 0 ? [`${readable(unfinished)} starts ran out of steps`] : []),
        ...(weakest ? [`smallest radius ${readable(weakest.certificate.radius ?? 0)}`] : []),
      ].join('; '),
      measured: certified,
      relation: '==',
      bound: places.length,
      hypotheses,
      witness: { tally, ...(weakest && { weakest: { ...weakest, shape: { ...weakest.shape } } }) },
    }
    if (places.length === 0) return { ...found, undecided: 'no run was stuck' }
    if (certified === places.length || tally['hessian-not-definite']) return found
    return {
      ...found,
      undecided: `not certified: ${counted.join(', ')}`,
    }
  },
)

/** The certified place with the smallest radius. */
function weakestOf(places: readonly StuckPlace[]): StuckPlace | undefined {
  const radius = (place: StuckPlace): number => place.certificate.radius ?? Infinity
  return places
    .filter(({ certificate }) => isSpuriousRecord(certificate))
    .reduce<StuckPlace | undefined>((a, b) => (a && radius(a) <= radius(b) ? a : b), undefined)
}
