import {
  certify,
  certifyByIntervals,
  type Certificate,
  type CertifyOptions,
} from '@nonconvex/optim/certify'
import { norm2, type Vec } from '@nonconvex/tensor'
import { checkPair } from '../integral/pair-frame.js'
import type { OverlapOptions } from './lags.js'
import { overlapCertifiable } from './overlap-certifiable.js'
import { overlapIntervals } from './overlap-intervals.js'
import { argumentError } from '@nonconvex/tensor/check'

/** A network and the options of a certificate. */
export interface CertifyMinimumOptions extends OverlapOptions, CertifyOptions {
  /**
   * 'float64' (default): up to the error budget of `overlapCertifiable`; 'proof': by
   * `overlapIntervals`
   */
  readonly rigor?: Certificate['rigor']
}

/**
 * Tries to certify that the loss with overlap has a strict local minimum at w, see `certify` and
 * `certifyByIntervals`.
 *
 *     G ≥ ‖∇ℓ(w)‖, ν ≤ λ_min(∇²ℓ(w)), ρ the largest radius with Λ(‖w‖ − ρ)ρ ≤ ν/2, μ = ν − Λ(‖w‖ − ρ)ρ;   G < μρ
 *
 * @param w - [m], finite; ‖w‖ and ‖w*‖ are 0 or in [1e-15, 1e15]: otherwise rounding and underflow
 *   dominate; rescale both
 * @param wStar - [m], the teacher
 * @param options - k, stride; rigor, polish, within
 * @returns a certificate, or the reason for none; never throws for a result of the computation
 * @throws ShapeError if the lengths differ; RangeError for what is not finite or out of range
 * Cost: at m = 2, k = 2 float64 0.1 ms, proof 0.4 ms.
 *
 * @example
 * import { certifyMinimum, isSpurious, spuriousMinimum } from '@nonconvex/gaussian-theory/overlap'
 * const { t0 } = spuriousMinimum(2)
 * const found = certifyMinimum([t0, -t0], [-1, 1], { k: 2, stride: 1, rigor: 'proof' })
 * console.log(found.status, isSpurious(found)) // → certified true
 */
export function certifyMinimum(w: Vec, wStar: Vec, options: CertifyMinimumOptions): Certificate {
  checkPair('certifyMinimum', 'w', w, 'wStar', wStar)
  scaled('w', w)
  scaled('wStar', wStar)
  const { rigor = 'float64', k, stride, ...how } = options
  return rigor === 'proof'
    ? certifyByIntervals(overlapIntervals(wStar, { k, stride }), w, how)
    : certify(overlapCertifiable(wStar, { k, stride }), w, how)
}

/** Throws for norms so small or large that underflow or overflow would dominate the enclosures. */
function scaled(name: string, vector: Vec): void {
  const norm = norm2(vector)
  if (norm > 0 && !(norm >= 1e-15 && norm <= 1e15))
    throw argumentError(
      'out-of-range',
      'certifyMinimum',
      `the norm of ${name}`,
      'to be 0 or in [1e-15, 1e15]',
      norm,
      'rescale w and wStar',
    )
}

/**
 * Whether the certificate proves a local minimum that is not global: it is certified, and the loss
 * there exceeds the infimum 0 with all rounding included. A global minimum may be certified, too,
 * but is not spurious.
 *
 * @example
 * import { certifyMinimum, isSpurious } from '@nonconvex/gaussian-theory/overlap'
 * const global = certifyMinimum([-1, 1], [-1, 1], { k: 2, stride: 1 })
 * console.log(global.status, isSpurious(global)) // → certified false
 */
export function isSpurious(certificate: Certificate): boolean {
  return certificate.status === 'certified' && certificate.minimumValue.lo > 0
}
