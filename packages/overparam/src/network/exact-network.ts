import { exactDot, type Rational } from '@nonconvex/tensor/exact'

/** An example with rational entries; its label is ±1. */
export interface ExactExample {
  readonly y: 1 | -1
  readonly x: readonly Rational[]
}

/** A network with rational weights: k rows that count v, then k that count −v. */
export interface ExactNet {
  readonly alpha: Rational
  readonly v: Rational
  readonly rows: readonly (readonly Rational[])[]
}

/** What `exactForward` gives for one example. */
export interface ExactOutput {
  /** N(x) */
  readonly output: Rational
  /** ±v σ′(w_j·x), with slope α at 0 */
  readonly slopes: readonly Rational[]
  /** w_j·x */
  readonly inputs: readonly Rational[]
}

/** N(x) = v Σ_{j<k} σ(w_j·x) − v Σ_{j≥k} σ(w_j·x) in exact arithmetic. */
export function exactForward({ alpha, v, rows }: ExactNet, x: readonly Rational[]): ExactOutput {
  const inputs = rows.map((row) => exactDot(row, x))
  const slopes = inputs.map((z, j) => {
    const signed = 2 * j < rows.length ? v : v.times(-1)
    return z.compare(0) > 0 ? signed : signed.times(alpha)
  })
  return { output: exactDot(slopes, inputs), slopes, inputs }
}

/** Examples and rows as the texts of a certificate. */
export const exactTexts = (
  rows: readonly (readonly Rational[])[],
): readonly (readonly string[])[] => rows.map((row) => row.map(String))

/** Examples as in a certificate. */
export const exampleTexts = (examples: readonly ExactExample[]) =>
  examples.map(({ y, x }) => ({ y: String(y), x: x.map(String) }))
