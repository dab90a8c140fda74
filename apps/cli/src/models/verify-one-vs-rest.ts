import type { Finding } from '@nonconvex/experiments'
import type { Json } from '@nonconvex/optim/claims'
import { classGuarantees } from '../fit/one-vs-rest.js'
import { majorityErrorOf } from '../fit/fitted.js'
import { compareRecorded, differs } from './compare-recorded.js'
import { recordOf, type ClassesRecord } from './training-record.js'
import { below, checked, errorChecks, verifyClaims, type Check } from './verify-claims.js'
import { preprocessingOf, verifyGuarantees } from './verify-guarantees.js'

/**
 * What a model of several classes claims, against its own numbers: each network as a model of its
 * own, and what is counted of all against what is counted of each.
 */
export function verifyOneVsRest(record: ClassesRecord): readonly Finding[] {
  const { labels, fits } = record
  if (fits.length !== labels.length)
    return [differs('fits', 'expected one for each label', fits.length, labels.length)]
  return [
    ...labels.flatMap((_, c) => {
      const own = recordOf(record, c)
      return [...verifyGuarantees(own), ...verifyClaims(own)].map((found) => ({
        ...found,
        path: found.path.replace(/^training/, `fits[${c}]`),
      }))
    }),
    ...checked(compositionChecks(record)),
    ...guaranteeFindings(record),
  ]
}

type Errors = ClassesRecord['training']['train']

function compositionChecks({ labels, fits, training }: ClassesRecord): readonly Check[] {
  const { data, train, test, distinct, errorsUnused } = training
  const last = fits.map(({ runs }) => runs[runs.length - 1])
  const sum = (of: readonly number[]): number => of.reduce((total, count) => total + count, 0)
  const together = (all: Errors, each: readonly Errors[], at: string): readonly Check[] => [
    ...errorChecks(all, at, all.examples),
    [
      each.every(({ examples }) => examples === all.examples),
      `${at}.examples`,
      'every network has all examples',
    ],
    below(
      all.errors,
      sum(each.map(({ errors }) => errors)),
      `${at}.errors`,
      'each is an error of one of the networks',
    ),
    below(
      all.margins,
      sum(each.map(({ margins }) => margins)),
      `${at}.margins`,
      'each is a margin failure of one of the networks',
    ),
    ...each.map(({ margins }) =>
      below(margins, all.margins, `${at}.margins`, 'those of each network are among them'),
    ),
  ]
  return [
    [
      sum(fits.map((fit) => fit.data.positives)) === data.examples,
      'data.examples',
      'every example is of one class',
    ],
    [
      fits.every(
        (fit) =>
          fit.data.file === data.file &&
          fit.data.sha256 === data.sha256 &&
          fit.data.examples === data.examples &&
          fit.data.skipped === fits[0].data.skipped &&
          fit.radius === fits[0].radius &&
          fit.seed === training.seed &&
          fit.delta === training.delta / labels.length,
      ),
      'data',
      'every network has the same file and hash, examples, norm and seed, and its part of delta',
    ],
    ...fits.map((fit) =>
      below(
        fit.data.rows.distinct,
        data.rows.distinct,
        'data.rows.distinct',
        'labels of two sides make no more',
      ),
    ),
    below(data.rows.distinct, data.examples, 'data.rows.distinct', 'they are among the examples'),
    ...together(
      train,
      last.map((run) => run.train),
      'train',
    ),
    ...(test
      ? together(
          test,
          last.flatMap((run) => run.test ?? []),
          'test',
        )
      : []),
    [
      training.updates === sum(last.map(({ updates }) => updates)),
      'updates',
      'they are those of all networks',
    ],
    below(
      distinct,
      Math.min(data.examples, sum(last.map((run) => run.distinct))),
      'distinct',
      'each was updated by one of the networks',
    ),
    ...last.map((run) => below(run.distinct, distinct, 'distinct', 'it is among them')),
    below(errorsUnused, train.margins, 'errorsUnused', 'they are margin failures'),
  ]
}

/** The guarantees of the class with the largest output, from the counts once more. */
function guaranteeFindings({ parameters, labels, fits, training }: ClassesRecord): Finding[] {
  const { shared, test, ...counts } = training
  try {
    const again = classGuarantees(
      { ...counts, ...(test && { test }), ...(shared && { shared }) },
      {
        delta: training.delta,
        converged: fits.every(({ runs }) => runs[runs.length - 1].status === 'converged'),
        networks: labels.length,
        budgets: parameters.budgets,
        majorityError: majorityErrorOf(fits.map(({ data }) => data.positives)),
        preprocessing: preprocessingOf(parameters),
      },
    )
    const recomputed = JSON.parse(JSON.stringify(again)) as Json
    return compareRecorded(
      training.guarantees as unknown as Json,
      recomputed,
      'training.guarantees',
    )
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const message = `these counts are inconsistent: ${error.message.replace(/^\w+: /, '')}`
    return [{ path: 'training', message }]
  }
}
