import { ShapeError, type Vec } from '@nonconvex/tensor'
import { checkCount, checkFinite, checkFiniteVector, checkPositive } from '@nonconvex/tensor/check'
import { budgetGradient } from '../cardinality/budget.js'
import { projectBudget } from '../cardinality/project-budget.js'
import {
  descending,
  recordPublished,
  type RecordedLabels,
} from '../cardinality/published-budget.js'
import { oneOf } from '../layer/kinds.js'

/** The score s(y) = uᵀy + cᵀ relu(Wᵀy) of labels y in [0, 1]^L. */
export interface LabelScore {
  /** score of each label, [L] */
  readonly u: Vec
  /** W: what each interaction sums, [L, G] row-major */
  readonly w: Vec
  /** c: weight of each interaction, [G] */
  readonly c: Vec
}

/** The projections by which labels are kept at a budget. */
export const projections = ['exact', 'published'] as const

export type ProjectionKind = (typeof projections)[number]

/** How labels are inferred. */
export interface UnrolledOptions {
  /** `projectBudget` (exact, the default) or `publishedBudget` */
  readonly projection?: ProjectionKind
  /** T; 15 by default */
  readonly steps?: number
  /** 0.9 by default */
  readonly momentum?: number
  /** η; 0.005 by default */
  readonly eta?: number
}

/** As in the published program. */
export const unrolledDefaults = {
  projection: 'exact',
  steps: 15,
  momentum: 0.9,
  eta: 0.005,
} as const

/** The gradient of a loss through an inference. */
export interface UnrolledGradient {
  readonly u: Float64Array
  readonly z: number
}

/** Where the gradients by the shared parameters are added. */
export interface InteractionGradient {
  /** by W, [L, G] */
  readonly w: Float64Array
  /** by c, [G] */
  readonly c: Float64Array
}

/** What an inference has computed. */
export interface Unrolled {
  /** y¹ … y^T; the last one is the answer */
  readonly iterates: readonly Float64Array[]
  /**
   * The gradient by u and z from the gradients by y¹ … y^T; those by W and c are added to `sums`.
   */
  readonly backward: (upstream: readonly Vec[], sums: InteractionGradient) => UnrolledGradient
}

const project = (
  kind: ProjectionKind,
  v: Float64Array,
  z: number,
  order: Uint32Array,
): RecordedLabels => {
  if (kind === 'published') return recordPublished(v, z, order)
  const budget = projectBudget(v, z)
  return { y: budget.y, backward: (g) => budgetGradient(budget, g) }
}

/**
 * Labels of a high score that sum to a budget, by T steps of projected gradient ascent with momentum,
 * and the way back through all of them:
 *
 *     y⁰ = σ(u),   v ← μ v + η (u + W (c ⊙ [Wᵀy > 0])),   y ← Π_z(y + v)
 *
 * With the exact projection every iterate sums to z. The published one does not keep the sum, see
 * `publishedBudget`.
 *
 * @param score - finite
 * @param z - the budget, in [0, L]
 * @throws RangeError for numbers out of range, ShapeError for lengths that do not fit
 * Cost: O(T (L G + L log L)), forward and back. Source: Brukhim & Globerson (2018) and the authors'
 *   published code; the reverse of each step is ours. relu has the derivative 0 at 0.
 *
 * @example
 * import { unrolledInference } from '@nonconvex/structured/energy'
 * // the second and the third label exclude each other
 * const score = { u: [1, 2, 1.9], w: [0, 1, 1], c: [-4] }
 * const { iterates } = unrolledInference(score, 2, { eta: 0.5 })
 * console.log(Array.from(iterates[14], (y) => y.toFixed(2)).join(' ')) // → 1.00 1.00 0.00
 */
export function unrolledInference(
  score: LabelScore,
  z: number,
  options: UnrolledOptions = {},
): Unrolled {
  const fn = 'unrolledInference'
  const { projection, steps, momentum, eta } = { ...unrolledDefaults, ...options }
  const { u, w, c } = score
  const [L, G] = [u.length, c.length]
  checkFiniteVector(fn, 'u', u)
  checkFiniteVector(fn, 'w', w)
  checkFiniteVector(fn, 'c', c)
  if (w.length !== L * G)
    throw new ShapeError(`${fn}: w must have length L·G = ${L * G}, got ${w.length}`)
  oneOf(fn, 'projection', projection, projections)
  checkCount(fn, 'steps', steps)
  checkPositive(fn, 'eta', eta)
  checkFinite(fn, 'momentum', momentum)
  checkFinite(fn, 'z', z)
  const first = Float64Array.from(u, logistic)
  const velocity = new Float64Array(L)
  // it changes little from step to step
  const order = descending(first)
  /** of each step: [Wᵀy > 0], and the projection */
  const active: Uint8Array[] = []
  const recorded: RecordedLabels[] = []
  let y: Float64Array = first
  for (let t = 0; t < steps; t++) {
    const on = activeAt(y, w, G)
    const weights = Float64Array.from(c, (weight, j) => weight * on[j])
    const moved = new Float64Array(L)
    for (let i = 0; i < L; i++) {
      let slope = u[i]
      for (let j = 0; j < G; j++) slope += w[i * G + j] * weights[j]
      velocity[i] = momentum * velocity[i] + eta * slope
      moved[i] = y[i] + velocity[i]
    }
    const labels = project(projection, moved, z, order)
    active.push(on)
    recorded.push(labels)
    y = labels.y
  }
  const backward = (upstream: readonly Vec[], sums: InteractionGradient): UnrolledGradient => {
    if (upstream.length !== steps)
      throw new ShapeError(`${fn}: upstream must have ${steps} gradients, got ${upstream.length}`)
    let byY: Float64Array = new Float64Array(L)
    const byVelocity = new Float64Array(L)
    const byU = new Float64Array(L)
    let byZ = 0
    for (let t = steps - 1; t >= 0; t--) {
      for (let i = 0; i < L; i++) byY[i] += upstream[t][i]
      const through = recorded[t].backward(byY)
      byZ += through.z
      byY = through.v
      const on = active[t]
      for (let i = 0; i < L; i++) {
        byVelocity[i] += byY[i]
        const slope = eta * byVelocity[i]
        byU[i] += slope
        for (let j = 0; j < G; j++)
          if (on[j] === 1) {
            sums.w[i * G + j] += slope * c[j]
            sums.c[j] += slope * w[i * G + j]
          }
        byVelocity[i] *= momentum
      }
    }
    for (let i = 0; i < L; i++) byU[i] += byY[i] * first[i] * (1 - first[i])
    return { u: byU, z: byZ }
  }
  return { iterates: recorded.map((labels) => labels.y), backward }
}

function activeAt(y: Float64Array, w: Vec, G: number): Uint8Array {
  const sums = new Float64Array(G)
  for (let i = 0; i < y.length; i++)
    if (y[i] !== 0) for (let j = 0; j < G; j++) sums[j] += y[i] * w[i * G + j]
  return Uint8Array.from(sums, (sum) => Number(sum > 0))
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x))
