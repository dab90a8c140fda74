import type { Finding } from '@nonconvex/experiments'
import type { Json } from '@nonconvex/optim/claims'
import { compareGuarantees } from '@nonconvex/overparam/generalization'
import { majorityErrorOf } from '../fit/fitted.js'
import { compareRecorded, differs } from './compare-recorded.js'
import type { TrainingRecord } from './training-record.js'

/** The part of the preprocessing that depends on the sample. */
export const preprocessingOf = ({
  standardise,
  scaleGiven,
}: Pick<TrainingRecord['parameters'], 'standardise' | 'scaleGiven'>):
  | 'standardise'
  | 'nothing'
  | 'scale' => (standardise ? 'standardise' : scaleGiven ? 'nothing' : 'scale')

/**
 * The guarantees of a separable model recomputed from its counts alone, and the consistency of the
 * counts.
 */
export function verifyGuarantees({
  parameters,
  features,
  training,
}: TrainingRecord): readonly Finding[] {
  const { runs, delta, data, separation } = training
  const last = runs[runs.length - 1]
  const counts = runs.flatMap((each, i) => checkRun(each, `training.runs[${i}]`, data.examples))
  const own: readonly Finding[] = [
    ...(data.features === features.length
      ? []
      : [
          differs(
            'training.data.features',
            'the model has another number of features',
            data.features,
            features.length,
          ),
        ]),
    ...(last.k === parameters.k
      ? []
      : [
          differs(
            `training.runs[${runs.length - 1}].k`,
            'the last run is not of the width of the model',
            last.k,
            parameters.k,
          ),
        ]),
  ]
  try {
    const again = compareGuarantees({
      n: data.examples,
      updates: last.updates,
      distinct: last.distinct,
      delta,
      converged: last.status === 'converged',
      errorsUnused: last.errorsUnused,
      preprocessing: preprocessingOf(parameters),
      budgets: parameters.budgets,
      majorityError: majorityErrorOf([data.positives, data.negatives]),
      ...(separation.kind === 'separable' &&
        separation.support !== undefined && { supportVectors: separation.support }),
      network: { k: parameters.k, d: features.length + (parameters.bias === 0 ? 0 : 1) },
      ...(last.test && {
        heldOut: {
          errors: last.test.errors,
          examples: last.test.examples,
          ...(training.shared && { seen: training.shared }),
        },
      }),
    })
    const recomputed = JSON.parse(JSON.stringify(again)) as Json
    return [
      ...own,
      ...counts,
      ...compareRecorded(training.guarantees as unknown as Json, recomputed, 'training.guarantees'),
    ]
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const message = `these counts are inconsistent: ${error.message.replace(/^\w+: /, '')}`
    return [...own, ...counts, { path: 'training', message }]
  }
}

/** What no run can have counted. */
function checkRun(
  each: TrainingRecord['training']['runs'][number],
  at: string,
  examples: number,
): readonly Finding[] {
  const { status, updates, distinct, steps, loss, train, errorsUnused } = each
  const wrong: readonly (readonly [boolean, string, string])[] = [
    [train.examples !== examples, 'train.examples', `expected all ${examples} examples`],
    [train.errors > train.margins, 'train.errors', 'an error is a margin failure, too'],
    [errorsUnused > train.margins, 'errorsUnused', 'these are among the margin failures'],
    [updates > steps, 'updates', 'there is at most one update per step'],
    [distinct > updates, 'distinct', 'every one of them was updated'],
    [
      (loss === 0) !== (train.margins === 0),
      'loss',
      'the hinge loss is 0 exactly if there is no margin failure',
    ],
    [
      status === 'converged' && train.margins > 0,
      'status',
      'a run that ended with loss 0 has no margin failures',
    ],
  ]
  return wrong.flatMap(([found, name, message]) =>
    found ? [{ path: `${at}.${name}`, message }] : [],
  )
}
