import type { Verdict } from '@nonconvex/optim/claims'
import { exit } from '../exit.js'

/**
 * The exit status that verdicts stand for. `strict` also refuses what is undecided or does not
 * apply.
 */
export function statusOf(verdicts: readonly Verdict[], strict: boolean): number {
  const fine = strict ? ['holds'] : ['holds', 'inapplicable', 'inconclusive']
  return verdicts.every(({ status }) => fine.includes(status)) ? exit.done : exit.violated
}
