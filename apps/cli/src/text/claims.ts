import type { Hypothesis, Verdict, Source } from '@nonconvex/optim'

/** Hypotheses are the same if they say, find and measure the same. */
export const hypothesisKey = ({ text, status, measured }: Hypothesis): string =>
  JSON.stringify([text, status, measured ?? null])

/** The hypotheses of a verdict whose statement does not say already that they are not met. */
export const unsaidHypotheses = ({ hypotheses, statement }: Verdict): readonly Hypothesis[] =>
  hypotheses.filter(
    ({ status, text }) =>
      !(status === 'fails' && statement.startsWith('not met: ') && statement.includes(text)),
  )

/** The hypotheses that all claims with any share, number for number: they are said once. */
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
