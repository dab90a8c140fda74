import { logSumExp } from '../layer/log-domain.js'

/** A table of log factors, with its exponentials for fast sums. */
export interface LogTable {
  readonly rows: number
  readonly cols: number
  /** row-major */
  readonly log: Float64Array
  /** e^{log − top} */
  readonly exp: Float64Array
  /** the largest entry; 0 if all are −∞ */
  readonly top: number
}

export function logTable(rows: number, cols: number, log: Float64Array): LogTable {
  let top = -Infinity
  for (const value of log) if (value > top) top = value
  if (top === -Infinity) top = 0
  const exp = new Float64Array(log.length)
  for (let c = 0; c < exp.length; c++) exp[c] = Math.exp(log[c] - top)
  return { rows, cols, log, exp, top }
}

/** Below this a sum of products may have lost terms to underflow, and is computed from logarithms. */
const SMALL = 1e-280

/**
 * Writes out(b) = log Σ_a e^{h(a) + T(a, b)}, or with `transposed` log Σ_b e^{h(b) + T(a, b)} for each a.
 * −∞ where every term is. Relative accuracy of e^out about K ε.
 *
 * @param scratch - at least as long as h
 */
export function logTimes(
  out: Float64Array,
  h: Float64Array,
  table: LogTable,
  transposed: boolean,
  scratch: Float64Array,
): void {
  const { rows, cols, exp, top } = table
  const length = transposed ? cols : rows
  let high = -Infinity
  for (let a = 0; a < length; a++) if (h[a] > high) high = h[a]
  if (high === -Infinity) {
    out.fill(-Infinity, 0, transposed ? rows : cols)
    return
  }
  for (let a = 0; a < length; a++) scratch[a] = Math.exp(h[a] - high)
  if (transposed)
    for (let a = 0, at = 0; a < rows; a++) {
      let sum = 0
      for (let b = 0; b < cols; b++) sum += exp[at++] * scratch[b]
      out[a] = sum
    }
  else {
    out.fill(0, 0, cols)
    for (let a = 0, at = 0; a < rows; a++) {
      const weight = scratch[a]
      for (let b = 0; b < cols; b++) out[b] += weight * exp[at++]
    }
  }
  const count = transposed ? rows : cols
  for (let b = 0; b < count; b++)
    out[b] = out[b] > SMALL ? high + top + Math.log(out[b]) : exactEntry(h, table, transposed, b)
}

/**
 * As `logTimes`, minus the logarithm of the sum Σ_b e^{out(b)}; false, and −∞, if every term is 0.
 */
export function logTimesNormalized(
  out: Float64Array,
  h: Float64Array,
  table: LogTable,
  transposed: boolean,
  scratch: Float64Array,
): boolean {
  const { rows, cols, exp } = table
  const [length, count] = transposed ? [cols, rows] : [rows, cols]
  let high = -Infinity
  for (let a = 0; a < length; a++) if (h[a] > high) high = h[a]
  if (high === -Infinity) {
    out.fill(-Infinity, 0, count)
    return false
  }
  for (let a = 0; a < length; a++) scratch[a] = Math.exp(h[a] - high)
  let [sum, least] = [0, Infinity]
  for (let b = 0; b < count; b++) {
    let entry = 0
    if (transposed) for (let a = 0, c = b * cols; a < length; a++) entry += scratch[a] * exp[c++]
    else for (let a = 0, c = b; a < length; a++, c += cols) entry += scratch[a] * exp[c]
    out[b] = entry
    sum += entry
    if (entry < least) least = entry
  }
  if (least > SMALL) {
    const factor = 1 / sum
    for (let b = 0; b < count; b++) out[b] = Math.log(out[b] * factor)
    return true
  }
  for (let b = 0; b < count; b++) out[b] = exactEntry(h, table, transposed, b)
  const total = logSumExp(out)
  if (total === -Infinity) return false
  for (let b = 0; b < count; b++) out[b] -= total
  return true
}

/** One entry of `logTimes`, from logarithms only. */
function exactEntry(
  h: Float64Array,
  { rows, cols, log }: LogTable,
  transposed: boolean,
  at: number,
): number {
  const length = transposed ? cols : rows
  const term = (a: number): number => h[a] + log[transposed ? at * cols + a : a * cols + at]
  let top = -Infinity
  for (let a = 0; a < length; a++) top = Math.max(top, term(a))
  if (top === -Infinity) return top
  let sum = 0
  for (let a = 0; a < length; a++) sum += Math.exp(term(a) - top)
  return top + Math.log(sum)
}

/**
 * Writes out(b) = max_a h(a) + T(a, b), or with `transposed` max_b h(b) + T(a, b) for each a.
 *
 * @param back - gets the first a, or b, at which the maximum is attained
 */
export function maxTimes(
  out: Float64Array,
  h: Float64Array,
  { rows, cols, log }: Pick<LogTable, 'rows' | 'cols' | 'log'>,
  transposed: boolean,
  back?: Int32Array,
): void {
  const [count, length] = transposed ? [rows, cols] : [cols, rows]
  for (let b = 0; b < count; b++) {
    let best = -Infinity
    let from = 0
    for (let a = 0; a < length; a++) {
      const value = h[a] + log[transposed ? b * cols + a : a * cols + b]
      if (value > best) {
        best = value
        from = a
      }
    }
    out[b] = best
    if (back) back[b] = from
  }
}

/**
 * Writes the products e^{f(a) + T(a, b) + g(b)}, divided by their sum, to out; zeros if all are 0.
 *
 * @param left - scratch, at least as long as f
 * @param right - scratch, at least as long as g
 */
export function pairProducts(
  out: Float64Array,
  f: Float64Array,
  table: LogTable,
  g: Float64Array,
  left: Float64Array,
  right: Float64Array,
): void {
  const { rows, cols, exp } = table
  let [high, wide] = [-Infinity, -Infinity]
  for (let a = 0; a < rows; a++) if (f[a] > high) high = f[a]
  for (let b = 0; b < cols; b++) if (g[b] > wide) wide = g[b]
  if (high === -Infinity || wide === -Infinity) {
    out.fill(0)
    return
  }
  for (let a = 0; a < rows; a++) left[a] = Math.exp(f[a] - high)
  for (let b = 0; b < cols; b++) right[b] = Math.exp(g[b] - wide)
  let sum = 0
  for (let a = 0, at = 0; a < rows; a++)
    for (let b = 0; b < cols; b++, at++) sum += out[at] = left[a] * exp[at] * right[b]
  if (sum <= SMALL) {
    exactProducts(out, f, table, g)
    return
  }
  const scale = 1 / sum
  for (let at = 0; at < out.length; at++) out[at] *= scale
}

/** As `pairProducts`, from logarithms only. */
function exactProducts(
  out: Float64Array,
  f: Float64Array,
  { rows, cols, log }: LogTable,
  g: Float64Array,
): void {
  let top = -Infinity
  for (let a = 0, at = 0; a < rows; a++)
    for (let b = 0; b < cols; b++, at++) top = Math.max(top, (out[at] = f[a] + log[at] + g[b]))
  if (top === -Infinity) {
    out.fill(0)
    return
  }
  let sum = 0
  for (let at = 0; at < out.length; at++) sum += out[at] = Math.exp(out[at] - top)
  for (let at = 0; at < out.length; at++) out[at] /= sum
}
