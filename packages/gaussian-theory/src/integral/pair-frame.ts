import { angles, norm2, type Vec } from '@nonconvex/tensor'
import { checkFiniteVector, checkSameLength, checkNotEmpty } from '@nonconvex/tensor/check'

/** The norms, directions and angles θ and φ of two vectors, to full precision. */
export interface PairFrame {
  readonly uNorm: number
  readonly vNorm: number
  readonly uHat: Float64Array
  readonly vHat: Float64Array
  /** angle between u and v, in [0, π] */
  readonly theta: number
  /** π − theta, computed separately, as theta cannot resolve it near π */
  readonly phi: number
  /** sin of the angle, taken at the smaller of theta and phi */
  readonly sin: number
}

/** Throws unless u and v are finite and have the same positive length. */
export function checkPair(fn: string, nameU: string, u: Vec, nameV: string, v: Vec): void {
  checkSameLength(fn, nameU, u, nameV, v)
  checkNotEmpty(fn, nameU, u)
  checkFiniteVector(fn, nameU, u)
  checkFiniteVector(fn, nameV, v)
}

/** The unit vector v / norm, or the zero vector if the norm is 0. */
export function direction(v: Vec, norm: number): Float64Array {
  const out = new Float64Array(v.length)
  if (norm > 0) for (let i = 0; i < v.length; i++) out[i] = v[i] / norm
  return out
}

/** The frame of two checked vectors; the angles are π/2 if one of the vectors is zero. */
export function pairFrame(u: Vec, v: Vec): PairFrame {
  const uNorm = norm2(u)
  const vNorm = norm2(v)
  const both = uNorm > 0 && vNorm > 0
  const { theta, phi } = both ? angles(u, v) : { theta: Math.PI / 2, phi: Math.PI / 2 }
  return {
    uNorm,
    vNorm,
    uHat: direction(u, uNorm),
    vHat: direction(v, vNorm),
    theta,
    phi,
    sin: Math.sin(Math.min(theta, phi)),
  }
}

/**
 * The unit vector orthogonal to `from` in the plane of both, on the side of `to`; zero if they are
 * parallel. Starts from the shorter of to − from and to + from, whose entries are exact when the
 * two are nearly parallel, and orthogonalizes twice.
 */
export function sideways(from: Float64Array, to: Float64Array, frame: PairFrame): Float64Array {
  const out = new Float64Array(from.length)
  if (frame.sin === 0) return out
  const sign = frame.theta < frame.phi ? -1 : 1
  for (let i = 0; i < out.length; i++) out[i] = to[i] + sign * from[i]
  for (let pass = 0; pass < 2; pass++) {
    let along = 0
    for (let i = 0; i < out.length; i++) along += out[i] * from[i]
    for (let i = 0; i < out.length; i++) out[i] -= along * from[i]
  }
  const length = norm2(out)
  return direction(out, length)
}
