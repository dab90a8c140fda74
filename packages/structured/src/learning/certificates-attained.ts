import { claim, counted, readable } from '@nonconvex/optim/claims'
import { norm2 } from '@nonconvex/tensor'
import { checkPositive } from '@nonconvex/tensor/check'
import { likelihoodObjective } from './chain-objective.js'
import { gradientCertificate } from './fit.js'
import { checkSequences, dimensionOf, type ChainSizes, type LabeledSequence } from './sequences.js'

/** A certificate beside the true distance from the minimum, and the part of it that theory requires. */
export interface AttainedCertificate {
  /** how sentences name the point: 'λ = 0.1, |w| = 10⁴' */
  readonly at: string
  readonly certificate: number
  /** value minus the minimum */
  readonly gap: number
  /** in (0, 1) */
  readonly floor: number
}

/**
 * The certificate |∇F|²/2λ of a chain CRF far from the minimum, where λ|w|²/2 is nearly all of F: with
 * the likelihood's gradient g = ∇F − λw there,
 *
 *     (F(w) − F*) / (|∇F|²/2λ)  ≥  1 − 2F(0)/(λ|w|²) − 2|g|/(λ|w|)
 *
 * since F(w) ≥ λ|w|²/2, F* ≤ F(0) and |∇F| ≤ λ|w| + |g|.
 *
 * @param options - λ > 0; minimum F*; length |w| > 0, all entries of w equal
 * @throws ShapeError, RangeError for data that do not fit, or a number out of range
 *
 * Source: ours.
 *
 * @example
 * import { farCertificate } from '@nonconvex/structured/learning'
 * const data = [{ x: { rows: 2, cols: 1, data: Float64Array.of(1, -1) }, y: [1, 0] }]
 * const far = farCertificate(data, { states: 2, features: 1 }, { lambda: 1, minimum: 0.9, length: 1e4 })
 * console.log((far.gap / far.certificate).toFixed(3), far.floor.toFixed(3)) // → 1.000 1.000
 */
export function farCertificate(
  data: readonly LabeledSequence[],
  sizes: ChainSizes,
  options: { readonly lambda: number; readonly minimum: number; readonly length: number },
): AttainedCertificate {
  const { lambda, minimum, length } = options
  checkPositive('farCertificate', 'lambda', lambda)
  checkPositive('farCertificate', 'length', length)
  checkSequences('farCertificate', data, sizes)
  const F = likelihoodObjective(sizes, lambda, data)
  const d = dimensionOf(sizes)
  const w = new Float64Array(d).fill(length / Math.sqrt(d))
  const gradient = F.gradient(w)
  const rest = gradient.map((x, i) => x - lambda * w[i])
  const pull = lambda * length
  return {
    at: `λ = ${readable(lambda)}, |w| = ${readable(length)}`,
    certificate: gradientCertificate(gradient, lambda),
    gap: F.value(w) - minimum,
    floor: 1 - (2 * F.value(new Float64Array(d))) / (pull * length) - (2 * norm2(rest)) / pull,
  }
}

/** The rounding of a gap and a certificate, which are sums of one sign but for the minimum. */
const ROUNDING = 1e-9

const attained = (id: string, title: string, ours: string) =>
  claim(
    `structured/${id}`,
    title,
    'float64',
    { ours },
    (checks: readonly AttainedCertificate[]) => {
      if (checks.length === 0) return { statement: 'no point', undecided: 'nothing to compare' }
      const part = ({ gap, certificate }: AttainedCertificate): number => gap / certificate
      const above = checks.find((one) => part(one) > 1 + ROUNDING)
      const worst =
        above ?? checks.reduce((a, b) => (part(b) - b.floor < part(a) - a.floor ? b : a))
      return {
        statement: `at ${counted(checks.length, 'point')}; farthest from its certificate: ${worst.at}: distance ${readable(worst.gap, 5)}, certified ${readable(worst.certificate, 5)}, ${readable(part(worst), 6)} of it; ${readable(worst.floor, 6)} is required, and at most 1`,
        measured: part(worst),
        relation: '>=',
        bound: worst.floor,
        attains: Math.max(...checks.map(part)),
        slack: ROUNDING,
        holds: above === undefined,
      }
    },
  )

/**
 * The certificate of a CRF is attained far from the minimum.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { crfCertificateAttained } from '@nonconvex/structured/learning'
 * const status = (certificate: number) =>
 *   verdictOn(crfCertificateAttained, [{ at: '|w| = 10⁴', certificate, gap: 0.999, floor: 0.99 }]).status
 * console.log(status(1), status(2)) // → holds violated
 */
export const crfCertificateAttained = attained(
  'crf-certificate-attained',
  'The certificate |∇F|²/2λ of a CRF is attained: far from the minimum it is the distance from it',
  'there λ|w|²/2 is nearly all of F',
)

/**
 * The duality gap of an M3N is attained: with a dual value D near the largest one, P(w) − D is the distance
 * of w from the minimum.
 */
export const m3nCertificateAttained = attained(
  'm3n-certificate-attained',
  'The duality gap of an M3N is attained: with the largest dual value it is the distance from the minimum',
  'strong duality: at w = 0, with the dual value of pairwise steps',
)
