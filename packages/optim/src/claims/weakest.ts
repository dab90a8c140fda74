import { proofIn, proofOf } from './proof.js'
import type { Status, Verdict } from './verdict.js'

/** A measure of how close a case is to its bound; the larger the number, the closer. */
export type Closeness = (measured: number, bound: number) => number

/** The closeness |measured − bound|. */
export const difference: Closeness = (measured, bound) => Math.abs(measured - bound)

/** The closeness measured / bound. */
export const used: Closeness = (measured, bound) => measured / bound

/**
 * Adds the name of the case to the statement of a verdict: 'k = 3: 133 updates, at most 200'. An
 * inapplicable verdict already names the hypothesis that fails and stays as it is.
 */
export const named = (which: string, verdict: Verdict): Verdict =>
  verdict.status === 'inapplicable'
    ? verdict
    : { ...verdict, statement: `${which}: ${verdict.statement}` }

/**
 * Combines the verdicts on several cases of one claim into one: the first of violated,
 * inconclusive, holds, inapplicable that occurs, and among equal statuses the one closest to its
 * bound. The claim concerns the cases that meet its hypotheses; the statement counts the others. If
 * it holds, the certificate of a proof contains the assertions of all cases.
 *
 * @param cases - at least one
 * @param closeness - compares cases of equal status by (measured, bound); default `used`
 * @param outside - 'aside' (default): cases outside the hypotheses decide only if there are no
 *   others; 'first': one such case makes the claim inapplicable
 * @throws RangeError if there are no cases
 *
 * @example
 * import { claim, verdictOn, weakest } from '@nonconvex/optim/claims'
 * const few = claim('demo/few', 'SGD makes at most 200 updates', 'proof', {}, (measured: number) => ({
 *   statement: `${measured} updates`, measured, relation: '<=', bound: 200,
 * }))
 * console.log(weakest([verdictOn(few, 80), verdictOn(few, 133)]).measured) // → 133
 */
export function weakest(
  cases: readonly Verdict[],
  closeness: Closeness = used,
  outside: 'aside' | 'first' = 'aside',
): Verdict {
  if (cases.length === 0) throw new RangeError('weakest: expected at least one verdict, got none')
  const order: readonly Status[] =
    outside === 'aside'
      ? ['violated', 'inconclusive', 'holds', 'inapplicable']
      : ['violated', 'inconclusive', 'inapplicable', 'holds']
  const close = ({ measured = 0, bound = 1 }: Verdict): number => closeness(measured, bound)
  const [shown] = [...cases].sort(
    (a, b) => order.indexOf(a.status) - order.indexOf(b.status) || close(b) - close(a),
  )
  const first = withAllProofs(shown, cases)
  const aside = cases.filter(({ status }) => status === 'inapplicable').length
  if (outside === 'first' || aside === 0 || first.status === 'inapplicable') return first
  const statement = `${first.statement}; ${aside} of ${cases.length} cases are outside the hypotheses`
  return { ...first, statement }
}

function withAllProofs(shown: Verdict, cases: readonly Verdict[]): Verdict {
  if (shown.status !== 'holds' || !proofIn(shown.witness)) return shown
  const holding = cases.filter(({ status }) => status === 'holds')
  return {
    ...shown,
    witness: proofOf(holding.flatMap(({ witness }) => proofIn(witness)?.assertions ?? [])),
  }
}
