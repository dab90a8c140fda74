import type { Finding } from '@nonconvex/experiments'
import { type Json, readable, standsTo, type Verdict, verdictOn } from '@nonconvex/optim/claims'
import {
  cauchySchwarz,
  globalMinimum,
  lowerLine,
  normEnvelope,
  theoremHypotheses,
  updatesBounded,
  updateIdentities,
} from '@nonconvex/overparam'
import { marginCertified, noMargin, noSeparator } from '@nonconvex/overparam/certify'
import { subsetRebuilds } from '@nonconvex/overparam/generalization'
import { compareRecorded } from './compare-recorded.js'
import type { TrainingRecord } from './training-record.js'

type Training = TrainingRecord['training']
type Run = Training['runs'][number]

/** What is wrong, and where; a check is a condition that must be true. */
export type Check = readonly [sound: boolean, path: string, message: string]

/** Rounding of bounds that are computed in different ways. */
const ROUNDING = 1e-9

const atMost = (a: number, b: number): boolean => a <= b + ROUNDING * Math.abs(b)

/**
 * What a separable model claims, against its own numbers: the verdicts that follow from them once
 * more, the others against their own measured values and bounds, and every count against what it
 * counts in.
 */
export function verifyClaims({ parameters, training }: TrainingRecord): readonly Finding[] {
  const { runs, rules, agreement, data, repeats = [] } = training
  const last = runs[runs.length - 1]
  const checks: readonly Check[] = [
    [
      data.positives + data.negatives === data.examples,
      'data.positives',
      'both sides are all examples',
    ],
    [
      data.rows.distinct === data.examples - data.repeated,
      'data.rows.distinct',
      'every example is new or repeats an earlier one',
    ],
    ...separationChecks(training),
    ...runs.flatMap((run, i) => runChecks(run, `runs[${i}]`, data.examples)),
    ...rules.flatMap((rule, i) => [
      ...errorChecks(rule.train, `rules[${i}].train`, data.examples),
      ...(rule.test ? errorChecks(rule.test, `rules[${i}].test`, last.test?.examples ?? 0) : []),
      below(
        rule.distinct ?? 0,
        data.examples,
        `rules[${i}].distinct`,
        'they are training examples',
      ),
      below(rule.distinct ?? 0, rule.updates ?? 0, `rules[${i}].distinct`, 'each was updated'),
    ]),
    ...repeats.flatMap(({ train, test }, i) =>
      [train, ...(test ? [test] : [])].flatMap((counts) =>
        errorChecks(counts, `repeats[${i}]`, counts.examples),
      ),
    ),
    ...(agreement
      ? [
          below(agreement.train, data.examples, 'agreement.train', 'they are training examples'),
          below(agreement.test ?? 0, last.test?.examples ?? 0, 'agreement.test', 'they are tested'),
        ]
      : []),
  ]
  return [...checked(checks), ...verdictFindings(training, parameters.alpha)]
}

/** What the checks of a training find. */
export const checked = (checks: readonly Check[]): readonly Finding[] =>
  checks.flatMap(([sound, at, message]) => (sound ? [] : [{ path: `training.${at}`, message }]))

export const below = (part: number, whole: number, at: string, why: string): Check => [
  part <= whole,
  at,
  `expected at most ${whole}, got ${part}: ${why}`,
]

function separationChecks({ separation, data }: Training): readonly Check[] {
  if (separation.kind !== 'separable') return []
  const { lo, hi, support = 0 } = separation
  return [
    [lo > 0, 'separation.lo', 'a separator has a positive margin'],
    [atMost(lo, hi), 'separation.lo', 'the lower end of the margin is above the upper end'],
    below(support, data.examples, 'separation.support', 'they are training examples'),
  ]
}

export const errorChecks = (of: Run['train'], at: string, examples: number): readonly Check[] => [
  [of.examples === examples, `${at}.examples`, `expected all ${examples} examples`],
  below(of.errors, of.margins, `${at}.errors`, 'an error is a margin failure, too'),
  below(of.margins, of.examples, `${at}.margins`, 'they are among the examples'),
]

function runChecks(run: Run, at: string, examples: number): readonly Check[] {
  const { bounds, ledger, test } = run
  const lines: readonly (keyof NonNullable<Run['ledger']>)[] = [
    ...(['paper', 'quad', 'slope', 'slopesBound', 'marginsBound'] as const),
    ...(['normsBound', 'separationsBound', 'updates'] as const),
  ]
  return [
    ...errorChecks(run.train, `${at}.train`, examples),
    ...(test ? errorChecks(test, `${at}.test`, test.examples) : []),
    below(run.distinct, examples, `${at}.distinct`, 'they are training examples'),
    ...(bounds
      ? ([
          [
            bounds.best === Math.min(bounds.paper, bounds.quad, bounds.slope, bounds.disp) &&
              bounds.best === bounds[bounds.which],
            `${at}.bounds.best`,
            'it is not the smallest of the four',
          ],
        ] satisfies readonly Check[])
      : []),
    ...(ledger
      ? ([
          ...(['paper', 'quad', 'slope'] as const).map((name): Check => [
            ledger[name] === bounds?.[name],
            `${at}.ledger.${name}`,
            'it is not the bound of the run',
          ]),
          [
            ledger.updates === run.updates,
            `${at}.ledger.updates`,
            'it is not the count of the run',
          ],
          ...lines
            .slice(1)
            .map((name, i): Check => [
              atMost(ledger[name], ledger[lines[i]]),
              `${at}.ledger.${name}`,
              `it is above the line before, ${lines[i]}`,
            ]),
        ] satisfies readonly Check[])
      : []),
  ]
}

