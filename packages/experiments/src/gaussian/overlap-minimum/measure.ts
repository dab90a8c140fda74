import { certificateRecord, type CertificateRecord } from '@nonconvex/gaussian-theory'
import {
  antiparallelRay,
  certifyMinimum,
  hessianLipschitz,
  overlapEvidence,
  overlapGradient,
  overlapHessian,
  overlapLoss,
  patchGradient,
  patchHessian,
  patchLoss,
  reflectedLoss,
  strideWindows,
  type OverlapShape,
} from '@nonconvex/gaussian-theory/overlap'
import { descendBatch } from '@nonconvex/gaussian-theory/restarts'
import { norm2, type Stream } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import { sameJson } from '../../result/canonical.js'
import { gridStarts, planeOf } from './plane.js'
import { shapeOf, teacherOf, type MinimumCell, type MinimumParams } from './params.js'

/** The point −t₀w*. */
export type PointMeasured = {
  readonly t0: number
  /** in units of ‖w*‖² */
  readonly loss: number
  /** in units of ‖w*‖ */
  readonly gradientNorm: number
  readonly eigenvalues: readonly number[]
}

export type FormulasMeasured = {
  /** ℓ(−w*) */
  readonly reflected: number
  /** ‖ΣP_iᵀw*‖²/k² */
  readonly expected: number
  /** largest difference of lags and pairs, in units of max(1, r² + R²) */
  readonly lagOff: number
  /** largest share of the bound on the change of the Hessian */
  readonly lipschitz: number
}

export type TrapMeasured = {
  /** largest ∂ℓ/∂w₁ on the wall {w₁ = 0 > w₂} */
  readonly flattest: number
  readonly trapped: number
  /** starts in the opposite quadrant that reached the teacher */
  readonly reached: number
}

/** Where each start of the grid ended, row by row from below: g(lobal), s(tuck) or ? */
export type BasinsMeasured = { readonly ends: string }

/**
 * What `certifyMinimum` says of the point, in float64 and by intervals; nothing for one window,
 * which has no such point.
 */
export type CertificatesMeasured = {
  readonly float64: CertificateRecord | null
  readonly proof: CertificateRecord | null
}

export type MinimumMeasured =
  PointMeasured | CertificatesMeasured | FormulasMeasured | TrapMeasured | BasinsMeasured

export interface MinimumRow extends Row {
  readonly measured: MinimumMeasured
  readonly witness: { readonly w: readonly number[] }
}

type Context = Pick<MeasureContext<MinimumParams>, 'params' | 'stream' | 'signal'>

export function measureMinimum(
  cell: MinimumCell,
  context: MeasureContext<MinimumParams>,
): MinimumRow {
  return { key: cell.key, measured: measured(cell, context), witness: witnessOf(cell, context) }
}

type At = Pick<MinimumCell, 'k'>

/** The candidate; the zero vector for one window, which has none. */
function witnessOf({ k }: At, { params }: Pick<Context, 'params'>): { w: number[] } {
  const wStar = teacherOf(params)
  const { t0 } = antiparallelRay(wStar, shapeOf(k, params))
  return { w: wStar.map((x) => (k === 1 ? 0 : -t0 * x + 0)) }
}

function measured(cell: MinimumCell, context: Context): MinimumMeasured {
  switch (cell.part) {
    case 'point':
      return pointOf(cell, context)
    case 'certificates':
      return certificatesOf(cell, context)
    case 'formulas':
      return formulasOf(cell, context)
    case 'trap':
      return trapOf(cell, context)
    case 'basins':
      return basinsOf(cell, context)
  }
}

function pointOf(cell: At, context: Context): PointMeasured {
  const wStar = teacherOf(context.params)
  const shape = shapeOf(cell.k, context.params)
  const R = norm2(wStar)
  const { t0 } = antiparallelRay(wStar, shape)
  const { w } = witnessOf(cell, context)
  if (norm2(w) === 0)
    return { t0, loss: overlapLoss(w, wStar, shape) / R ** 2, gradientNorm: 0, eigenvalues: [] }
  const { loss, gradientNorm, eigenvalues } = overlapEvidence(w, wStar, shape)
  return { t0, loss: loss / R ** 2, gradientNorm: gradientNorm / R, eigenvalues }
}

function certificatesOf(cell: At, context: Context): CertificatesMeasured {
  const { w } = witnessOf(cell, context)
  const shape = shapeOf(cell.k, context.params)
  const of = (rigor: CertificateRecord['rigor']): CertificateRecord | null =>
    norm2(w) === 0
      ? null
      : certificateRecord(certifyMinimum(w, teacherOf(context.params), { ...shape, rigor }))
  return { float64: of('float64'), proof: of('proof') }
}

function formulasOf({ k }: At, { params, stream, signal }: Context): FormulasMeasured {
  const wStar = teacherOf(params)
  const shape = shapeOf(k, params)
  const { windows, d } = strideWindows(shape.m, shape)
  let [lagOff, lipschitz] = [0, 0]
  for (let i = 0; i < params.points; i++) {
    signal.throwIfAborted()
    const draws = stream.child('point', i)
    const [w, t] = [draws.child('w'), draws.child('t')].map((s) =>
      s.normalInto(new Float64Array(shape.m)),
    )
    const size = Math.max(1, norm2(w) ** 2 + norm2(t) ** 2)
    const loss = Math.abs(overlapLoss(w, t, shape) - patchLoss(w, t, windows, d))
    const other = patchGradient(w, t, windows, d)
    overlapGradient(w, t, shape).forEach((x, j) => (other[j] -= x))
    lagOff = Math.max(lagOff, loss / size, norm2(other) / size)
    lipschitz = Math.max(lipschitz, shareOfBound(w, t, shape, draws))
  }
  return {
    reflected: overlapLoss(
      wStar.map((x) => -x),
      wStar,
      shape,
    ),
    expected: reflectedLoss(wStar, shape),
    lagOff,
    lipschitz,
  }
}

