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

/** `total` of `clipped`, bit for bit, without the labels. */
function clippedTotal(v: Vec, base: number, step: number, { lo, hi, weights }: Box): number {
  let sum = 0
  for (let i = 0; i < v.length; i++) {
    const a = weights[i]
    const label = v[i] - base * a - step * a
    sum += a * Math.min(hi, Math.max(lo, label))
  }
  return sum
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
 * the signs of a. Its kinks are halved until two neighbors have the root between them,
 * where it is a line.
 */
function multiplier(v: Vec, z: number, box: Box): Multiplier {
  const { lo, hi, weights } = box
  /** τ at which label i begins to move, and at which it stops */
  const enter = new Float64Array(v.length)
  const leave = new Float64Array(v.length)
  const kinks = new Float64Array(2 * v.length)
  let finite = 0
  for (let i = 0; i < v.length; i++) {
    const a = weights[i]
    if (a === 0) continue
    const [first, second] = [(v[i] - hi) / a, (v[i] - lo) / a]
    enter[i] = a > 0 ? first : second
    leave[i] = a > 0 ? second : first
    if (Number.isFinite(first)) kinks[finite++] = first
    if (Number.isFinite(second)) kinks[finite++] = second
  }
  if (finite === 0) return { base: 0, step: 0 }
  const sumAt = (base: number, step = 0): number => clippedTotal(v, base, step, box)
  const [left, right] = neighbors(kinks.subarray(0, finite), (kink) => sumAt(kink) >= z)
  const base = left === -Infinity ? right : left
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

/** Halvings of the range of the kinks before those that are left are sorted. */
const HALVINGS = 8

/**
 * The last kink that is below the root and the first that is not; −∞ or ∞ where there is none.
 *
 * @param below - true up to the root, false beyond
 */
function neighbors(
  kinks: Float64Array,
  below: (kink: number) => boolean,
): readonly [left: number, right: number] {
  let [low, high] = [Infinity, -Infinity]
  for (const kink of kinks) {
    low = Math.min(low, kink)
    high = Math.max(high, kink)
  }
  if (!below(low)) return [-Infinity, low]
  if (below(high)) return [high, Infinity]
  for (let t = 0; t < HALVINGS; t++) {
    const middle = (low + high) / 2
    if (!(middle > low && middle < high)) break
    if (below(middle)) low = middle
    else high = middle
  }
  // kinks up to `low` are below, those from `high` on are not
  let [left, right, count] = [-Infinity, Infinity, 0]
  const between = new Float64Array(kinks.length)
  for (const kink of kinks) {
    if (kink <= low) left = Math.max(left, kink)
    else if (kink >= high) right = Math.min(right, kink)
    else between[count++] = kink
  }
  const sorted = between.subarray(0, count).sort()
  let [from, to] = [-1, count]
  while (to - from > 1) {
    const middle = (from + to) >> 1
    if (below(sorted[middle])) from = middle
    else to = middle
  }
  return [from < 0 ? left : sorted[from], to < count ? sorted[to] : right]
}

/** Σ a_i y_i. */
export function total(y: Float64Array, weights: Float64Array): number {
  let sum = 0
  for (let i = 0; i < y.length; i++) sum += weights[i] * y[i]
  return sum
}
