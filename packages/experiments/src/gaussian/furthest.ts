import type { Verdict } from '@nonconvex/optim/claims'

/** A verdict whose statement says which case it is about. */
export const named = (which: string, verdict: Verdict): Verdict =>
  verdict.status === 'inapplicable'
    ? verdict
    : { ...verdict, statement: `${which}: ${verdict.statement}` }

/** How little room a case has left, in units of its own choice. */
export type Closeness = (measured: number, bound: number) => number

export const difference: Closeness = (measured, bound) => Math.abs(measured - bound)
export const used: Closeness = (measured, bound) => measured / bound
/** 3 % and one step are allowed */
export const differenceOfSteps: Closeness = (measured, bound) =>
  Math.abs(measured - bound) / (1 + 0.03 * bound)

/**
 * The verdict on a claim about several cases, where it applies to some: the most doubtful, and of
 * those alike the one with the least room. Cases that do not meet the hypotheses are counted in its
 * statement.
 */
export function furthest(closeness: Closeness, list: readonly Verdict[]): Verdict {
  const order = ['violated', 'inconclusive', 'holds', 'inapplicable']
  const close = ({ measured = 0, bound = 1 }: Verdict): number => closeness(measured, bound)
  const [first] = [...list].sort(
    (a, b) => order.indexOf(a.status) - order.indexOf(b.status) || close(b) - close(a),
  )
  const outside = list.filter(({ status }) => status === 'inapplicable').length
  if (outside === 0 || first.status === 'inapplicable') return first
  const statement = `${first.statement}; ${outside} of ${list.length} cases are outside the hypotheses`
  return { ...first, statement }
}
