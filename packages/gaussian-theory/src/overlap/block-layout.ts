import { INVERSE_PI, SAFE_LEAST, SAFE_MOST, type OverlapEvaluator } from './overlap-evaluator.js'
import { ASIN, CLOSE, HALF_PI_REST, SERIES } from './unit-angle.js'

/** The number of points that the kernel processes side by side. */
export const LANES = 4

/**
 * The byte addresses of assembly/overlap.ts: numbers of four lanes each, followed by the vectors.
 */
export const LOSS = 0
export const SQUARE = 32
export const NORM2 = 64
export const BREACHES = 96
/** The byte address of the constants, each of which is stored twice. */
const CONSTANTS = 192
export const VECTORS = 816

/** The largest increase of the loss at a step that rounding can cause, in units of r² + R². */
export const ROUNDING = 1e-14

/**
 * The size of a block in bytes: five vectors of four lanes, the teacher's h, and the cosine, sine
 * and angle of every pair.
 */
export function blockBytes({ m, lags }: OverlapEvaluator): number {
  return VECTORS + 160 * m + 16 * (lags.near + 1) + 96 * (1 + 3 * lags.near)
}

/** Writes the constants of a block. */
export function writeConstants(buffer: ArrayBuffer, at: OverlapEvaluator, eta: number): void {
  const { R, k, m } = at
  const { apart, near } = at.lags
  const constants = [
    R,
    R * R,
    k,
    k * k,
    apart,
    apart / (2 * Math.PI),
    1 / (Math.PI * k * k),
    eta,
    eta / 2,
    Math.PI,
    INVERSE_PI,
    Math.PI / 2,
    HALF_PI_REST,
    CLOSE,
    SAFE_LEAST,
    SAFE_MOST,
    ROUNDING,
    ...ASIN,
    ...SERIES,
  ]
  const twice = new Float64Array(buffer, CONSTANTS, 2 * constants.length)
  constants.forEach((x, i) => twice.fill(x, 2 * i, 2 * i + 2))
  const fixed = new Float64Array(buffer, VECTORS + 96 * m, 8 * m + 2 * (near + 1))
  for (let t = 0; t < m; t++) {
    fixed.fill(at.vHat[t], LANES * t, LANES * (t + 1))
    fixed.fill(at.teacher[t], LANES * (m + t), LANES * (m + t + 1))
  }
  for (let D = 1; D <= near; D++) fixed.fill(at.teacherH[D], 8 * m + 2 * D, 8 * m + 2 * D + 2)
}