/** ‖∇²ℓ(v) − ∇²ℓ(w)‖/(Λ ‖v − w‖) for a v within a fifth of ‖w‖. */
function shareOfBound(
  w: Float64Array,
  t: Float64Array,
  shape: OverlapShape,
  draws: Stream,
): number {
  const step = draws.child('step')
  const [direction, size] = [step.unitVector(shape.m), 0.2 * step.uniform() * norm2(w)]
  const v = w.map((x, j) => x + size * direction[j])
  const gap = overlapHessian(v, t, shape)
  overlapHessian(w, t, shape).data.forEach((x, j) => (gap.data[j] -= x))
  const { values } = eigenSymmetric(gap)
  const bound = hessianLipschitz(norm2(w) - size, norm2(t), shape)
  return bound === 0 ? 0 : Math.max(-values[0], values[shape.m - 1]) / (bound * size)
}

function trapOf(cell: At, context: Context): TrapMeasured {
  const { params, stream, signal } = context
  const wStar = teacherOf(params)
  const shape = shapeOf(cell.k, params)
  const { starts } = params
  const R = norm2(wStar)
  let flattest = -Infinity
  for (let i = 1; i <= 40; i++)
    flattest = Math.max(flattest, overlapGradient([0, (-i * R) / 28], wStar, shape)[0])
  const data = new Float64Array(2 * starts)
  for (let i = 0; i < starts; i++) {
    const [x, y] = stream.child('start', i).unitVector(2).map(Math.abs)
    data.set([x, -y], 2 * i)
  }
  const { w } = witnessOf(cell, context)
  const inside = { rows: starts, cols: 2, data }
  const ends = descendBatch(inside, wStar, shape).ends
  signal.throwIfAborted()
  const mirrored = { ...inside, data: data.map((x) => -x) }
  const others = descendBatch(mirrored, wStar, shape).ends
  return {
    flattest,
    trapped: ends.filter((e) => Math.hypot(e.w[0] - w[0], e.w[1] - w[1]) < 1e-6 * R).length,
    reached: others.filter(({ kind }) => kind === 'global').length,
  }
}

function basinsOf({ k }: At, { params, signal }: Context): BasinsMeasured {
  const wStar = teacherOf(params)
  const { x, y } = gridStarts(params)
  const starts = {
    rows: x.length,
    cols: wStar.length,
    data: Float64Array.from(x.flatMap((a, i) => planeOf(a, y[i], wStar.length))),
  }
  const letter = { global: 'g', stuck: 's', origin: '?', unfinished: '?' }
  signal.throwIfAborted()
  const { ends } = descendBatch(starts, wStar, { ...shapeOf(k, params), maxSteps: 5000 })
  return { ends: ends.map(({ kind }) => letter[kind]).join('') }
}

/**
 * Everything again; the loss at the point, and the convexity on the certified discs, by the sum
 * over pairs of windows.
 */
export function checkMinimum(
  row: MinimumRow,
  context: CheckContext<MinimumParams, MinimumCell>,
): MinimumMeasured {
  const { params, cell } = context
  const wStar = teacherOf(params)
  const shape = shapeOf(cell.k, params)
  const witness = witnessOf(cell, context)
  if (!sameJson(row.witness, witness)) throw new Error('the witness is not the point −t₀w*')
  if (cell.part === 'point') {
    const { windows, d } = strideWindows(shape.m, shape)
    const pairs = patchLoss(witness.w, wStar, windows, d) / norm2(wStar) ** 2
    const { loss } = row.measured as PointMeasured
    if (!(Math.abs(pairs - loss) <= 1e-12))
      throw new Error(`the sum over pairs of windows gives ${pairs}, recorded is ${loss}`)
  }
  if (cell.part === 'certificates') {
    const { float64, proof } = row.measured as CertificatesMeasured
    for (const found of [float64, proof]) checkBall(found, witness.w, wStar, shape)
  }
  return measured(cell, context)
}

/**
 * On the rim of a certified ball the Hessian, from pairs of windows, has the convexity that is
 * said.
 */
function checkBall(
  found: CertificateRecord | null,
  w: readonly number[],
  wStar: readonly number[],
  shape: OverlapShape,
): void {
  const { radius, convexity } = found ?? {}
  if (typeof radius !== 'number' || typeof convexity !== 'number') return
  const { windows, d } = strideWindows(shape.m, shape)
  for (let i = 0; i < shape.m; i++)
    for (const step of [radius, -radius]) {
      const at = w.map((x, j) => x + (j === i ? step : 0))
      const [least] = eigenSymmetric(patchHessian(at, wStar, windows, d)).values
      if (!(least >= convexity - 1e-12))
        throw new Error(`on the rim of the certified ball the Hessian has the eigenvalue ${least}`)
    }
}