/** The verdicts that follow from the record; the others against themselves. */
function verdictFindings(
  { separation, radius, runs, verdicts }: Training,
  alpha: number,
): readonly Finding[] {
  const separable =
    separation.kind === 'separable' ? 'yes' : separation.kind === 'inseparable' ? 'no' : 'unknown'
  const hypotheses = theoremHypotheses({
    separable,
    alpha,
    ...(separation.kind === 'separable' && { gamma: separation.lo }),
  })
  const facts = {
    runs: runs.map(({ k, status, updates, loss, bounds }) => ({
      name: `k = ${k}`,
      k,
      status,
      updates,
      loss: loss ?? NaN,
      ...(bounds && { bounds }),
    })),
    hypotheses,
  }
  const again = [
    separation.kind === 'inseparable'
      ? verdictOn(separation.exact ? noSeparator : noMargin, {
          ...separation,
          radius,
          rows: separation.witness.length,
        })
      : verdictOn(marginCertified, {
          separable,
          lo: separation.lo ?? -Infinity,
          hi: separation.hi ?? Infinity,
          proven: separation.kind === 'separable' && separation.proven,
        }),
    verdictOn(updatesBounded, facts),
    verdictOn(globalMinimum, facts),
  ]
  const updates = runs.reduce((sum, run) => sum + run.updates, 0)
  return [
    // γ ≤ R: the margin is the inner product of an example with a unit vector
    ...(separation.kind === 'separable' && separation.lo > radius * (1 + 1e-9)
      ? [
          {
            path: 'training.separation.lo',
            message: `expected a margin of at most the largest norm, ${radius}, got ${separation.lo}`,
          },
        ]
      : []),
    ...again.flatMap((verdict, i) =>
      compareRecorded(
        verdicts[i] as unknown as Json | undefined,
        JSON.parse(JSON.stringify(verdict)) as Json,
        `training.verdicts[${i}]`,
      ),
    ),
    ...verdicts.flatMap((verdict, i) =>
      i < again.length
        ? []
        : [
            ...declaredFindings(verdict, `training.verdicts[${i}]`),
            ...verdictFaults(verdict, updates).map((message) => ({
              path: `training.verdicts[${i}]`,
              message,
            })),
            ...(verdict.claim === subsetRebuilds.id
              ? []
              : compareRecorded(
                  verdict.hypotheses as unknown as Json,
                  hypotheses as unknown as Json,
                  `training.verdicts[${i}].hypotheses`,
                )),
          ],
    ),
  ]
}

/** Claims on the run itself, which is not repeated. */
const ofTheRun: ReadonlyMap<string, typeof lowerLine | typeof subsetRebuilds> = new Map(
  [lowerLine, normEnvelope, cauchySchwarz, updateIdentities, subsetRebuilds].map((claim) => [
    claim.id,
    claim,
  ]),
)

/** Whether a verdict has the title, rigor and source of its claim. */
function declaredFindings(verdict: Verdict, at: string): readonly Finding[] {
  const claim = ofTheRun.get(verdict.claim)
  if (claim === undefined) return [{ path: `${at}.claim`, message: 'no fit makes this claim' }]
  return (['title', 'rigor', 'source'] as const).flatMap((name) =>
    compareRecorded(verdict[name] as Json, claim[name] as Json, `${at}.${name}`),
  )
}

/** A verdict, as far as it can be checked by itself. */
export interface RecordedVerdict extends Pick<Verdict, 'claim' | 'status' | 'statement'> {
  readonly measured?: number | undefined
  readonly relation?: Verdict['relation'] | undefined
  readonly bound?: number | undefined
  readonly hypotheses: readonly { readonly status: string }[]
}

/** A verdict against its own numbers. */
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
    return [
      `its status ${status} differs from that of its numbers, ${expected ?? 'which are missing'}`,
    ]
  if (fails || measured === undefined) return []
  const digits = claim === updateIdentities.id ? 2 : 3
  const named =
    claim === subsetRebuilds.id
      ? statement.startsWith(measured === 0 ? 'no weight ' : `up to ${readable(measured)} weight`)
      : statement.startsWith(`checked at ${readable(updates)} update`) &&
        statement.includes(` ${readable(measured, digits)} `)
  return named ? [] : ['its statement does not contain its numbers']
}
