import { readable, standsTo, type Verdict } from '@nonconvex/optim/claims'
import { updateIdentities } from '@nonconvex/overparam'
import { subsetRebuilds } from '@nonconvex/overparam/generalization'

/** A verdict, as far as it can be checked by itself. */
export interface RecordedVerdict extends Pick<Verdict, 'claim' | 'status' | 'statement'> {
  readonly measured?: number | undefined
  readonly relation?: Verdict['relation'] | undefined
  readonly bound?: number | undefined
  readonly hypotheses: readonly { readonly status: string }[]
}

/** What a verdict says against the numbers it says it with. */
export function verdictFaults(verdict: RecordedVerdict, updates: number): readonly string[] {
  const { status, statement, measured, relation, bound, hypotheses, claim } = verdict
  const fails = hypotheses.some((one) => one.status === 'fails')
  const expected = fails
    ? 'inapplicable'
    : statement.includes('; undecided: ')
      ? 'inconclusive'
      : relation !== undefined && measured !== undefined && bound !== undefined
        ? standsTo(measured, relation, bound)
          ? 'holds'
          : 'violated'
        : undefined
  if (status !== expected)
    return [`its status ${status} is not what its numbers say, ${expected ?? 'which are missing'}`]
  if (fails || measured === undefined) return []
  const digits = claim === updateIdentities.id ? 2 : 3
  const named =
    claim === subsetRebuilds.id
      ? statement.startsWith(`${readable(measured)} weight`)
      : statement.startsWith(`checked at ${readable(updates)} update`) &&
        statement.includes(` ${readable(measured, digits)} `)
  return named ? [] : ['its statement does not name the numbers beside it']
}
