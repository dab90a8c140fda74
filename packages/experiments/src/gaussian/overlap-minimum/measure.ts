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
  stridePatches,
  type OverlapShape,
} from '@nonconvex/gaussian-theory/overlap'
import { descendBatch } from '@nonconvex/gaussian-theory/restarts'
import { norm2, type Stream } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import type { CellsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { type PartContext, type PartRow } from '../../define/work.js'
import { checkPairs } from '../check-pairs.js'
import { shapeOf, teacherOf, type Params, type overlapMinimum } from './experiment.js'
import { gridInitializations, planeOf } from './figures.js'

/** A cell of any part: each concerns the critical point for k patches. */
export type At = CellsOf<typeof overlapMinimum>['point']
export type Context = Pick<MeasureContext<Params>, 'params' | 'stream' | 'signal'>

interface Point {
  readonly w: readonly number[]
}

/** The candidate; the zero vector for one patch, which has none. */
export function witnessOf(
  { k }: Pick<At, 'k'>,
  { params }: Pick<Context, 'params'>,
): { w: number[] } {
  const wStar = teacherOf(params)
  const { t0 } = antiparallelRay(wStar, shapeOf(k, params))
  return { w: wStar.map((x) => (k === 1 ? 0 : -t0 * x + 0)) }
}

export function pointOf(cell: At, context: Context) {
  const wStar = teacherOf(context.params)
  const shape = shapeOf(cell.k, context.params)
  const R = norm2(wStar)
  const { t0 } = antiparallelRay(wStar, shape)
  const { w } = witnessOf(cell, context)
  if (norm2(w) === 0)
    return { t0, loss: overlapLoss(w, wStar, shape) / R ** 2, gradientNorm: 0, eigenvalues: [] }
  const { loss, gradientNorm, eigenvalues } = overlapEvidence(w, wStar, shape)
  // in units of the teacher's length
  return { t0, loss: loss / R ** 2, gradientNorm: gradientNorm / R, eigenvalues }
}

export function certificatesOf(cell: At, context: Context) {
  const { w } = witnessOf(cell, context)
  const shape = shapeOf(cell.k, context.params)
  const of = (rigor: CertificateRecord['rigor']): CertificateRecord | null =>
    norm2(w) === 0
      ? null
      : certificateRecord(certifyMinimum(w, teacherOf(context.params), { ...shape, rigor }))
  return { float64: of('float64'), proof: of('proof') }
}

/** The interval certificate for each number of patches that is proved, opposite to a teacher. */
export const everyKOf = (wStar: readonly number[], patches: readonly number[]) =>
  patches.map((k) => {
    const { t0 } = antiparallelRay(wStar, { k, stride: 1 })
    const w = wStar.map((x) => -t0 * x + 0)
    const found = certifyMinimum(w, wStar, { k, stride: 1, rigor: 'proof' })
    return { k, w, found: certificateRecord(found) }
  })

export function formulasOf({ k }: At, { params, stream, signal }: Context) {
  const wStar = teacherOf(params)
  const shape = shapeOf(k, params)
  const { patches, d } = stridePatches(shape.m, shape)
  let [lagOff, lipschitz] = [0, 0]
  for (let i = 0; i < params.points; i++) {
    signal.throwIfAborted()
    const draws = stream.child('point', i)
    const [w, t] = [draws.child('w'), draws.child('t')].map((s) =>
      s.normalInto(new Float64Array(shape.m)),
    )
    const size = Math.max(1, norm2(w) ** 2 + norm2(t) ** 2)
    const loss = Math.abs(overlapLoss(w, t, shape) - patchLoss(w, t, patches, d))
    const other = patchGradient(w, t, patches, d)
    overlapGradient(w, t, shape).forEach((x, j) => (other[j] -= x))
    lagOff = Math.max(lagOff, loss / size, norm2(other) / size)
    lipschitz = Math.max(lipschitz, fractionOfBound(w, t, shape, draws))
  }
  return {
    reflected: overlapLoss(
      wStar.map((x) => -x),
      wStar,
      shape,
    ),
    expected: reflectedLoss(wStar, shape),
    // in units of max(1, r² + R²)
    lagOff,
    // as a fraction of the bound on the change of the Hessian
    lipschitz,
  }
}

/** ‖∇²ℓ(v) − ∇²ℓ(w)‖/(Λ ‖v − w‖) for a v within a fifth of ‖w‖. */
function fractionOfBound(
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

export function trapOf(cell: At, context: Context) {
  const { params, stream, signal } = context
  const wStar = teacherOf(params)
  const shape = shapeOf(cell.k, params)
  const { starts } = params
  const R = norm2(wStar)
  // largest ∂ℓ/∂w₁ on the wall {w₁ = 0 > w₂}
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
    // initializations in the opposite quadrant that reach the teacher
    reached: others.filter(({ kind }) => kind === 'global').length,
  }
}

export function basinsOf({ k }: At, { params, signal }: Context) {
  const wStar = teacherOf(params)
  const { x, y } = gridInitializations(params)
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

/** The loss at the point, by the sum over pairs of patches; in units of the teacher's length. */
export function sumOverPairs(
  { cell: { k }, measured, witness: { w } }: PartRow<At, { readonly loss: number }, Point>,
  { params }: PartContext<Params>,
): void {
  const wStar = teacherOf(params)
  const R = norm2(wStar)
  const inUnits = (v: readonly number[]) => v.map((x) => x / R)
  checkPairs(inUnits(w), measured.loss, inUnits(wStar), shapeOf(k, params))
}

/** On the rim of a certified ball the Hessian, from pairs of patches, is as convex as recorded. */
export function convexOnBalls(
  { cell, measured, witness: { w } }: PartRow<At, ReturnType<typeof certificatesOf>, Point>,
  { params }: PartContext<Params>,
): void {
  const shape = shapeOf(cell.k, params)
  const { patches, d } = stridePatches(shape.m, shape)
  for (const found of [measured.float64, measured.proof]) {
    const { radius, convexity } = found ?? {}
    if (typeof radius !== 'number' || typeof convexity !== 'number') continue
    for (let i = 0; i < shape.m; i++)
      for (const step of [radius, -radius]) {
        const at = w.map((x, j) => x + (j === i ? step : 0))
        const [least] = eigenSymmetric(patchHessian(at, teacherOf(params), patches, d)).values
        if (!(least >= convexity - 1e-12))
          throw new Error(
            `on the rim of the certified ball the Hessian has the eigenvalue ${least}`,
          )
      }
  }
}
