import { decide, readable } from '@nonconvex/optim'
import type { Verdict } from '@nonconvex/optim'
import type { BoundSetting } from '../bounds/setting.js'
import { updateBounds } from '../bounds/update-bounds.js'
import type { BoundName } from '../bounds/update-bounds.js'
import { boundIndependentOfWidth } from './claims.js'
import { noRuns, open } from './evidence.js'
import type { Evidence, RunFacts } from './evidence.js'

const names: readonly BoundName[] = ['paper', 'quad', 'slope', 'disp']

/** Relative change from the smallest to the largest. */
const spread = (values: readonly number[]): number => Math.max(...values) / Math.min(...values) - 1

const largest = <T>(items: readonly T[], of: (item: T) => number): T | undefined =>
  items.reduce<T | undefined>((a, b) => (a !== undefined && of(a) >= of(b) ? a : b), undefined)

/** Settings of the runs on the same data. */
function groupsOf(runs: readonly RunFacts[]): readonly (readonly BoundSetting[])[] {
  const groups = new Map<string, BoundSetting[]>()
  for (const { bounds, setting, group = '' } of runs)
    if (bounds && setting) groups.set(group, [...(groups.get(group) ?? []), setting])
  return Array.from(groups.values())
}

/** The same settings with one initial excess, the largest: all bounds stay valid, since they do not fall with it. */
function atOneExcess(settings: readonly BoundSetting[]): readonly BoundSetting[] {
  const excess = Math.max(...settings.map((setting) => setting.excess))
  return settings.map((setting) => ({ ...setting, excess }))
}

const spreadOf = (settings: readonly BoundSetting[], name: BoundName): number =>
  spread(settings.map((setting) => updateBounds(setting)[name]))

/** How much the displacement bound moves with each run's own excess, and through which. */
function ownExcess(groups: readonly (readonly BoundSetting[])[]): string {
  const most = largest(groups, (settings) => spreadOf(settings, 'disp'))
  if (!most) return ''
  const all = most.map((setting) => setting.excess)
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const moved = readable(100 * spreadOf(most, 'disp'), 2)
  return low === high
    ? `; the initial excess is ${readable(low, 2)} in all runs`
    : `; with each run's own initial excess, from ${readable(low, 2)} to ${readable(high, 2)}, the displacement bound changes by ${moved} %`
}

/**
 * The bounds change little over the runs on the same data: the measured number is the largest relative change of
 * M_k, B_quad, B_slope, and B_disp at the largest initial excess e of those runs (see
 * `boundIndependentOfWidth` for why). A statement about v = 1/√(2k) with rows of the start of size 1/√(2k);
 * with others the bounds do depend on k, and the verdict is `violated`.
 *
 * @param evidence - runs without `bounds` and `setting` are left out
 * @param options - tolerance, default 0.01: the relative change that counts as constant; which bounds are
 *   compared, default all four
 * @throws RangeError for a tolerance that is negative or not finite
 * @returns `inconclusive` while runs are missing and nothing contradicts the claim, or if there is one width only
 */
export function decideIndependence(
  evidence: Evidence,
  options: { readonly tolerance?: number; readonly which?: readonly BoundName[] } = {},
): Verdict {
  const { runs, hypotheses } = evidence
  const { tolerance = 0.01, which = names } = options
  if (!(tolerance >= 0 && Number.isFinite(tolerance)))
    throw new RangeError(
      `decideIndependence: tolerance must be finite and not negative, got ${tolerance}`,
    )
  if (runs.length === 0) return noRuns(boundIndependentOfWidth, evidence)
  const groups = groupsOf(runs)
  const compared = groups.map(atOneExcess)
  const changes = which.flatMap((name) => compared.map((settings) => spreadOf(settings, name)))
  const measured = changes.length > 0 ? Math.max(...changes) : NaN
  const widths = runs.map((run) => run.k)
  const [from, to] = [Math.min(...widths), Math.max(...widths)]
  const several = compared.some((settings) => settings.some(({ k }) => k !== settings[0].k))
  const undecided =
    measured > tolerance && several
      ? {}
      : several
        ? open(evidence, false)
        : { undecided: 'there are no two widths to compare' }
  return decide(boundIndependentOfWidth, {
    statement: `from k = ${readable(from)} to ${readable(to)} the bounds change by ${readable(100 * measured, 2)} % at most at one initial excess; ${readable(100 * tolerance)} % allowed${ownExcess(groups)}`,
    measured,
    relation: '<=',
    bound: tolerance,
    hypotheses,
    ...undecided,
  })
}
