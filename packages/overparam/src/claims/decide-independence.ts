import { decide, readable, type Verdict } from '@nonconvex/optim/claims'
import type { BoundSetting } from '../bounds/setting.js'
import { updateBounds, type BoundName } from '../bounds/update-bounds.js'
import { boundIndependentOfWidth } from './claims.js'
import { noRuns, open, type Evidence, type RunFacts } from './evidence.js'

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

/** What one draw of the start decides by its worst row or example, and the bound that uses it. */
interface Extreme {
  readonly name: BoundName
  readonly of: (setting: BoundSetting) => number
  /** the setting with another such number */
  readonly at: (setting: BoundSetting, value: number) => BoundSetting
  readonly what: string
  readonly bound: string
}

/** √(S_0/2k), the root mean square of the rows of the start. */
const usualRow = ({ startS, k }: BoundSetting): number => Math.sqrt(startS / (2 * k))

const extremes: readonly Extreme[] = [
  {
    name: 'disp',
    of: (setting) => setting.excess,
    at: (setting, excess) => ({ ...setting, excess }),
    what: 'initial excess',
    bound: 'the displacement bound',
  },
  {
    name: 'paper',
    // a start of zero has no largest row
    of: (setting) => (setting.startS > 0 ? setting.startRow / usualRow(setting) : 1),
    at: (setting, ratio) => ({ ...setting, startRow: ratio * usualRow(setting) }),
    what: 'largest over usual row of the start',
    bound: 'the published bound',
  },
]

/**
 * The same settings with these numbers of all of them at their largest: bounds stay valid, since
 * none falls with them.
 */
function atOneStart(settings: readonly BoundSetting[]): readonly BoundSetting[] {
  return extremes.reduce((all, { of, at }) => {
    const worst = Math.max(...all.map(of))
    return all.map((setting) => at(setting, worst))
  }, settings)
}

const spreadOf = (settings: readonly BoundSetting[], name: BoundName): number =>
  spread(settings.map((setting) => updateBounds(setting)[name]))

/**
 * How much a bound moves with each run's own number, and through which, on the data where it moves
 * most.
 */
function ownNumber(
  groups: readonly (readonly BoundSetting[])[],
  { name, of, what, bound }: Extreme,
): string {
  const most = largest(groups, (settings) => spreadOf(settings, name))
  if (!most) return ''
  const all = most.map(of)
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const moved = readable(100 * spreadOf(most, name), 2)
  return low === high
    ? `; the ${what} is ${readable(low, 2)} in all runs`
    : `; with each run's own ${what}, from ${readable(low, 2)} to ${readable(high, 2)}, ${bound} changes by ${moved} %`
}

/**
 * The bounds change little over the runs on the same data: the measured number is the largest
 * relative change of the four bounds, M_k at the largest ratio of R_0 to the usual row and B_disp
 * at the largest initial excess e of those runs (see `boundIndependentOfWidth` for why); how much
 * the two move with each run's own is said in words. A statement about v = 1/√(2k) with rows of the
 * start of size 1/√(2k); with others the bounds do depend on k, and the verdict is `violated`.
 *
 * @param evidence - runs without `bounds` and `setting` are left out
 * @param options - tolerance, default 0.01: the relative change that counts as constant
 * @throws RangeError for a tolerance that is negative or not finite
 * @returns `inconclusive` while runs are missing and nothing contradicts the claim, or if there is
 *   one width only
 */
export function decideIndependence(
  evidence: Evidence,
  options: { readonly tolerance?: number } = {},
): Verdict {
  const { runs, hypotheses } = evidence
  const { tolerance = 0.01 } = options
  if (!(tolerance >= 0 && Number.isFinite(tolerance)))
    throw new RangeError(
      `decideIndependence: tolerance must be finite and not negative, got ${tolerance}`,
    )
  if (runs.length === 0) return noRuns(boundIndependentOfWidth, evidence)
  const groups = groupsOf(runs)
  const compared = groups.map(atOneStart)
  const changes = names.flatMap((name) => compared.map((settings) => spreadOf(settings, name)))
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
    statement: `from k = ${readable(from)} to ${readable(to)} the bounds change by ${readable(100 * measured, 2)} % at most for one draw of the start; ${readable(100 * tolerance)} % allowed${extremes.map((one) => ownNumber(groups, one)).join('')}`,
    measured,
    relation: '<=',
    bound: tolerance,
    hypotheses,
    ...undecided,
  })
}
