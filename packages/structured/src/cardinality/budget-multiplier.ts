import { power, type Vec } from '@nonconvex/tensor'

/** Bounds of the labels, and their budget weights. */
export interface Box {
  readonly lo: number
  readonly hi: number
  readonly weights: Float64Array
}

/**
 * τ = base + step. The scores of free labels are near the base, so that v − base is exact for a =
 * 1.
 */
export interface Multiplier {
  readonly base: number
  readonly step: number
}

/** y_i = clip(v_i − τ a_i, lo, hi). */
export function clipped(
  v: Vec,
  { base, step }: Multiplier,
  { lo, hi, weights }: Box,
): Float64Array {
  const y = new Float64Array(v.length)
  for (let i = 0; i < y.length; i++) {
    const label = v[i] - base * weights[i] - step * weights[i]
    y[i] = Math.min(hi, Math.max(lo, label))
  }
  return y
}

/** The labels that sum to z, and the multiplier τ. */
export function labelsThatKeep(v: Vec, z: number, box: Box): { y: Float64Array; tau: number } {
  // by a power of two, so that squares of weights neither overflow nor vanish
  const unit = unitOf(box.weights)
  const scaled = { ...box, weights: box.weights.map((a) => a / unit) }
  const goal = z / unit
  const first = multiplier(v, goal, scaled)
  const y = clipped(v, first, scaled)
  const tau = first.base + first.step
  if (Math.abs(total(y, scaled.weights) - goal) <= rounding(y, goal, scaled.weights))
    return { y, tau: tau / unit }
  // Large scores, whose labels differ by less than they are rounded: from the root that was found
  // differences are exact.
  const near = Float64Array.from(v, (score, i) => score - tau * scaled.weights[i])
  const again = multiplier(near, goal, scaled)
  return { y: clipped(near, again, scaled), tau: (tau + again.base + again.step) / unit }
}

/** A bound on the rounding error of a sum of labels. */
export function rounding(y: Float64Array, z: number, weights: Float64Array): number {
  const size = y.reduce((sum, label, i) => sum + Math.abs(weights[i] * label), 0)
  return 4 * y.length * Number.EPSILON * Math.max(size, Math.abs(z))
}

/** The power of two of the largest weight; 1 if all are 0. */
export function unitOf(weights: Float64Array): number {
  const largest = weights.reduce((most, a) => Math.max(most, Math.abs(a)), 0)
  return largest === 0 ? 1 : power(2, Math.floor(Math.log2(largest)))
}

/**
 * A root τ of Σ a_i clip(v_i − τ a_i, lo, hi) − z, which does not increase with τ whatever
 * the signs of a. Its kinks are sorted and halved until two neighbors have the root between them,
 * where it is a line.
 */
function multiplier(v: Vec, z: number, box: Box): Multiplier {
  const { lo, hi, weights } = box
  /** τ at which label i begins to move, and at which it stops */
  const enter = new Float64Array(v.length)
  const leave = new Float64Array(v.length)
  const kinks: number[] = []
  for (let i = 0; i < v.length; i++) {
    const a = weights[i]
    if (a === 0) continue
    const ends = [(v[i] - hi) / a, (v[i] - lo) / a]
    enter[i] = a > 0 ? ends[0] : ends[1]
    leave[i] = a > 0 ? ends[1] : ends[0]
    for (const kink of ends) if (Number.isFinite(kink)) kinks.push(kink)
  }
  if (kinks.length === 0) return { base: 0, step: 0 }
  const sorted = Float64Array.from(kinks).sort()
  const sumAt = (base: number, step = 0): number => total(clipped(v, { base, step }, box), weights)
  // the last kink at which the sum still is z or more; −1 if it is less at all of them
  let [from, to] = [-1, sorted.length]
  while (to - from > 1) {
    const middle = (from + to) >> 1
    if (sumAt(sorted[middle]) >= z) from = middle
    else to = middle
  }
  const base = sorted[Math.max(0, from)]
  const left = from < 0 ? -Infinity : sorted[from]
  const right = to < sorted.length ? sorted[to] : Infinity
  let slope = 0
  for (let i = 0; i < v.length; i++)
    if (enter[i] <= left && leave[i] >= right) slope += weights[i] ** 2
  if (slope === 0) return { base, step: 0 }
  let step = 0
  let off = sumAt(base) - z
  // The line leads there at once; a second step takes away what the first has rounded.
  for (let t = 0; t < 3 && off !== 0; t++) {
    const next = step + off / slope
    const rest = sumAt(base, next) - z
    if (t > 0 && Math.abs(rest) >= Math.abs(off)) break
    step = next
    off = rest
  }
  return { base, step }
}

/** Σ a_i y_i. */
export function total(y: Float64Array, weights: Float64Array): number {
  let sum = 0
  for (let i = 0; i < y.length; i++) sum += weights[i] * y[i]
  return sum
}
