import {
  coefficients,
  discRadii,
  noOverlapEigenvalues,
  noOverlapGradient,
  noOverlapLoss,
  oneSidedDerivative,
  pointEvidence,
  proveKinds,
  rayMinimiser,
  sMinusTCos,
  sortedEigenvalues,
  type Ends,
  type KindsProved,
  type PointEvidence,
} from '@nonconvex/gaussian-theory'
import { angles, norm2, power, type Stream } from '@nonconvex/tensor'
import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import type { LandscapeCell, LandscapeParams } from './params.js'

/** Gradient, loss and eigenvalues at a point, as plain data. */
export type Evidence = { readonly [K in keyof PointEvidence]: PointEvidence[K] }

export type PointsMeasured = {
  readonly minimum: Evidence
  /** nothing for k = 1, where −αw* is the origin */
  readonly saddle: Evidence | null
  readonly originLoss: number
}
/** Nothing where the statement is false: k = 1 or m = 1. */
export type ProofsMeasured = { readonly kinds: KindsProved | null }
export type OriginMeasured = { readonly slopes: readonly number[] }
export type SaddleMeasured = { readonly falls: readonly number[] }
export type SearchMeasured = {
  readonly smallest: number
  readonly where: readonly number[]
  readonly points: number
}

export interface LandscapeRow extends Row {
  readonly measured:
    PointsMeasured | ProofsMeasured | OriginMeasured | SaddleMeasured | SearchMeasured
  readonly witness: null
}

/** t of the difference quotients at the origin. */
export const SLOPE_STEP = 1e-7
/** angles from the saddle's ray, 1e-3 … 1e-1 */
export const saddleAngles: readonly number[] = Array.from({ length: 21 }, (_, i) =>
  power(10, i / 10 - 3),
)

/** The teacher of every cell: (1, 0, …). */
export function teacherOf(m: number): number[] {
  return [1, ...new Array<number>(m - 1).fill(0)]
}

/** (x, y, 0, …) in R^m; for m = 1 there is only x. */
export function inPlane(x: number, y: number, m: number): number[] {
  const w = new Array<number>(m).fill(0)
  w[0] = x
  if (m > 1) w[1] = y
  return w
}

export function measureLandscape(
  cell: LandscapeCell,
  { params, stream, signal }: MeasureContext<LandscapeParams>,
): LandscapeRow {
  const measured = measuredOf(cell, params, stream, signal)
  return { key: cell.key, measured, witness: null }
}

function measuredOf(
  cell: LandscapeCell,
  params: LandscapeParams,
  stream: Stream,
  signal: AbortSignal,
): LandscapeRow['measured'] {
  switch (cell.part) {
    case 'points':
      return points(params)
    case 'proofs':
      return {
        kinds: params.k > 1 && params.m > 1 ? proveKinds(teacherOf(params.m), params.k) : null,
      }
    case 'origin':
      return { slopes: directionsOf(params, stream).map((e) => slope(e, params.k)) }
    case 'saddle':
      return { falls: saddleAngles.map((phi) => fall(phi, params)) }
    case 'search':
      return search(cell, params, signal)
  }
}

function points({ k, m }: LandscapeParams): PointsMeasured {
  const wStar = teacherOf(m)
  const { alpha } = coefficients(k)
  return {
    minimum: { ...pointEvidence(wStar, wStar, k) },
    saddle: k === 1 ? null : { ...pointEvidence(inPlane(-alpha, 0, m), wStar, k) },
    originLoss: noOverlapLoss(inPlane(0, 0, m), wStar, k),
  }
}

/**
 * Unit directions: all around in the plane for m = 2, both for m = 1, the axis and random ones
 * beyond.
 */
function directionsOf({ m, directions }: LandscapeParams, stream: Stream): number[][] {
  if (m === 1) return [[1], [-1]]
  if (m === 2)
    return Array.from({ length: directions }, (_, i) => {
      const angle = (2 * Math.PI * i) / directions
      return [Math.cos(angle), Math.sin(angle)]
    })
  const draws = stream.child('directions')
  const random = Array.from({ length: directions - 2 }, () => Array.from(draws.unitVector(m)))
  return [inPlane(1, 0, m), inPlane(-1, 0, m), ...random]
}

function slope(e: readonly number[], k: number): number {
  const m = e.length
  const wStar = teacherOf(m)
  const rise = noOverlapLoss(
    e.map((x) => SLOPE_STEP * x),
    wStar,
    k,
  )
  return (rise - noOverlapLoss(inPlane(0, 0, m), wStar, k)) / SLOPE_STEP
}

/** ℓ(−αw*) − ℓ at angle φ from there on the sphere of radius α. */
function fall(phi: number, { k, m }: LandscapeParams): number {
  const wStar = teacherOf(m)
  const { alpha } = coefficients(k)
  const top = noOverlapLoss(inPlane(-alpha, 0, m), wStar, k)
  const side = inPlane(-alpha * Math.cos(phi), alpha * Math.sin(phi), m)
  return top - noOverlapLoss(side, wStar, k)
}

/** Points of [−2, 2]² in a band of rows, outside the discs around the three critical points. */
function* searchPoints(
  cell: LandscapeCell,
  { k, search, m }: LandscapeParams,
): Generator<number[]> {
  const { alpha } = coefficients(k)
  const at = (i: number): number => -2 + (4 * i) / (search - 1)
  for (let row = cell.from ?? 0; row < (cell.to ?? 0); row++)
    for (let column = 0; column < search; column++) {
      const [x, y] = [at(column), m === 1 ? 0 : at(row)]
      if (Math.hypot(x, y) < discRadii.origin) continue
      if (Math.hypot(x - 1, y) < discRadii.minimum) continue
      if (Math.hypot(x + alpha, y) < discRadii.saddle) continue
      yield [x, y]
    }
}

