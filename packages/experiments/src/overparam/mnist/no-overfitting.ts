import { decide, readable, type Claim, type Verdict } from '@nonconvex/optim/claims'
import { clopperPearson } from '@nonconvex/optim/statistics'
import { mean } from '../../averages.js'
import type { NamedRun } from '../runs/verdicts.js'
import { widthsOf } from '../runs/width-panel.js'
import { source } from '../source.js'

/**
 * Test error at the largest width ≤ that at the best width, and what chance alone makes of equal
 * ones.
 */
const noOverfitting: Claim = {
  id: 'overparam/no-overfitting',
  title: 'The widest network errs no more on new digits than the best width, but for chance',
  rigor: 'statistical',
  source: { ...source, theorem: 'binary MNIST with 4000 examples: no over-fitting' },
}

/**
 * Probability that a verdict is not a false alarm where the widest networks err no more than the
 * best.
 */
const CONFIDENCE = 0.998

/** The runs of a width on the test digits. */
interface Width {
  readonly k: number
  /** wrong digits of each run */
  readonly errors: readonly number[]
  /** mean share of wrong digits */
  readonly error: number
}

function widthAt(runs: readonly NamedRun[], k: number): readonly Width[] {
  const errors = runs.flatMap(({ measured: m }) =>
    m.k === k && m.testError !== null ? [Math.round(m.testError * m.tested)] : [],
  )
  const shares = runs.flatMap(({ measured: m }) =>
    m.k === k && m.testError !== null ? [m.testError] : [],
  )
  return errors.length > 0 ? [{ k, errors, error: mean(shares) }] : []
}

/**
 * The errors of the widest networks beside those of the width with the fewest, which may be any:
 * with errors that fall and rise again the narrowest is no measure. A statement about the networks
 * of these seeds; it can fail, and does for some pairs of digits.
 *
 * - `holds` up to an excess of one standard deviation of the difference of two such shares of m
 *   test digits, √((p(1 − p) + q(1 − q))/m): networks that err equally often differ by more in a
 *   third of all samples. Over-fitting itself is allowed nothing. The runs of a width share their
 *   digits, so that a mean over seeds is granted what a single run is
 * - `violated` if the excess is certain: the mean lower end of the widest runs' errors is above the
 *   mean upper end of the best width's, each end by Clopper and Pearson with 0.002 over the number
 *   of all runs, which pays for choosing the best
 * - `inconclusive` between
 */
export function decideNoOverfitting(runs: readonly NamedRun[], missing: number): Verdict {
  const widths = widthsOf(runs).flatMap((k) => widthAt(runs, k))
  const widest = widths.at(-1)
  if (!widest)
    return decide(noOverfitting, {
      statement: 'no test errors yet',
      undecided: 'nothing was tested',
    })
  const best = widths.reduce((a, b) => (b.error < a.error ? b : a))
  const m = Math.max(...runs.map(({ measured }) => measured.tested))
  const excess = widest.error - best.error
  const allowed = Math.sqrt((widest.error * (1 - widest.error) + best.error * (1 - best.error)) / m)
  const delta = (1 - CONFIDENCE) / widths.reduce((sum, { errors }) => sum + errors.length, 0)
  const least = mean(widest.errors.map((r) => 1 - clopperPearson(m - r, m, delta)))
  const most = mean(best.errors.map((r) => clopperPearson(r, m, delta)))
  const percent = (share: number): string => `${readable(100 * share, 3)} %`
  const reasons = [
    ...(missing > 0 ? [`${readable(missing)} run${missing === 1 ? '' : 's'} to come`] : []),
    ...(widths.length < 2 ? ['there is one width only'] : []),
    ...(excess > allowed && least <= most
      ? [
          `that is more than chance explains and less than is certain: at least ${percent(least)} against at most ${percent(most)}`,
        ]
      : []),
  ]
  return decide(noOverfitting, {
    statement: `test error ${percent(widest.error)} at k = ${readable(widest.k)}, ${percent(best.error)} at k = ${readable(best.k)}, the best; chance on ${readable(m)} digits explains ${percent(allowed)} more`,
    measured: widest.error,
    relation: '<=',
    bound: best.error + allowed,
    confidence: CONFIDENCE,
    ...(reasons.length > 0 && { undecided: reasons.join(', ') }),
  })
}
