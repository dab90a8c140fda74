import {
  coefficients,
  criticalPoints,
  discRadii,
  kindsProved,
  minimumAtTeacher,
  noOverlapEigenvalues,
  noOverlapGradient,
  noOverlapLoss,
  oneSidedDerivative,
  maximumAtOrigin,
  pointEvidence,
  proveKinds,
  rayMinimizer,
  saddleLooksFlat,
  sMinusTCos,
  sortedEigenvalues,
  thirdOrderDescent,
  threeCriticalPoints,
  type Ends,
  type GradientSearch,
  type KindsProved,
  type PointEvidence,
} from '@nonconvex/gaussian-theory'
import { angles, norm2, power, type Stream } from '@nonconvex/tensor'
import type { CellsOf } from '../../define/definition.js'
import { tableOf } from '../../define/table.js'
import { workOf, type PartContext, type PartRow } from '../../define/work.js'
import { landscape, type Params } from './experiment.js'
import { landscapeFigures, saddleAngles } from './figures.js'

type Band = CellsOf<typeof landscape>['search']
type Context = PartContext<Params>

type Of<M> = PartRow<object, M, unknown>

/** t of the difference quotients at the origin. */
const SLOPE_STEP = 1e-7

/** For k = 1 there is no such point; the verdict then says that the claim does not apply. */
const nowhere: PointEvidence = { gradientNorm: 0, loss: 0, eigenvalues: [0] }

export const work = workOf(landscape, {
  parts: {
    points: { measure: (_, { params }) => points(params), audit: eigenvaluesAtTeacher },
    proofs: {
      // nothing where the statement is false: k = 1 or m = 1
      measure: (_, { params: { k, m } }) => {
        return { kinds: k > 1 && m > 1 ? proveKinds(teacherOf(m), k) : null }
      },
      audit: enclosures,
    },
    origin: {
      measure: (_, { params, stream }) => ({
        slopes: directionsOf(params, stream).map((e) => slope(e, params.k)),
      }),
      audit: oneSidedDerivatives,
    },
    saddle: {
      measure: (_, { params }) => ({ falls: saddleAngles.map((phi) => fall(phi, params)) }),
      audit: closedFormOfFall,
    },
    search: {
      measure: (band, { params, signal }) => search(band, params, signal),
      audit: polarForm,
    },
  },
  conclude: (rows, params, verdict) => {
    const at = { k: params.k, m: params.m, R: 1 }
    const kinds = rows.proofs.at(0)?.measured.kinds ?? null
    const falls = rows.saddle.at(0)?.measured.falls ?? []
    return {
      verdicts: [
        verdict(threeCriticalPoints, ['search', 'proofs'], () => {
          const bands = rows.search.map(({ measured }) => measured)
          const least = bands.reduce((best, x) => (x.smallest < best.smallest ? x : best))
          const count = bands.reduce((sum, x) => sum + x.points, 0)
          return { ...at, others: kinds?.others ?? null, search: { ...least, points: count } }
        }),
        verdict(kindsProved, ['proofs'], () => ({ ...at, proofs: kinds })),
        verdict(maximumAtOrigin, ['origin'], () => {
          return { ...at, ...rows.origin[0].measured, step: SLOPE_STEP }
        }),
        verdict(minimumAtTeacher, ['points'], () => {
          return { ...at, found: rows.points[0].measured.minimum }
        }),
        verdict(saddleLooksFlat, ['points'], () => {
          return { ...at, found: rows.points[0].measured.saddle ?? nowhere }
        }),
        verdict(thirdOrderDescent, ['saddle'], () => ({ ...at, phis: saddleAngles, falls })),
      ],
      tables: [pointTable(params)],
      figures: landscapeFigures(falls, params),
    }
  },
})

/** (x, y, 0, …) in R^m; for m = 1 there is only x. */
const inPlane = (x: number, y: number, m: number): number[] =>
  Array.from({ length: m }, (_, i) => [x, y].at(i) ?? 0)

/** The teacher of every cell: (1, 0, …). */
const teacherOf = (m: number): number[] => inPlane(1, 0, m)

/** Gradient, loss and eigenvalues; no saddle for k = 1, where −αw* is the origin. */
function points({ k, m }: Params) {
  const wStar = teacherOf(m)
  const { alpha } = coefficients(k)
  return {
    minimum: pointEvidence(wStar, wStar, k),
    saddle: k === 1 ? null : pointEvidence(inPlane(-alpha, 0, m), wStar, k),
    originLoss: noOverlapLoss(inPlane(0, 0, m), wStar, k),
  }
}

export type PointsMeasured = ReturnType<typeof points>

/** Unit directions: evenly spaced for m = 2, both for m = 1, the axis and random ones beyond. */
function directionsOf({ m, directions }: Params, stream: Stream): number[][] {
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
  const loss = (t: number) =>
    noOverlapLoss(
      e.map((x) => t * x + 0),
      teacherOf(m),
      k,
    )
  return (loss(SLOPE_STEP) - loss(0)) / SLOPE_STEP
}

/** ℓ(−αw*) − ℓ at angle φ from there on the sphere of radius α. */
function fall(phi: number, { k, m }: Params): number {
  const wStar = teacherOf(m)
  const { alpha } = coefficients(k)
  const loss = (x: number, y: number) => noOverlapLoss(inPlane(x, y, m), wStar, k)
  return loss(-alpha, 0) - loss(-alpha * Math.cos(phi), alpha * Math.sin(phi))
}