function search(cell: LandscapeCell, params: LandscapeParams, signal: AbortSignal): SearchMeasured {
  const { k, m } = params
  const wStar = teacherOf(m)
  let smallest = Infinity
  let where: readonly number[] = []
  let count = 0
  for (const [x, y] of searchPoints(cell, params)) {
    if (count++ % 1000 === 0) signal.throwIfAborted()
    const size = norm2(noOverlapGradient(inPlane(x, y, m), wStar, k))
    if (size < smallest) [smallest, where] = [size, [x, y]]
  }
  return { smallest, where, points: count }
}

/**
 * Measures again, after comparing what was recorded with the closed forms that measuring does not
 * use.
 */
export function checkLandscape(
  row: LandscapeRow,
  { cell, params, stream, signal }: CheckContext<LandscapeParams, LandscapeCell>,
): LandscapeRow['measured'] {
  if (row.witness !== null) throw new Error(`${row.key}: expected no witness`)
  const again = measuredOf(cell, params, stream, signal)
  const off = offClosedForm(row, cell, params, directionsOf(params, stream))
  if (off !== undefined) throw new Error(`${row.key}: ${off}`)
  return again
}

function offClosedForm(
  row: LandscapeRow,
  cell: LandscapeCell,
  params: LandscapeParams,
  directions: readonly number[][],
): string | undefined {
  const { k, m } = params
  const wStar = teacherOf(m)
  const { a, b, c, alpha } = coefficients(k)
  switch (cell.part) {
    case 'points': {
      const closed = sortedEigenvalues(noOverlapEigenvalues(wStar, wStar, k))
      const { minimum } = row.measured as PointsMeasured
      const off = Math.max(...closed.map((x, i) => Math.abs(x - minimum.eigenvalues[i])))
      return off <= 1e-12 ? undefined : `eigenvalues at w* are off by ${off}`
    }
    case 'proofs':
      return offEnclosures((row.measured as ProofsMeasured).kinds, params)
    case 'origin': {
      const { slopes } = row.measured as OriginMeasured
      const outside = slopes.find((s) => !(s >= -c - 1e-5 && s <= -b + 1e-5))
      if (outside !== undefined) return `slope ${outside} is outside [−c, −b]`
      const off = slopes.map((s, i) => Math.abs(s - oneSidedDerivative(directions[i], wStar, k)))
      return Math.max(...off) <= 1e-5 ? undefined : 'slopes are off the one-sided derivative'
    }
    case 'saddle': {
      if (m === 1) return undefined
      const { falls } = row.measured as SaddleMeasured
      const off = saddleAngles.map((phi, i) =>
        Math.abs(falls[i] - (a / Math.PI) * alpha * sMinusTCos(phi)),
      )
      return Math.max(...off) <= 1e-14 ? undefined : 'falls are off (a/π) α s̃(φ)'
    }
    case 'search': {
      const { smallest } = row.measured as SearchMeasured
      for (const [x, y] of searchPoints(cell, params)) {
        const size = polarGradient(inPlane(x, y, m), wStar, k)
        if (size < smallest * (1 - 1e-9)) return `the gradient at (${x}, ${y}) is smaller: ${size}`
      }
      return undefined
    }
  }
}

/** ‖∇ℓ‖ from norm and angle: √(c²(r − ρ)² + τ²), τ = a(1 − θ/π) sin θ. */
function polarGradient(w: readonly number[], wStar: readonly number[], k: number): number {
  const { a, c } = coefficients(k)
  const { theta, phi } = angles(w, wStar)
  const across = a * (phi / Math.PI) * Math.sin(theta)
  return Math.hypot(c * (norm2(w) - rayMinimiser(theta, 1, k)), across)
}

/** Whether a closed form, as float64 computes it, lies outside what was enclosed. */
function offEnclosures(kinds: KindsProved | null, { k, m }: LandscapeParams): string | undefined {
  if (kinds === null) return undefined
  const { a, b, c, alpha } = coefficients(k)
  const { slopes, saddle } = kinds
  const { loss } = pointEvidence(inPlane(-alpha, 0, m), teacherOf(m), k)
  const enclosed: [string, Ends | null, number][] = [
    ['−cR among the slopes', slopes, -c],
    ['−bR among the slopes', slopes, -b],
    ['1/k at w*', kinds.minimum.smallestEigenvalue, a],
    ['α', saddle.alpha, alpha],
    ['the loss of the saddle', saddle.loss, loss],
    ['0 across the ray', saddle.across, 0],
    ['c along the ray', saddle.along, c],
    ['the fall at φ = 1', saddle.fall, (a / Math.PI) * alpha * sMinusTCos(1)],
    ['the limit of the fall', saddle.coefficient, (a * alpha) / (3 * Math.PI)],
    ['the gradient across at a right angle', kinds.others.across, 4 / power(Math.PI, 3)],
    ['the curvature of a ray', kinds.others.along, c],
  ]
  const outside = enclosed.find(([, x, y]) => !(x && x[0] - 1e-14 <= y && y <= x[1] + 1e-14))
  return outside && `${outside[0]} is not enclosed`
}
