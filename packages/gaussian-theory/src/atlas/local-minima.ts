import { norm2, type Stream, type Vec } from '@nonconvex/tensor'
import { certificateRecord, type CertificateRecord } from '../certificate-record.js'
import { certifyMinimum } from '../overlap/certify-minimum.js'
import { isSpuriousRecord } from '../overlap/claims.js'
import { overlapLoss } from '../overlap/overlap-loss.js'
import type { OverlapOptions } from '../overlap/lags.js'
import { checkCount } from '@nonconvex/tensor/check'
import { descendBatch } from '../restarts/descend-batch.js'

/** A local minimum: the limit point of several runs, refined by Newton's method. */
export interface FoundMinimum {
  readonly w: Float64Array
  readonly loss: number
  /** initializations that ended there */
  readonly count: number
  /** certified as a minimum that is not global */
  readonly spurious: boolean
  readonly certificate: CertificateRecord
}

/** The local minima of one network that gradient descent reaches from random initializations. */
export interface MinimaFound {
  readonly starts: number
  /** by loss, the lowest first */
  readonly minima: readonly FoundMinimum[]
  /** initializations that reached the step limit or the origin */
  readonly open: number
}

export interface MinimaOptions extends OverlapOptions {
  /**
   * initialization i is drawn from stream.child('start', i), uniform on the sphere through the
   * teacher
   */
  readonly stream: Stream
  /** integer ≥ 1, default 200 */
  readonly starts?: number
  /** integer ≥ 0, default 20,000 */
  readonly maxSteps?: number
}

/**
 * Two end points within this distance, in units of R, are one point unless their discs are
 * disjoint.
 */
export const SAME_PLACE = 1e-5
/** Number of Newton steps after gradient descent. */
const POLISH = 8

/**
 * The local minima of the loss with overlap that gradient descent finds from random
 * initializations, each one certified.
 *
 * End points within 1e-5 R are one point. Certified discs hold one critical point each, so points
 * farther apart are different minima; minima that no initialization reaches are missing.
 *
 * @param wStar - [m], not zero
 * @throws RangeError for a zero teacher or options out of range
 * Cost: as teacherRestarts, and one certificate for each point.
 *
 * @example
 * import { localMinima } from '@nonconvex/gaussian-theory/atlas'
 * import { stream } from '@nonconvex/tensor'
 * const { minima } = localMinima([-1, 1], { k: 3, stride: 1, stream: stream(1), starts: 20 })
 * console.log(minima.map(({ spurious }) => spurious)) // → [ false, true ]
 */
export function localMinima(wStar: Vec, options: MinimaOptions): MinimaFound {
  const { k, stride, stream, starts = 200, maxSteps } = options
  checkCount('localMinima', 'starts', starts)
  const m = wStar.length
  const R = norm2(wStar)
  const data = new Float64Array(starts * m)
  for (let i = 0; i < starts; i++) {
    const start = stream.child('start', i).unitVector(m)
    for (let t = 0; t < m; t++) data[i * m + t] = R * start[t]
  }
  const network = { k, stride }
  const steps = maxSteps === undefined ? network : { ...network, maxSteps }
  const { ends } = descendBatch({ rows: starts, cols: m, data }, wStar, steps)
  const places: { w: Float64Array; count: number }[] = []
  let open = 0
  for (const { kind, w } of ends) {
    if (kind === 'origin' || kind === 'unfinished') {
      open++
      continue
    }
    // runs to a global minimum stop at a small loss, 1e-4 R away from it
    const near = (kind === 'global' ? 1e-2 : SAME_PLACE) * R
    const place = places.find((other) => distance(other.w, w) <= near)
    if (place) place.count++
    else places.push({ w, count: 1 })
  }
  const minima = places.map(({ w, count }) => {
    const found = certifyMinimum(w, wStar, { ...network, polish: POLISH })
    const certificate = certificateRecord(found)
    const loss = overlapLoss(found.w, wStar, network)
    return { w: found.w, loss, count, spurious: isSpuriousRecord(certificate), certificate }
  })
  return { starts, minima: minima.sort((a, b) => a.loss - b.loss), open }
}

export function distance(a: Vec, b: Vec): number {
  return norm2(Float64Array.from(a, (x, i) => x - b[i]))
}
