import { verdictSchema } from '@nonconvex/experiments'
import type { SgdStatus } from '@nonconvex/overparam'
import type { Guarantee, GuaranteeTable } from '@nonconvex/overparam/generalization'
import { oneAgainstRest, type Classes } from '@nonconvex/overparam/tabular'
import * as v from 'valibot'
import { keptFlagsSchema } from '../fit/kept-flags.js'

/** Guarantees as they are read from a document: infinite numbers are null, and ids are strings. */
export interface RecordedGuarantees {
  readonly guarantees: readonly (Omit<Guarantee, 'id' | 'bound'> & {
    readonly id: string
    readonly bound?: number | null
  })[]
  readonly best?: Omit<NonNullable<GuaranteeTable['best']>, 'id'> & { readonly id: string }
  readonly statement: string
}

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
  // up to rounding
  cosine: v.pipe(v.number(), v.minValue(-1.000001), v.maxValue(1.000001)),
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
  test: v.exactOptional(errors),
  errorsUnused: whole,
  bounds: v.exactOptional(
    v.object({
      paper: v.number(),
      quad: v.number(),
      slope: v.number(),
      disp: v.number(),
      best: v.number(),
      which: v.picklist(['paper', 'quad', 'slope', 'disp']),
    }),
  ),
  ledger: v.exactOptional(ledger),
})

const guarantees: v.GenericSchema<unknown, RecordedGuarantees> = v.object({
  guarantees: v.array(
    v.object({
      id: v.string(),
      title: v.string(),
      promise: v.picklist([
        'certificate',
        'mean',
        'estimate',
        'illustration',
        'other-rule',
        'other-estimate',
      ]),
      event: v.picklist(['margin', 'error']),
      status: v.picklist(['informative', 'weak', 'vacuous', 'inapplicable']),
      // null: infinite
      bound: v.exactOptional(v.nullable(v.number())),
      why: v.string(),
    }),
  ),
  best: v.exactOptional(v.object({ id: v.string(), bound: v.number(), delta: v.number() })),
  statement: v.string(),
})

/** A fit besides the one that is kept, of `--cv` or `--seeds`. */
const repeat = v.object({
  kind: v.picklist(['fold', 'seed']),
  name: whole,
  separable: v.picklist(['separable', 'inseparable', 'undecided']),
  status: v.picklist(statuses),
  updates: whole,
  train: errors,
  test: v.exactOptional(errors),
  certificate: v.exactOptional(v.number()),
})

export type Repeat = v.InferOutput<typeof repeat>

/** Test examples that are training examples, too. */
const shared = v.object({ count: v.number(), lines: v.tuple([v.number(), v.number()]) })

/** What two sides were trained on, and everything that is certified of them. */
const training = v.object({
  data: v.object({
    file: v.string(),
    examples: whole,
    positives: whole,
    negatives: whole,
    repeated: whole,
    repeatedLines: v.exactOptional(v.tuple([whole, whole])),
    constant: v.array(v.string()),
    skipped: whole,
    rows: v.object({ distinct: whole }),
  }),
  seed: whole,
  radius: v.number(),
  delta: v.number(),
  separation: v.variant('kind', [
    v.object({
      kind: v.literal('separable'),
      lo: v.number(),
      hi: v.number(),
      proven: v.boolean(),
      support: v.exactOptional(whole),
    }),
    v.object({
      kind: v.literal('inseparable'),
      exact: v.boolean(),
      residual: v.number(),
      inexact: v.exactOptional(v.string()),
      witness: v.array(
        v.object({
          line: whole,
          side: v.picklist([1, -1]),
          weight: v.number(),
          integer: v.exactOptional(v.string()),
        }),
      ),
    }),
    v.object({
      kind: v.literal('undecided'),
      lo: v.nullable(v.number()),
      hi: v.nullable(v.number()),
      why: v.exactOptional(v.string()),
    }),
  ]),
  runs: v.pipe(v.array(run), v.minLength(1)),
  rules: v.array(
    v.object({
      name: v.picklist(['perceptron', 'averaged perceptron', 'largest margin']),
      updates: v.exactOptional(whole),
      distinct: v.exactOptional(whole),
      ended: v.boolean(),
      train: errors,
      test: v.exactOptional(errors),
    }),
  ),
  agreement: v.exactOptional(v.object({ train: whole, test: v.exactOptional(whole) })),
  repeats: v.exactOptional(v.array(repeat)),
  guarantees,
  shared: v.exactOptional(shared),
  verdicts: v.array(verdictSchema),
})

/** What a document has once, for however many networks. */
const common = {
  parameters: v.object({
    k: v.number(),
    alpha: v.number(),
    bias: v.number(),
    standardise: v.boolean(),
    scaleGiven: v.boolean(),
    budgets: v.number(),
    scale: v.number(),
  }),
  features: v.array(v.string()),
  flags: keptFlagsSchema,
  versions: v.object({ nonconvex: v.string() }),
}

/** The document of a separable model, as far as it is checked and shown. */
export const trainingRecord = v.object({
  ...common,
  classes: v.object({
    positive: v.array(v.string()),
    negative: v.array(v.string()),
    rest: v.boolean(),
  }),
  training,
})

export interface TrainingRecord extends Omit<v.InferOutput<typeof trainingRecord>, 'classes'> {
  readonly classes: Classes
}

/** The document of a model of several classes, one against the rest, as far as it is checked and shown. */
export const classesRecord = v.object({
  ...common,
  labels: v.array(v.string()),
  /** for each label what its network alone would have */
  fits: v.array(training),
  /** what is certified of the class with the largest output */
  training: v.object({
    data: v.object({ file: v.string(), examples: whole, rows: v.object({ distinct: whole }) }),
    seed: whole,
    delta: v.number(),
    updates: whole,
    distinct: whole,
    errorsUnused: whole,
    train: errors,
    test: v.exactOptional(errors),
    guarantees,
    shared: v.exactOptional(shared),
    repeats: v.exactOptional(v.array(repeat)),
  }),
})

export type ClassesRecord = v.InferOutput<typeof classesRecord>

/** The record of one class against the rest, as of a model of its own. */
export const recordOf = (
  { labels, fits, parameters, features, flags, versions }: ClassesRecord,
  c: number,
): TrainingRecord => ({
  parameters,
  features,
  flags,
  versions,
  classes: oneAgainstRest(labels, c + 1),
  training: fits[c],
})
