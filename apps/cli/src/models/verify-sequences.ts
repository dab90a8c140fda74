import type { Finding } from '@nonconvex/experiments'
import { verdictOn } from '@nonconvex/optim/claims'
import { subsetBound } from '@nonconvex/optim/statistics'
import { mistakesBounded } from '@nonconvex/structured/learning'
import { compareRecorded, differs } from './compare-recorded.js'
import type { SequencesRecord } from './sequences-document.js'

/** What does not follow from the counts of a model of sequences. */
export function sequencesFindings({ training, parameters }: SequencesRecord): readonly Finding[] {
  const { data, fit, separable, scores, tested } = training
  const counted = new Map([
    ['training.scores', scores],
    ...(tested ? ([['training.tested.scores', tested.scores]] as const) : []),
  ])
  const at = 'training.separable'
  const findings: Finding[] = []
  if (scores.tokens !== data.tokens || scores.sequences !== data.sequences)
    findings.push(
      differs('training.scores', 'other counts than the data', scores.tokens, data.tokens),
    )
  for (const [path, { correct, tokens, whole, sequences, entities }] of counted) {
    const most = entities.some((one) => one.correct > Math.min(one.true, one.predicted))
    if (correct > tokens || whole > sequences || most)
      findings.push({ path, message: 'more are correct than there are' })
  }
  if (fit.converged && fit.certificate !== null && !(fit.certificate <= parameters.tol))
    findings.push(
      differs('training.fit.converged', 'the certificate exceeds the tolerance', true, false),
    )
  if (separable === undefined) return findings
  const { updates, distinct, radius, margin, progress, growth } = separable
  if (distinct > updates || distinct > data.sequences)
    return [
      ...findings,
      differs(`${at}.distinct`, 'more than updates or sequences', distinct, updates),
    ]
  findings.push(
    ...compareRecorded(
      separable.error,
      subsetBound({ n: data.sequences, distinct, delta: parameters.delta }),
      `${at}.error`,
    ),
  )
  if (margin === null || progress === null || growth === null) return findings
  findings.push(...compareRecorded(separable.bound, (radius / margin) ** 2, `${at}.bound`))
  const { status } = verdictOn(mistakesBounded, { updates, radius, margin, progress, growth })
  if (status !== 'holds')
    findings.push(differs(at, 'the mistake bound does not hold', 'holds', status))
  return findings
}
