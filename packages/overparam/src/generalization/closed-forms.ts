import { claim, counted, readable } from '@nonconvex/optim/claims'
import { clopperPearson, logBinomial } from '@nonconvex/optim/statistics'
import { checkInteger, checkProperFraction } from '@nonconvex/tensor/check'
import { most, nothing } from '../claims/facts.js'
import { growthBound, logGrowth, marginBound, publishedBound } from './comparisons.js'
import { stableClosedForm } from './stable-compression.js'

/** A bound in closed form, and the two sides of what its derivation gives. */
export interface ClosedForm {
  /** how sentences name the bound: 'published bound' */
  readonly bound: string
  /** its numbers: 'n = 200, M = 1' */
  readonly at: string
  readonly value: number
  readonly least: number
  readonly most: number
}

/**
 * The closed form of stable compression relaxes 2c blocks of m = ⌊n/2c⌋ examples:
 *
 *     E = (ln C(2c, c) + ln 1/δ) / (mc)  ≤  closed form  ≤  E · n/(n − 2c) · (1 + ln(2√c)/(ln C(2c, c) + ln 1/δ))
 *
 * since (n − 2c)/2 < mc ≤ n/2 and 4^c/(2√c) ≤ C(2c, c) ≤ 4^c.
 */
function stableForm(n: number, c: number, delta: number): ClosedForm {
  const codes = logBinomial(2 * c, c) - Math.log(delta)
  const least = codes / (Math.floor(n / (2 * c)) * c)
  return {
    bound: 'stable compression',
    at: `n = ${n}, c = ${c}`,
    value: stableClosedForm({ n, distinct: c, delta }),
    least,
    most: least * (n / (n - 2 * c)) * (1 + Math.log(2 * Math.sqrt(c)) / codes),
  }
}

/**
 * The published form relaxes the bound by n^M codes, E = (M ln n + ln 1/δ)/(n − M) = −ln(1 − ε): it has
 * 4 for 1 (Bernstein's inequality for all error rates at once), n/2 for n − M and M ln(n/δ) for
 * ln(n^M/δ). So it is at least 4E, and at most 8E ln(n/δ)/ln n.
 */
function publishedForm(n: number, M: number, delta: number): ClosedForm {
  const exact = (M * Math.log(n) - Math.log(delta)) / (n - M)
  return {
    bound: 'published bound',
    at: `n = ${n}, M = ${M}`,
    value: publishedBound({ n, updates: M, delta }),
    least: 4 * exact,
    most: 8 * exact * (Math.log(n / delta) / Math.log(n)),
  }
}

/**
 * With errors on r of the unused examples and M = 1 the published form is at least the inversion of the
 * binomial tail for n codes, and by √(4L_V t) ≤ L_V + t at most 2L_V + 9t, t = ln(n/δ)/n.
 */
function publishedWithErrors(n: number, delta: number): ClosedForm {
  const unused = n - 1
  const errors = Math.ceil(unused / 4)
  const unusedError = errors / unused
  return {
    bound: 'published bound with errors',
    at: `n = ${n}, M = 1, r = ${errors}`,
    value: publishedBound({ n, updates: 1, delta, unusedError }),
    least: clopperPearson(errors, unused, delta / n),
    most: 2 * unusedError + (9 * Math.log(n / delta)) / n,
  }
}

/**
 * The bound by the growth function Π relaxes the argument with two samples: l errors on the second n
 * examples and none on the first have probability at most 2Π(2n) Π_{i<l} (n − i)/(2n − i) ≤ δ from some
 * l on, where 2^{−l} replaces the product. So it lies between 2(l − 1)/n and (2/n)(l + l²/(4 ln 2 (n −
 * l))).
 */
function growthForm(n: number, k: number, d: number, delta: number): ClosedForm {
  const wanted = Math.log(2) + logGrowth(2 * n, k, d) - Math.log(delta)
  let l = 0
  for (let sum = 0; sum < wanted && l < n; l++) sum += Math.log((2 * n - l) / (n - l))
  return {
    bound: 'growth function',
    at: `n = ${n}, k = ${k}, d = ${d}`,
    value: growthBound({ n, k, d, delta }),
    least: (2 * (l - 1)) / n,
    most: (2 / n) * (l + l ** 2 / (4 * Math.LN2 * (n - l))),
  }
}

/** E‖Σ σ_i x_i‖ over all signs. */
function meanNorm(rows: readonly (readonly number[])[]): number {
  const all = 2 ** rows.length
  let sum = 0
  for (let signs = 0; signs < all; signs++)
    sum += Math.hypot(
      ...rows[0].map((_, c) =>
        rows.reduce((at, row, i) => at + ((signs >> i) & 1 ? row[c] : -row[c]), 0),
      ),
    )
  return sum / all
}

