import {
  antiparallelRay,
  certificateRecord,
  certifyMinimum,
  descendBatch,
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
} from '@nonconvex/gaussian-theory'
import type { CertificateRecord } from '@nonconvex/gaussian-theory'
import { eigenSymmetric, norm2 } from '@nonconvex/tensor'
import type { Stream } from '@nonconvex/tensor'
import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import { sameJson } from '../../result/canonical.js'
import { shapeOf, teacher } from './params.js'
import type { MinimumCell, MinimumParams } from './params.js'

/** The point −t₀w*. */
export type PointMeasured = {
  readonly t0: number
  readonly loss: number
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

/** What `certifyMinimum` says of the point, in float64 and by intervals; nothing for one window, which has no such point. */
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

/** The map shows [−2, 2]². */
export const MAP_EDGE = 2

type Context = Pick<MeasureContext<MinimumParams>, 'params' | 'stream' | 'signal'>

export function measureMinimum(
  cell: MinimumCell,
  context: MeasureContext<MinimumParams>,
): MinimumRow {
  return { key: cell.key, measured: measured(cell, context), witness: witnessOf(context.params) }
}

/** The candidate; the zero vector for one window, which has none. */
function witnessOf(params: MinimumParams): { w: number[] } {
  const { t0 } = antiparallelRay([...teacher], shapeOf(params))
  return { w: params.k === 1 ? [0, 0] : teacher.map((x) => -t0 * x) }
}

function measured({ part }: MinimumCell, context: Context): MinimumMeasured {
  switch (part) {
    case 'point':
      return pointOf(context.params)
    case 'certificates':
      return certificatesOf(context.params)
    case 'formulas':
      return formulasOf(context)
    case 'trap':
      return trapOf(context)
    case 'basins':
      return basinsOf(context)
  }
}

function pointOf(params: MinimumParams): PointMeasured {
  const shape = shapeOf(params)
  const { t0 } = antiparallelRay([...teacher], shape)
  const { w } = witnessOf(params)
  if (norm2(w) === 0)
    return { t0, loss: overlapLoss(w, [...teacher], shape), gradientNorm: 0, eigenvalues: [] }
  const { loss, gradientNorm, eigenvalues } = overlapEvidence(w, [...teacher], shape)
  return { t0, loss, gradientNorm, eigenvalues }
}

function certificatesOf(params: MinimumParams): CertificatesMeasured {
  const { w } = witnessOf(params)
  const of = (rigor: CertificateRecord['rigor']): CertificateRecord | null =>
    params.k === 1
      ? null
      : certificateRecord(certifyMinimum(w, [...teacher], { ...shapeOf(params), rigor }))
  return { float64: of('float64'), proof: of('proof') }
}

function formulasOf({ params, stream, signal }: Context): FormulasMeasured {
  const shape = shapeOf(params)
  const { windows, d } = strideWindows(2, shape)
  let [lagOff, lipschitz] = [0, 0]
  for (let i = 0; i < params.points; i++) {
    signal.throwIfAborted()
    const draws = stream.child('point', i)
    const [w, t] = [draws.child('w'), draws.child('t')].map((s) =>
      s.normalInto(new Float64Array(2)),
    )
    const size = Math.max(1, norm2(w) ** 2 + norm2(t) ** 2)
    const loss = Math.abs(overlapLoss(w, t, shape) - patchLoss(w, t, windows, d))
    const other = patchGradient(w, t, windows, d)
    overlapGradient(w, t, shape).forEach((x, j) => (other[j] -= x))
    lagOff = Math.max(lagOff, loss / size, norm2(other) / size)
    lipschitz = Math.max(lipschitz, shareOfBound(w, t, params, draws))
  }
  return {
    reflected: overlapLoss(
      teacher.map((x) => -x),
      [...teacher],
      shape,
    ),
    expected: reflectedLoss([...teacher], shape),
    lagOff,
    lipschitz,
  }
}

/** ‖∇²ℓ(v) − ∇²ℓ(w)‖/(Λ ‖v − w‖) for a v within a fifth of ‖w‖. */
function shareOfBound(
  w: Float64Array,
  t: Float64Array,
  params: MinimumParams,
  draws: Stream,
): number {
  const shape = shapeOf(params)
  const step = draws.child('step')
  const [direction, size] = [step.unitVector(2), 0.2 * step.uniform() * norm2(w)]
  const v = w.map((x, j) => x + size * direction[j])
  const gap = overlapHessian(v, t, shape)
  overlapHessian(w, t, shape).data.forEach((x, j) => (gap.data[j] -= x))
  const { values } = eigenSymmetric(gap)
  const bound = hessianLipschitz(norm2(w) - size, norm2(t), shape)
  return bound === 0 ? 0 : Math.max(-values[0], values[1]) / (bound * size)
}

function trapOf({ params, stream, signal }: Context): TrapMeasured {
  const shape = shapeOf(params)
  const { starts } = params
  let flattest = -Infinity
  for (let i = 1; i <= 40; i++)
    flattest = Math.max(flattest, overlapGradient([0, -i / 20], [...teacher], shape)[0])
  const data = new Float64Array(2 * starts)
  for (let i = 0; i < starts; i++) {
    const [x, y] = stream.child('start', i).unitVector(2).map(Math.abs)
    data.set([x, -y], 2 * i)
  }
  const { w } = witnessOf(params)
  const inside = { rows: starts, cols: 2, data }
  const ends = descendBatch(inside, [...teacher], shape).ends
  signal.throwIfAborted()
  const mirrored = { ...inside, data: data.map((x) => -x) }
  const others = descendBatch(mirrored, [...teacher], shape).ends
  return {
    flattest,
    trapped: ends.filter((e) => Math.hypot(e.w[0] - w[0], e.w[1] - w[1]) < 1e-6).length,
    reached: others.filter(({ kind }) => kind === 'global').length,
  }
}

/** Starts of the map, row by row from below; none of them is 0. */
export function gridStarts(grid: number): { x: number[]; y: number[] } {
  // cells' middles, moved a little so that none is the origin or on an axis of symmetry
  const at = (i: number): number => MAP_EDGE * ((2 * i + 1.01) / grid - 1)
  const index = Array.from({ length: grid * grid }, (_, i) => i)
  return { x: index.map((i) => at(i % grid)), y: index.map((i) => at(Math.floor(i / grid))) }
}

function basinsOf({ params }: Context): BasinsMeasured {
  const { x, y } = gridStarts(params.grid)
  const starts = {
    rows: x.length,
    cols: 2,
    data: Float64Array.from(x.flatMap((a, i) => [a, y[i]])),
  }
  const letter = { global: 'g', stuck: 's', origin: '?', unfinished: '?' }
  const { ends } = descendBatch(starts, [...teacher], { ...shapeOf(params), maxSteps: 5000 })
  return { ends: ends.map(({ kind }) => letter[kind]).join('') }
}

/** Everything again; the loss at the point, and the convexity on the certified discs, by the sum over pairs of windows. */
export function checkMinimum(
  row: MinimumRow,
  context: CheckContext<MinimumParams, MinimumCell>,
): MinimumMeasured {
  const { params, cell } = context
  const witness = witnessOf(params)
  if (!sameJson(row.witness, witness)) throw new Error('the witness is not the point −t₀w*')
  if (cell.part === 'point') {
    const { windows, d } = strideWindows(2, shapeOf(params))
    const pairs = patchLoss(witness.w, [...teacher], windows, d)
    const { loss } = row.measured as PointMeasured
    if (!(Math.abs(pairs - loss) <= 1e-12))
      throw new Error(`the sum over pairs of windows gives ${pairs}, recorded is ${loss}`)
  }
  if (cell.part === 'certificates') {
    const { float64, proof } = row.measured as CertificatesMeasured
    for (const found of [float64, proof]) checkDisc(found, witness.w, params)
  }
  return measured(cell, context)
}

/** On the rim of a certified disc the Hessian, from pairs of windows, has the convexity that is said. */
function checkDisc(
  found: CertificateRecord | null,
  w: readonly number[],
  params: MinimumParams,
): void {
  const { radius, convexity } = found ?? {}
  if (typeof radius !== 'number' || typeof convexity !== 'number') return
  const { windows, d } = strideWindows(2, shapeOf(params))
  for (let i = 0; i < 4; i++) {
    const angle = (Math.PI * i) / 2
    const at = [w[0] + radius * Math.cos(angle), w[1] + radius * Math.sin(angle)]
    const [least] = eigenSymmetric(patchHessian(at, [...teacher], windows, d)).values
    if (!(least >= convexity - 1e-12))
      throw new Error(`on the rim of the certified disc the Hessian has the eigenvalue ${least}`)
  }
}
