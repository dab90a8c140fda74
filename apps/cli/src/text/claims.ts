import type { Hypothesis, Source, Status, Verdict } from '@nonconvex/optim/claims'

/** Equal for hypotheses with the same text, status and measured number. */
export const hypothesisKey = ({ text, status, measured }: Hypothesis): string =>
  JSON.stringify([text, status, measured ?? null])

/** The hypotheses of a verdict, without the failed ones that its statement names. */
export const otherHypotheses = ({ hypotheses, statement }: Verdict): readonly Hypothesis[] =>
  hypotheses.filter(
    ({ status, text }) =>
      !(status === 'fails' && statement.startsWith('not met: ') && statement.includes(text)),
  )

/** The hypotheses that all claims have in common, with equal numbers: they are listed once. */
export function sharedHypotheses(verdicts: readonly Verdict[]): readonly Hypothesis[] {
  const supposing = verdicts.filter(({ hypotheses }) => hypotheses.length > 0)
  if (supposing.length < 2) return []
  return supposing[0].hypotheses.filter((hypothesis) =>
    supposing.every(({ hypotheses }) =>
      hypotheses.some((other) => hypothesisKey(other) === hypothesisKey(hypothesis)),
    ),
  )
}

/** A source on one line: 'Brutzkus & Globerson (2017), Theorem 5.2; the talk, slide 12'. */
export function sourceText({ talk, paper, theorem, ours }: Source): string {
  const published = [paper, theorem].filter((piece) => piece !== undefined).join(', ')
  return [
    ...(published === '' ? [] : [published]),
    ...(talk === undefined ? [] : [`the talk: ${talk}`]),
    ...(ours === undefined ? [] : [`ours: ${ours}`]),
  ].join('; ')
}

/** How many verdicts have each status, in words: 3 'claims hold', 0 'violated', …. */
export function statusCounts(
  verdicts: readonly Verdict[],
): readonly { readonly status: Status; readonly count: number; readonly words: string }[] {
  const counted = (status: Status, one: string, more = one) => {
    const count = verdicts.filter((verdict) => verdict.status === status).length
    return { status, count, words: count === 1 ? one : more }
  }
  return [
    counted('holds', 'claim holds', 'claims hold'),
    counted('violated', 'violated'),
    counted('inapplicable', 'does not apply', 'do not apply'),
    counted('inconclusive', 'undecided'),
  ]
}