const SIGNS = 8
const NORM = 3

/**
 * The bound of the max-margin separator is 2 Rad + √(2 ln(2/δ)/n), with R‖w*‖/√n for the Rademacher
 * complexity Rad = (‖w*‖/n) E‖Σ σ_i x_i‖ of the linear functions on examples of norm R. They are equal on
 * orthonormal examples, and on others of norm 1 the quotient is at most √2 (Khintchine's inequality with
 * its best constant).
 */
function marginForm(kind: 'orthonormal' | 'on a circle', delta: number): ClosedForm {
  const n = SIGNS
  const rows = Array.from({ length: n }, (_, i) =>
    kind === 'orthonormal'
      ? Array.from({ length: n }, (_one, j) => (i === j ? 1 : 0))
      : [Math.cos(i), Math.sin(i)],
  )
  const complexity = ((2 * NORM) / n) * meanNorm(rows)
  const rest = Math.sqrt((2 * Math.log(2 / delta)) / n)
  return {
    bound: 'max-margin bound',
    at: `${n} examples ${kind}`,
    value: marginBound({ n, radius: 1, wStarNorm: NORM, delta }),
    least: complexity + rest,
    most: (kind === 'orthonormal' ? 1 : Math.SQRT2) * complexity + rest,
  }
}

/**
 * Generalization bounds in closed form, each with the sharper expression that it relaxes and what the
 * derivation loses at most: stable compression, the published form without and with errors on unused
 * examples, the growth function, and the max-margin separator.
 *
 * @param options - n ≥ 10 examples; delta in (0, 1)
 * @throws RangeError for a number outside its range
 *
 * Cost: some ms.
 *
 * Source: ours, from the proofs in Bousquet et al. (2020), Shalev-Shwartz & Ben-David (2014) and Blumer
 * et al. (1989).
 *
 * @example
 * import { closedForms } from '@nonconvex/overparam/generalization'
 * const forms = closedForms({ n: 200, delta: 0.05 })
 * const { at, value, least, most } = forms[1]
 * console.log(at, least.toFixed(4), value.toFixed(4), most.toFixed(4)) // → n = 200, c = 10 0.1512 0.1873 0.1885
 */
export function closedForms(options: {
  readonly n: number
  readonly delta: number
}): readonly ClosedForm[] {
  const { n, delta } = options
  checkInteger('closedForms', 'n', n, 10)
  checkProperFraction('closedForms', 'delta', delta)
  const parts = (fractions: readonly number[]): readonly number[] => [
    ...new Set(fractions.map((part) => Math.max(1, Math.floor(part * n)))),
  ]
  return [
    ...parts([0, 0.05, 0.2, 0.4]).map((c) => stableForm(n, c, delta)),
    ...parts([0, 0.1, 0.25, 0.5]).map((M) => publishedForm(n, M, delta)),
    publishedWithErrors(n, delta),
    // far more examples than weights: else the bound is vacuous
    ...[1, 3].map((k) => growthForm(1000 * n, k, 2, delta)),
    marginForm('orthonormal', delta),
    marginForm('on a circle', delta),
  ]
}

/**
 * Each closed form of a generalization bound lies between the expression that it relaxes and what its
 * derivation loses at most. A closed form that is wrong by a factor beyond the loss violates the claim
 * where no sample does.
 *
 * @example
 * import { closedForms, closedFormsRelax } from '@nonconvex/overparam/generalization'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const forms = closedForms({ n: 200, delta: 0.05 })
 * const quarter = forms.map((form) => ({ ...form, value: form.value / 4 }))
 * console.log(verdictOn(closedFormsRelax, forms).status, verdictOn(closedFormsRelax, quarter).status) // → holds violated
 */
export const closedFormsRelax = claim(
  'overparam/closed-forms-relax',
  'Each closed form of a generalization bound is at least the expression that it relaxes, and exceeds it by no more than its derivation',
  'float64',
  { ours: 'the inequalities of each derivation, with both sides' },
  (forms: readonly ClosedForm[]) => {
    if (forms.length === 0) return nothing('closed forms')
    // sums of up to 10⁴ logarithms
    const rounding = 1e-9
    const above = forms.find(({ value, most: limit }) => !(value <= limit * (1 + rounding)))
    const worst = above ?? most(forms, ({ least, value }) => least / value)
    return {
      statement: `${counted(forms.length, 'value')}; ${above ? 'above its derivation' : 'nearest to what it relaxes'}: ${worst.bound}, ${worst.at}: ${readable(worst.value, 4)}, from ${readable(worst.least, 4)} to ${readable(worst.most, 4)} by its derivation`,
      measured: worst.least,
      relation: '<=',
      bound: worst.value,
      slack: rounding * worst.least,
      inequality: true,
      holds: above === undefined,
    }
  },
)
