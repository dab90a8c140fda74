import { decide, readable } from '@nonconvex/optim'
import type { Claim, Verdict } from '@nonconvex/optim'
import { meanAt, widthsOf } from '../runs/width-panel.js'
import type { NamedRun } from '../runs/verdicts.js'
import { source } from '../source.js'

/** Mean test error at the largest width ≤ mean test error at the smallest. */
const noOverfitting: Claim = {
  id: 'overparam/no-overfitting',
  title: 'The widest network errs no more on new digits than the narrowest',
  rigor: 'float64',
  source: { ...source, theorem: 'binary MNIST with 4000 examples: no over-fitting' },
}

/** A statement about these test digits and these seeds; it can fail, and does for some pairs of digits. */
export function decideNoOverfitting(runs: readonly NamedRun[], missing: number): Verdict {
  const widths = widthsOf(runs)
  const errorAt = (k: number | undefined): number | null =>
    k === undefined ? null : meanAt(runs, k, (run) => run.measured.testError)
  const [least, largest] = [widths.at(0), widths.at(-1)]
  const [narrow, wide] = [errorAt(least), errorAt(largest)]
  if (narrow === null || wide === null)
    return decide(noOverfitting, {
      statement: 'no test errors yet',
      undecided: 'nothing was tested',
    })
  const reasons = [
    ...(missing > 0 ? [`${readable(missing)} run${missing === 1 ? '' : 's'} to come`] : []),
    ...(widths.length < 2 ? ['there is one width only'] : []),
  ]
  const percent = (error: number): string => `${readable(100 * error, 3)} %`
  return decide(noOverfitting, {
    statement: `test error ${percent(wide)} at k = ${readable(largest ?? 0)}, ${percent(narrow)} at k = ${readable(least ?? 0)}`,
    measured: wide,
    relation: '<=',
    bound: narrow,
    ...(reasons.length > 0 && { undecided: reasons.join(', ') }),
  })
}
