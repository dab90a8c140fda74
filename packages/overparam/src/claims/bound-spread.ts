import { readable } from '@nonconvex/optim/claims'
import type { BoundSetting } from '../bounds/setting.js'
import { updateBounds, type BoundName } from '../bounds/update-bounds.js'
import type { RunFacts } from './facts.js'

export const names: readonly BoundName[] = ['paper', 'quad', 'slope', 'disp']

/** The relative change from the smallest to the largest value. */
const spread = (values: readonly number[]): number => Math.max(...values) / Math.min(...values) - 1

const largest = <T>(items: readonly T[], of: (item: T) => number): T | undefined =>
  items.reduce<T | undefined>((a, b) => (a !== undefined && of(a) >= of(b) ? a : b), undefined)

/** The settings of the bounds, grouped by runs on the same data. */
export function groupsOf(runs: readonly RunFacts[]): readonly (readonly BoundSetting[])[] {
  const groups = new Map<string, BoundSetting[]>()
  for (const { bounds, setting, group = '' } of runs)
    if (bounds && setting) groups.set(group, [...(groups.get(group) ?? []), setting])
  return Array.from(groups.values())
}

/**
 * An extreme of one draw of W₀, over its rows or the examples, and the bound that depends on it.
 */
interface Extreme {
  readonly name: BoundName
  readonly of: (setting: BoundSetting) => number
  /** the setting with another value */
  readonly at: (setting: BoundSetting, value: number) => BoundSetting
  readonly what: string
  readonly bound: string
}

/** The root mean square √(S_0/2k) of the row norms of W₀. */
const usualRow = ({ startS, k }: BoundSetting): number => Math.sqrt(startS / (2 * k))

export const extremes: readonly Extreme[] = [
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
    what: 'ratio of the largest to the root-mean-square row of W₀',
    bound: 'the published bound',
  },
]

/**
 * The settings with each extreme replaced by its maximum over the runs; the bounds remain valid,
 * since they increase with the extremes.
 */
export function atOneStart(settings: readonly BoundSetting[]): readonly BoundSetting[] {
  return extremes.reduce((all, { of, at }) => {
    const worst = Math.max(...all.map(of))
    return all.map((setting) => at(setting, worst))
  }, settings)
}

export const spreadOf = (settings: readonly BoundSetting[], name: BoundName): number =>
  spread(settings.map((setting) => updateBounds(setting)[name]))

/**
 * A phrase with the largest change of a bound between runs with their own extremes, and the number
 * that causes the change.
 */
export function ownNumber(
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
