import { balance } from '../network/accumulate.js'
import type { FirstLayer } from '../network/first-layer.js'
import type { Net } from '../network/net.js'

/**
 * The groups of units with equal sign and equal initial weights, which stay identical during
 * training, so that one unit of each suffices. For W₀ = 0 there are two groups for every k.
 */
export interface UnitGroups {
  /** [2k] the group of each unit; those of positive units come first */
  readonly of: Int32Array
  /** units in each group */
  readonly many: Int32Array
  /** groups of positive units */
  readonly plus: number
}

/** Groups the units of a network; the groups are in the order of their first units. */
export function unitGroups(net: Net): UnitGroups {
  const { k, d, weights } = net
  const of = new Int32Array(2 * k)
  const many: number[] = []
  const factors = Float64Array.from({ length: d }, (_, f) => 1 + ((f * 0.618) % 1))
  let plus = 0
  for (const [from, to] of [
    [0, k],
    [k, 2 * k],
  ]) {
    const known = new Map<number, number[]>()
    for (let j = from; j < to; j++) {
      const key = keyOf(weights, j * d, factors)
      const firsts = known.get(key) ?? []
      const same = firsts.find((other) => equal(weights, other * d, j * d, d))
      if (same === undefined) {
        known.set(key, [...firsts, j])
        of[j] = many.push(1) - 1
      } else {
        of[j] = of[same]
        many[of[j]]++
      }
    }
    if (from === 0) plus = many.length
  }
  return { of, many: Int32Array.from(many), plus }
}

/** Every unit in its own group. */
export const singles = ({ k }: Net): UnitGroups => ({
  of: Int32Array.from({ length: 2 * k }, (_, j) => j),
  many: new Int32Array(2 * k).fill(1),
  plus: k,
})

/** A hash of a row: equal rows have equal numbers, and different rows almost never do. */
function keyOf(weights: Float64Array, at: number, factors: Float64Array): number {
  let key = 0
  for (let f = 0; f < factors.length; f++) key += weights[at + f] * factors[f]
  return key
}

function equal(weights: Float64Array, a: number, b: number, d: number): boolean {
  for (let f = 0; f < d; f++) if (!Object.is(weights[a + f], weights[b + f])) return false
  return true
}

/**
 * One column for each group, from weights stored by feature; the weights themselves if every unit
 * is its own group.
 */
export function groupColumns(weights: Float64Array, groups: UnitGroups, d: number): Float64Array {
  const [units, total] = [groups.of.length, groups.many.length]
  if (total === units) return weights
  const out = new Float64Array(total * d)
  for (let f = 0; f < d; f++)
    for (let j = 0; j < units; j++) out[f * total + groups.of[j]] = weights[f * units + j]
  return out
}

/** The inverse of `groupColumns`: a column for each unit. */
export function unitColumns(weights: Float64Array, groups: UnitGroups, d: number): Float64Array {
  const [units, total] = [groups.of.length, groups.many.length]
  if (total === units) return weights
  const out = new Float64Array(units * d)
  for (let f = 0; f < d; f++)
    for (let j = 0; j < units; j++) out[f * units + j] = weights[f * total + groups.of[j]]
  return out
}

/**
 * The output N from one pre-activation of each group, summed in the order of all units.
 *
 * @param layer - if z is its own, or from its `each`, which may be faster
 */
export function outputOf(
  z: Float64Array,
  { of, many }: UnitGroups,
  { alpha, v }: Pick<Net, 'alpha' | 'v'>,
  layer: Pick<FirstLayer, 'balance'> = { balance },
): number {
  if (many.length === of.length) return v * layer.balance(z, alpha)
  const k = of.length / 2
  let plus = 0
  let minus = 0
  for (let j = 0; j < k; j++) plus += z[of[j]] > 0 ? z[of[j]] : alpha * z[of[j]]
  for (let j = k; j < of.length; j++) minus += z[of[j]] > 0 ? z[of[j]] : alpha * z[of[j]]
  return v * (plus - minus)
}

/**
 * Computes the step push_j = ±plus · s_j of an update, one number for each group.
 *
 * @param plus - ηyv
 * @returns the number of active units
 */
export function pushOf(
  layer: FirstLayer,
  { of, many, plus: positive }: UnitGroups,
  plus: number,
  alpha: number,
): number {
  if (many.length === of.length) return layer.steps(plus, alpha)
  const { z, push } = layer
  let active = 0
  for (let g = 0; g < z.length; g++) {
    const on = z[g] > 0
    if (on) active += many[g]
    push[g] = (g < positive ? plus : -plus) * (on ? 1 : alpha)
  }
  return active
}
