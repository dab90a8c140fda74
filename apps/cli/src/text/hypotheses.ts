import type { Hypothesis, Verdict } from '@nonconvex/optim/claims'

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