/** Points of [−2, 2]² in a band of rows, outside the discs around the three critical points. */
function* searchPoints(band: Band, { k, search, m }: Params): Generator<number[]> {
  const { alpha } = coefficients(k)
  const at = (i: number): number => -2 + (4 * i) / (search - 1)
  for (let row = band.from; row < band.to; row++)
    for (let column = 0; column < search; column++) {
      const [x, y] = [at(column), m === 1 ? 0 : at(row)]
      if (Math.hypot(x, y) < discRadii.origin) continue
      if (Math.hypot(x - 1, y) < discRadii.minimum) continue
      if (Math.hypot(x + alpha, y) < discRadii.saddle) continue
      yield [x, y]
    }
}

function search(band: Band, params: Params, signal: AbortSignal): GradientSearch {
  const { k, m } = params
  const wStar = teacherOf(m)
  let smallest = Infinity
  let where: readonly number[] = []
  let count = 0
  for (const [x, y] of searchPoints(band, params)) {
    if (count++ % 1000 === 0) signal.throwIfAborted()
    const size = norm2(noOverlapGradient(inPlane(x, y, m), wStar, k))
    if (size < smallest) [smallest, where] = [size, [x, y]]
  }
  return { smallest, where, points: count }
}

function eigenvaluesAtTeacher(
  { measured }: Of<PointsMeasured>,
  { params: { k, m } }: Context,
): void {
  const wStar = teacherOf(m)
  const closed = sortedEigenvalues(noOverlapEigenvalues(wStar, wStar, k))
  const off = Math.max(...closed.map((x, i) => Math.abs(x - measured.minimum.eigenvalues[i])))
  if (!(off <= 1e-12)) throw new Error(`points: eigenvalues at w* are off by ${off}`)
}

function oneSidedDerivatives(
  { measured: { slopes } }: Of<{ readonly slopes: readonly number[] }>,
  { params, stream }: Context,
): void {
  const { b, c } = coefficients(params.k)
  const outside = slopes.find((s) => !(s >= -c - 1e-5 && s <= -b + 1e-5))
  if (outside !== undefined) throw new Error(`origin: slope ${outside} is outside [−c, −b]`)
  const exact = directionsOf(params, stream).map((e) =>
    oneSidedDerivative(e, teacherOf(params.m), params.k),
  )
  if (!(Math.max(...slopes.map((s, i) => Math.abs(s - exact[i]))) <= 1e-5))
    throw new Error('origin: slopes are off the one-sided derivative')
}

function closedFormOfFall(
  { measured: { falls } }: Of<{ readonly falls: readonly number[] }>,
  { params: { k, m } }: Context,
): void {
  if (m === 1) return
  const { a, alpha } = coefficients(k)
  const exact = saddleAngles.map((phi) => (a / Math.PI) * alpha * sMinusTCos(phi))
  const off = exact.map((fall, i) => Math.abs(falls[i] - fall))
  if (!(Math.max(...off) <= 1e-14)) throw new Error('saddle: falls are off (a/π) α s̃(φ)')
}

function polarForm(
  { cell, measured }: PartRow<Band, GradientSearch, unknown>,
  { params }: Context,
): void {
  const { k, m } = params
  for (const [x, y] of searchPoints(cell, params)) {
    const size = polarGradient(inPlane(x, y, m), teacherOf(m), k)
    if (size < measured.smallest * (1 - 1e-9))
      throw new Error(`${cell.key}: the gradient at (${x}, ${y}) is smaller: ${size}`)
  }
}

/** ‖∇ℓ‖ from norm and angle: √(c²(r − ρ)² + τ²), τ = a(1 − θ/π) sin θ. */
function polarGradient(w: readonly number[], wStar: readonly number[], k: number): number {
  const { a, c } = coefficients(k)
  const { theta, phi } = angles(w, wStar)
  const across = a * (phi / Math.PI) * Math.sin(theta)
  return Math.hypot(c * (norm2(w) - rayMinimizer(theta, 1, k)), across)
}

/** Closed forms, as float64 computes them, lie in what was enclosed. */
function enclosures(
  { measured: { kinds } }: Of<{ readonly kinds: KindsProved | null }>,
  { params: { k, m } }: Context,
): void {
  if (kinds === null) return
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
  if (outside) throw new Error(`proofs: ${outside[0]} is not enclosed`)
}

const kindNames = {
  maximum: 'local maximum',
  minimum: 'global minimum',
  saddle: 'degenerate saddle',
  localMinimum: 'local minimum',
  degenerate: 'neither maximum nor minimum',
}

const pointTable = ({ k, m }: Params) =>
  tableOf(
    'critical-points',
    k >= 2 && m >= 2 ? 'Critical points' : 'Critical points, outside the hypotheses',
    criticalPoints(teacherOf(m), k),
    {
      at: ['position, in units of $w^*$', ({ w }) => (w[0] === 0 ? 0 : w[0]), 6],
      kind: ['kind', ({ kind }) => kindNames[kind]],
      loss: ['loss$/\\lVert w^*\\rVert^2$', ({ loss }) => loss, 6],
      least: ['smallest eigenvalue', ({ eigenvalues }) => eigenvalues?.at(0)?.value, 4],
      greatest: ['largest eigenvalue', ({ eigenvalues }) => eigenvalues?.at(-1)?.value, 4],
      text: ['description', ({ text }) => text],
    },
  )
