import { claim, counted, readable } from '@nonconvex/optim/claims'
import type { BoundSetting } from '../bounds/setting.js'
import { cauchySchwarz, lowerLine, normEnvelope, TOLERANCE } from '../claims/claims.js'
import { most, nothing } from '../claims/facts.js'
import { potentialMonitors } from '../claims/potential-monitors.js'
import { byFeature, type Net } from '../network/net.js'
import { potentials } from '../sgd/update-state.js'
import { asBuilt, cut, type TightRun } from './claims.js'
import type { TightInstance } from './tight-update-data.js'

/** How nearly one inequality on the potentials F and S is an equality at the last update. */
export type PotentialReached = {
  /** id of the claim that states the inequality */
  readonly claim: string
  /** 1 where both sides are equal */
  readonly reached: number
}

/**
 * The inequalities on the potentials at the last update of cyclic SGD on an instance of
 * `tightUpdateData` with ρ = 0, as the monitors of a run compare them:
 *
 *     F_U ≥ F_0 + ηvγA_U       S_U ≤ S_0 + 2ηU + η²v²R²((1+α)A_U − 2kαU)       F_U ≤ √(2k)‖w*‖ √S_U
 *
 * @param found - the instance, the setting of its bounds, and the run
 * @returns 1 − room/F_U or 1 − room/S_U with the distance to the bound as room, without the slack of
 *   the monitor
 */
export function potentialsReached(found: {
  readonly instance: TightInstance
  readonly setting: BoundSetting
  readonly run: { readonly net: Net; readonly updates: number }
}): readonly PotentialReached[] {
  const { instance, setting, run } = found
  const { net, updates } = run
  const { k, alpha, fast, separator } = instance
  const { f, s } = potentials(byFeature(net.weights, 2 * k, 4), separator, 2 * k)
  const a = 2 * k * (fast + alpha * (updates - fast))
  const none = { step: updates, example: 0, margin: 0, active: 0, slopes: 0, norm2: 1 }
  const now = { ...none, update: updates, separation: setting.gamma, f, s, a }
  const sized = [
    [lowerLine, f],
    [normEnvelope, s],
    [cauchySchwarz, f],
  ] as const
  const monitors = potentialMonitors(setting)
  const slack = TOLERANCE * (1 + Math.abs(f) + s)
  return sized.map(([{ id }, size]) => {
    const rooms = monitors.flatMap((monitor) =>
      monitor.claim.id === id ? (monitor.room?.(now, undefined, updates) ?? NaN) : [],
    )
    return { claim: id, reached: 1 - (Math.min(...rooms) - slack) / size }
  })
}

/** A run on an instance, with the inequalities at its last update. */
export interface PotentialsRun extends TightRun {
  readonly potentials: readonly PotentialReached[]
}

/** The distance to equality that an inequality may keep. */
const kept = (id: string, gamma: number): number => {
  // the part of W outside of the separator: γ²/(1 − h²), half of it in the cosine
  if (id === cauchySchwarz.id) return 1.5 * gamma ** 2
  // the first updates, which find y N(x) far below 1
  if (id === normEnvelope.id) return gamma ** 2
  // the rounding of a sum of U products
  return 1e-9
}

/**
 * Every inequality on the potentials is attained up to a multiple of γ²: 1.5 for Cauchy–Schwarz, 1
 * for the growth of the norm, and the lower bound on the alignment exactly.
 *
 * @example
 * import { potentialsAttained } from '@nonconvex/overparam/tightness'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const built = { name: 'α = 0.1', alpha: 0.1, k: 1, gamma: 0.1, margin: 0.1, radius: 1 }
 * const ended = { converged: true, updates: 2086, slope: 2120.8, paper: 14665 }
 * const run = (reached: number) => [
 *   { ...built, ...ended, potentials: [{ claim: 'overparam/norm-envelope', reached }] },
 * ]
 * console.log(verdictOn(potentialsAttained, run(0.997)).status) // → holds
 * console.log(verdictOn(potentialsAttained, run(0.98)).status) // → violated
 */
export const potentialsAttained = claim(
  'overparam/potentials-attained',
  'Every inequality on ⟨W, W*⟩ and ‖W‖² is attained by some data set, up to terms of order γ²',
  'float64',
  { ours: 'each example of the instances adds the least alignment and the most norm' },
  (runs: readonly PotentialsRun[]) => {
    const all = runs.flatMap(({ name, gamma, potentials: some }) =>
      some.map((one) => ({ ...one, name, allowed: kept(one.claim, gamma) })),
    )
    if (all.length === 0) return nothing('instances')
    const above = all.find(({ reached, allowed }) => reached > 1 + allowed)
    const worst = above ?? most(all, ({ reached, allowed }) => (1 - reached) / allowed)
    return {
      statement: `${counted(all.length, 'inequality', 'inequalities')} on ${counted(runs.length, 'instance')}; farthest from equality: ${worst.claim}, ${worst.name}: 1 − ${readable(1 - worst.reached, 2)} of its bound, 1 − ${readable(worst.allowed, 2)} is required`,
      measured: worst.reached,
      relation: '>=',
      bound: 1 - worst.allowed,
      attains: Math.max(...all.map(({ reached }) => reached)),
      holds: above === undefined,
      hypotheses: asBuilt(runs),
      ...(above === undefined && cut(runs)),
    }
  },
)
