/**
 * The innermost loops. Weights are stored by feature (entry (f, j) at f·units + j), so that these
 * loops run over contiguous memory. Every loop adds the features in ascending order with one
 * rounding each, so that all engines get the same bits. Zero features may be skipped, since adding
 * ±0 changes nothing.
 */

/** Features added in one pass over the units: fewer loads and stores of z. */
const BLOCK = 4
/** Below this number of units a sum in a register is faster than a pass over z. */
export const FEW = 8

/** Computes z_j = Σ_q value[q] · W[index[q], j] for q = from … to − 1; z is overwritten. */
export function accumulateSparseInto(
  z: Float64Array,
  w: Float64Array,
  index: Int32Array,
  value: Float64Array,
  from: number,
  to: number,
): void {
  const units = z.length
  if (units <= FEW) {
    for (let j = 0; j < units; j++) {
      let sum = 0
      for (let q = from; q < to; q++) sum += value[q] * w[index[q] * units + j]
      z[j] = sum
    }
    return
  }
  z.fill(0)
  let q = from
  for (; q + BLOCK <= to; q += BLOCK) {
    const a = value[q]
    const b = value[q + 1]
    const c = value[q + 2]
    const e = value[q + 3]
    const wa = index[q] * units
    const wb = index[q + 1] * units
    const wc = index[q + 2] * units
    const we = index[q + 3] * units
    for (let j = 0; j < units; j++)
      z[j] = z[j] + a * w[wa + j] + b * w[wb + j] + c * w[wc + j] + e * w[we + j]
  }
  for (; q < to; q++) {
    const a = value[q]
    const wa = index[q] * units
    for (let j = 0; j < units; j++) z[j] += a * w[wa + j]
  }
}

/** Computes z_j = Σ_f x[from + f] · W[f, j] over all d features; z is overwritten. */
export function accumulateDenseInto(
  z: Float64Array,
  w: Float64Array,
  x: Float64Array,
  from: number,
  d: number,
): void {
  const units = z.length
  if (units <= FEW) {
    for (let j = 0; j < units; j++) {
      let sum = 0
      for (let f = 0; f < d; f++) sum += x[from + f] * w[f * units + j]
      z[j] = sum
    }
    return
  }
  z.fill(0)
  let f = 0
  let at = 0
  for (; f + BLOCK <= d; f += BLOCK, at += BLOCK * units) {
    const a = x[from + f]
    const b = x[from + f + 1]
    const c = x[from + f + 2]
    const e = x[from + f + 3]
    const wb = at + units
    const wc = wb + units
    const we = wc + units
    for (let j = 0; j < units; j++)
      z[j] = z[j] + a * w[at + j] + b * w[wb + j] + c * w[wc + j] + e * w[we + j]
  }
  for (; f < d; f++, at += units) {
    const a = x[from + f]
    for (let j = 0; j < units; j++) z[j] += a * w[at + j]
  }
}

/** Adds step_j · value[q] to W[index[q], j] for q = from … to − 1. */
export function addSparseInto(
  w: Float64Array,
  step: Float64Array,
  index: Int32Array,
  value: Float64Array,
  from: number,
  to: number,
): void {
  const units = step.length
  for (let q = from; q < to; q++) {
    const a = value[q]
    const at = index[q] * units
    for (let j = 0; j < units; j++) w[at + j] += step[j] * a
  }
}

/** Adds step_j · x[from + f] to W[f, j] for all d features. */
export function addDenseInto(
  w: Float64Array,
  step: Float64Array,
  x: Float64Array,
  from: number,
  d: number,
): void {
  const units = step.length
  for (let f = 0, at = 0; f < d; f++, at += units) {
    const a = x[from + f]
    if (a === 0) continue
    for (let j = 0; j < units; j++) w[at + j] += step[j] * a
  }
}

/** The difference Σ_{j<k} σ(z_j) − Σ_{j≥k} σ(z_j), with each sum in the order of the units. */
export function balance(z: Float64Array, alpha: number): number {
  const k = z.length / 2
  let plus = 0
  let minus = 0
  for (let j = 0; j < k; j++) plus += z[j] > 0 ? z[j] : alpha * z[j]
  for (let j = k; j < z.length; j++) minus += z[j] > 0 ? z[j] : alpha * z[j]
  return plus - minus
}

/** The output N = v (Σ_{j<k} σ(z_j) − Σ_{j≥k} σ(z_j)) of the network. */
export const output = (z: Float64Array, alpha: number, v: number): number => v * balance(z, alpha)

/**
 * Computes the steps push_j = plus · s_j for the first half of the units and −plus · s_j for the
 * others, where s_j is the slope at z_j.
 *
 * @returns the number of active units
 */
export function stepsInto(
  push: Float64Array,
  z: Float64Array,
  plus: number,
  alpha: number,
): number {
  const k = z.length / 2
  let active = 0
  for (let j = 0; j < z.length; j++) {
    const on = z[j] > 0
    if (on) active++
    push[j] = (j < k ? plus : -plus) * (on ? 1 : alpha)
  }
  return active
}
