import type { Finding } from '@nonconvex/experiments'
import type { Json } from '@nonconvex/optim/claims'
import { compareGuarantees } from '@nonconvex/overparam/generalization'
import * as v from 'valibot'
import { compareRecorded, differs } from './compare-recorded.js'
import { parsedModel } from './model-folder.js'

/** The counts that the guarantees of a fit follow from, and the recorded guarantees. */
interface Recorded {
  readonly parameters: {
    readonly k: number
    readonly bias: number
    readonly standardise: boolean
    readonly scaleGiven: boolean
    readonly budgets: number
  }
  readonly features: readonly string[]
  readonly training: {
    readonly data: { readonly examples: number }
    readonly separation: { readonly support?: number | undefined }
    readonly delta: number
    readonly runs: readonly Run[]
    readonly guarantees: unknown
    /** test examples that are training examples, too */
    readonly shared?:
      | { readonly count: number; readonly lines: readonly [number, number] }
      | undefined
  }
}

interface Run {
  readonly k: number
  readonly status: string
  readonly updates: number
  readonly distinct: number
  readonly steps: number
  readonly loss: number | null
  readonly train: { readonly examples: number; readonly errors: number; readonly margins: number }
  readonly test?: { readonly examples: number; readonly errors: number } | undefined
  readonly errorsUnused: number
}

const run: v.GenericSchema<unknown, Run> = v.object({
  k: v.number(),
  status: v.string(),
  updates: v.number(),
  distinct: v.number(),
  steps: v.number(),
  loss: v.nullable(v.number()),
  train: v.object({ examples: v.number(), errors: v.number(), margins: v.number() }),
  test: v.optional(v.object({ examples: v.number(), errors: v.number() })),
  errorsUnused: v.number(),
})

const schema: v.GenericSchema<unknown, Recorded> = v.object({
  parameters: v.object({
    k: v.number(),
    bias: v.number(),
    standardise: v.boolean(),
    scaleGiven: v.boolean(),
    budgets: v.number(),
  }),
  features: v.array(v.string()),
  training: v.object({
    data: v.object({ examples: v.number() }),
    separation: v.object({ support: v.optional(v.number()) }),
    delta: v.number(),
    runs: v.pipe(v.array(run), v.minLength(1)),
    guarantees: v.unknown(),
    shared: v.optional(v.object({ count: v.number(), lines: v.tuple([v.number(), v.number()]) })),
  }),
})

/**
 * The guarantees of a separable model recomputed from its counts alone, and the consistency of the
 * counts.
 */
export function verifyGuarantees(path: string, document: unknown): readonly Finding[] {
  const { parameters, features, training } = parsedModel(path, schema, document)
  const { runs, delta, data } = training
  const last = runs[runs.length - 1]
  const counts = runs.flatMap((each, i) => checkRun(each, `training.runs[${i}]`, data.examples))
  const own: readonly Finding[] =
    last.k === parameters.k
      ? []
      : [
          differs(
            `training.runs[${runs.length - 1}].k`,
            'the last run is not of the width of the model',
            last.k,
            parameters.k,
          ),
        ]
  try {
    const again = compareGuarantees({
      n: data.examples,
      updates: last.updates,
      distinct: last.distinct,
      delta,
      converged: last.status === 'converged',
      errorsUnused: last.errorsUnused,
      preprocessing: parameters.standardise
        ? 'standardise'
        : parameters.scaleGiven
          ? 'nothing'
          : 'scale',
      budgets: parameters.budgets,
      ...(training.separation.support !== undefined && {
        supportVectors: training.separation.support,
      }),
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
      ...compareRecorded(training.guarantees as Json, recomputed, 'training.guarantees'),
    ]
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const message = `these counts are inconsistent: ${error.message.replace(/^\w+: /, '')}`
    return [...own, ...counts, { path: 'training', message }]
  }
}

/** What no run can have counted. */
function checkRun(each: Run, at: string, examples: number): readonly Finding[] {
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
