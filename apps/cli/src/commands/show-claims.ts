import { conclude, InputError, type Experiment } from '@nonconvex/experiments'
import type { Verdict } from '@nonconvex/optim/claims'

/** A claim as it stands before a run. */
export interface ShownClaim {
  readonly claim: Verdict
  /** the setting without which it is not decided, as in `data=FILE` */
  readonly onlyWith?: string
  /** the setting with which it is not decided, as in `digits=false` */
  readonly notWith?: string
}

/**
 * What an experiment concludes from no rows at all, as it is and with each setting that gives or
 * takes claims: a file that is none by default, a flag the other way.
 */
export async function claimsOf(experiment: Experiment): Promise<readonly ShownClaim[]> {
  const claims = new Map<string, ShownClaim>()
  for (const claim of (await claimsWith(experiment, {})) ?? []) claims.set(claim.title, { claim })
  for (const [name, value] of settingsOf(experiment)) {
    const setting = `${name}=${value}`
    const found = await claimsWith(experiment, { [name]: value })
    // not a setting by itself
    if (found === undefined) continue
    const titles = new Set(found.map(({ title }) => title))
    for (const [title, shown] of claims)
      if (shown.onlyWith === undefined && !titles.has(title))
        claims.set(title, { ...shown, notWith: setting })
    for (const claim of found)
      if (!claims.has(claim.title)) claims.set(claim.title, { claim, onlyWith: setting })
  }
  return [...claims.values()]
}

const settingsOf = ({ params }: Experiment): (readonly [string, string])[] =>
  Object.entries(params.fields).flatMap(([name, param]): (readonly [string, string])[] => {
    if (param.kind === 'file') return [[name, 'FILE']]
    return param.kind === 'flag' ? [[name, String(!param.default)]] : []
  })

/** Undefined where these values do not go together. */
async function claimsWith(
  experiment: Experiment,
  values: { readonly [name: string]: string },
): Promise<readonly Verdict[] | undefined> {
  try {
    return (await conclude(experiment, [], experiment.params.parse(values))).verdicts
  } catch (error) {
    if (error instanceof InputError) return undefined
    throw error
  }
}
