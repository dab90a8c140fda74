import { verdictSchema } from '@nonconvex/experiments'
import type { SgdStatus } from '@nonconvex/overparam'
import type { Guarantee, GuaranteeTable } from '@nonconvex/overparam/generalization'
import { oneAgainstRest, dataFormats, type Classes } from '@nonconvex/overparam/tabular'
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

const errors = v.strictObject({ examples: whole, errors: whole, margins: whole })

const ledger = v.strictObject({
  updates: whole,
  paper: v.number(),
  quad: v.number(),
  slope: v.number(),
  meanSlope: v.number(),
  slopesBound: v.number(),
  meanMargin: v.number(),
  marginsBound: v.number(),
  meanNorm2: v.number(),
  normsBound: v.number(),
  meanSeparation: v.number(),
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

const run = v.strictObject({
  k: whole,
  status: v.picklist(statuses),
  message: v.string(),
  maxSteps: whole,
  updates: whole,
  distinct: whole,
  steps: whole,
  loss: v.nullable(v.number()),
  train: errors,
  test: v.exactOptional(errors),
  errorsUnused: whole,
  bounds: v.exactOptional(
    v.strictObject({
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

const guarantees: v.GenericSchema<unknown, RecordedGuarantees> = v.strictObject({
  guarantees: v.array(
    v.strictObject({
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
  best: v.exactOptional(v.strictObject({ id: v.string(), bound: v.number(), delta: v.number() })),
  statement: v.string(),
})

/** A fit besides the one that is kept, of `--cv` or `--seeds`. */
const repeat = v.strictObject({
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
const shared = v.strictObject({ count: v.number(), lines: v.tuple([v.number(), v.number()]) })

/** The file that a model was trained on, and its examples. */
const file = { file: v.string(), sha256: v.string(), examples: whole }

const hashes = v.strictObject({ distinct: whole, kept: whole, hashes: v.string() })

/** What the examples are for the two sides of a network. */
const sides = {
  ...file,
  features: whole,
  positives: whole,
  negatives: whole,
  repeated: whole,
  repeatedLines: v.exactOptional(v.tuple([whole, whole])),
  skipped: whole,
}

/** names of features that are the same in every example */
const constant = v.array(v.string())

/** What is recorded of the training of one network, and everything that is certified of it. */
const training = {
  seed: whole,
  radius: v.number(),
  delta: v.number(),
  separation: v.variant('kind', [
    v.strictObject({
      kind: v.literal('separable'),
      lo: v.number(),
      hi: v.number(),
      proven: v.boolean(),
      support: v.exactOptional(whole),
    }),
    v.strictObject({
      kind: v.literal('inseparable'),
      exact: v.boolean(),
      residual: v.number(),
      inexact: v.exactOptional(v.string()),
      witness: v.array(
        v.strictObject({
          line: whole,
          side: v.picklist([1, -1]),
          weight: v.number(),
          integer: v.exactOptional(v.string()),
        }),
      ),
    }),
    v.strictObject({
      kind: v.literal('undecided'),
      lo: v.nullable(v.number()),
      hi: v.nullable(v.number()),
      why: v.exactOptional(v.string()),
    }),
  ]),
  runs: v.pipe(v.array(run), v.minLength(1)),
  rules: v.array(
    v.strictObject({
      name: v.picklist(['perceptron', 'averaged perceptron', 'largest margin']),
      updates: v.exactOptional(whole),
      distinct: v.exactOptional(whole),
      ended: v.boolean(),
      train: errors,
      test: v.exactOptional(errors),
    }),
  ),
  agreement: v.exactOptional(v.strictObject({ train: whole, test: v.exactOptional(whole) })),
  repeats: v.exactOptional(v.array(repeat)),
  guarantees,
  shared: v.exactOptional(shared),
  verdicts: v.array(verdictSchema),
}

/** What a document has once, for however many networks. */
const common = {
  schema: v.string(),
  kind: v.string(),
  weights: v.string(),
  parameters: v.strictObject({
    k: v.number(),
    v: v.number(),
    eta: v.number(),
    alpha: v.number(),
    bias: v.number(),
    standardise: v.boolean(),
    scaleGiven: v.boolean(),
    budgets: v.number(),
    scale: v.number(),
  }),
  features: v.array(v.string()),
  input: v.strictObject({
    format: v.picklist(dataFormats),
    header: v.exactOptional(v.boolean()),
    label: v.exactOptional(v.string()),
  }),
  flags: keptFlagsSchema,
  versions: v.strictObject({ nonconvex: v.string() }),
}

/** The document of a separable model: these fields and no others. */
export const trainingRecord = v.strictObject({
  ...common,
  classes: v.strictObject({
    positive: v.array(v.string()),
    negative: v.array(v.string()),
    rest: v.boolean(),
  }),
  others: v.picklist(['left out', 'refused']),
  training: v.strictObject({
    data: v.strictObject({ ...sides, constant, rows: hashes }),
    ...training,
  }),
})

type SidesDocument = v.InferOutput<typeof trainingRecord>
type SidesTraining = SidesDocument['training']
type SidesData = SidesTraining['data']

/** What is checked and shown of one network, as of a model of its own. */
export interface TrainingRecord extends Pick<
  SidesDocument,
  'parameters' | 'features' | 'flags' | 'versions'
> {
  readonly classes: Classes
  readonly training: Omit<SidesTraining, 'data'> & {
    readonly data: Omit<SidesData, 'rows'> & { readonly rows: Pick<SidesData['rows'], 'distinct'> }
  }
}

/** The document of a model of several classes, one against the rest: these fields and no others. */
export const classesRecord = v.strictObject({
  ...common,
  labels: v.array(v.string()),
  /** for each label what its network alone would have */
  fits: v.array(
    v.strictObject({
      data: v.strictObject({ ...sides, rows: v.strictObject({ distinct: whole }) }),
      ...training,
    }),
  ),
  /** what is certified of the class with the largest output */
  training: v.strictObject({
    data: v.strictObject({ ...file, constant, rows: hashes }),
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
  { labels, fits, parameters, features, flags, versions, training: { data } }: ClassesRecord,
  c: number,
): TrainingRecord => ({
  parameters,
  features,
  flags,
  versions,
  classes: oneAgainstRest(labels, c + 1),
  // the same of every class
  training: { ...fits[c], data: { ...fits[c].data, constant: data.constant } },
})
