import { decide, type Evidence } from './decide.js'
import type { Claim, Rigor, Source, Verdict } from './verdict.js'

/**
 * A claim together with the rule that decides it: `evidence` maps the facts of a run to the numbers
 * that `decide` compares.
 */
export interface DecidableClaim<Facts> extends Claim {
  /** the evidence of these facts for or against the claim; pure */
  readonly evidence: (facts: Facts) => Evidence
}

/**
 * Declares a claim with the rule that decides it. A claim is declared once, in the theory package
 * that states the theorem.
 *
 * @param id - stable, `<part>/<what>`: 'overparam/updates-bounded'
 * @param title - one sentence in the present tense, without numbers
 * @param evidence - from the facts of a run to measured number, relation, bound, hypotheses
 * @throws RangeError if the id is not of the form `<part>/<what>` or the title is empty
 *
 * @example
 * import { claim, verdictOn } from '@nonconvex/optim/claims'
 * const few = claim('demo/few', 'SGD makes at most 200 updates', 'proof', {}, (updates: number) => ({
 *   statement: `${updates} updates, at most 200`,
 *   measured: updates,
 *   relation: '<=',
 *   bound: 200,
 * }))
 * console.log(verdictOn(few, 133).status, verdictOn(few, 201).status) // → holds violated
 */
export function claim<Facts>(
  id: string,
  title: string,
  rigor: Rigor,
  source: Source,
  evidence: (facts: Facts) => Evidence,
): DecidableClaim<Facts> {
  if (!/^[a-z][a-z0-9-]*\/[a-z0-9][a-z0-9-]*$/.test(id))
    throw new RangeError(`claim: expected an id like 'part/what', got ${JSON.stringify(id)}`)
  if (title === '') throw new RangeError(`claim: expected a title for ${id}, got an empty one`)
  return { id, title, rigor, source, evidence }
}

/**
 * The verdict on a claim, from the facts of a run: `decide(claim, claim.evidence(facts))`.
 *
 * @throws RangeError as `decide`
 */
export const verdictOn = <Facts>(on: DecidableClaim<Facts>, facts: Facts): Verdict =>
  decide(on, on.evidence(facts))
