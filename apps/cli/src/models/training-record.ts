import type { SgdStatus } from '@nonconvex/overparam'
import * as v from 'valibot'

const whole = v.pipe(v.number(), v.integer(), v.minValue(0))

const errors = v.object({ examples: whole, errors: whole, margins: whole })

const ledger = v.object({
  updates: whole,
  paper: v.number(),
  quad: v.number(),
  slope: v.number(),
  slopesBound: v.number(),
  marginsBound: v.number(),
  normsBound: v.number(),
  separationsBound: v.number(),
  cosine: v.number(),
})

const statuses: readonly SgdStatus[] = [
  'converged',
  'max-steps',
  'violated',
  'not-finite',
  'aborted',
  'running',
]

const run = v.object({
  k: whole,
  status: v.picklist(statuses),
  updates: whole,
  distinct: whole,
  steps: whole,
  loss: v.nullable(v.number()),
  train: errors,
  test: v.optional(errors),
  errorsUnused: whole,
  bounds: v.optional(
    v.object({
      paper: v.number(),
      quad: v.number(),
      slope: v.number(),
      disp: v.number(),
      best: v.number(),
      which: v.picklist(['paper', 'quad', 'slope', 'disp']),
    }),
  ),
  ledger: v.optional(ledger),
})

const verdict = v.object({
  claim: v.string(),
  status: v.picklist(['holds', 'violated', 'inapplicable', 'inconclusive']),
  statement: v.string(),
  measured: v.optional(v.number()),
  relation: v.optional(v.picklist(['<=', '>=', '=='])),
  bound: v.optional(v.number()),
  hypotheses: v.array(
    v.object({
      text: v.string(),
      status: v.picklist(['holds', 'fails', 'assumed', 'by construction']),
      measured: v.optional(v.number()),
    }),
  ),
})

/** The record of the training in a separable model, as far as it can be checked. */
export const trainingRecord = v.object({
  parameters: v.object({
    k: v.number(),
    alpha: v.number(),
    bias: v.number(),
    standardise: v.boolean(),
    scaleGiven: v.boolean(),
    budgets: v.number(),
  }),
  features: v.array(v.string()),
  training: v.object({
    data: v.object({
      examples: whole,
      positives: whole,
      negatives: whole,
      repeated: whole,
      rows: v.object({ distinct: whole }),
    }),
    radius: v.number(),
    delta: v.number(),
    separation: v.variant('kind', [
      v.object({
        kind: v.literal('separable'),
        lo: v.number(),
        hi: v.number(),
        proven: v.boolean(),
        support: v.optional(whole),
      }),
      v.object({
        kind: v.literal('inseparable'),
        exact: v.boolean(),
        residual: v.number(),
        witness: v.array(v.object({ line: whole, weight: v.number() })),
      }),
      v.object({
        kind: v.literal('undecided'),
        lo: v.nullable(v.number()),
        hi: v.nullable(v.number()),
      }),
    ]),
    runs: v.pipe(v.array(run), v.minLength(1)),
    rules: v.array(
      v.object({
        name: v.string(),
        updates: v.optional(whole),
        distinct: v.optional(whole),
        ended: v.boolean(),
        train: errors,
        test: v.optional(errors),
      }),
    ),
    agreement: v.optional(v.object({ train: whole, test: v.optional(whole) })),
    guarantees: v.unknown(),
    /** test examples that are training examples, too */
    shared: v.optional(v.object({ count: v.number(), lines: v.tuple([v.number(), v.number()]) })),
    verdicts: v.array(verdict),
  }),
})

export type TrainingRecord = v.InferOutput<typeof trainingRecord>
