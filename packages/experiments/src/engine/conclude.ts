import type {
  Conclusion,
  Experiment,
  ParamValues,
  Row,
  RowCheck,
  Work,
} from '../define/experiment.js'
import type { Failure } from '../define/failure.js'
import { canonicalJson, digestOf, plain } from '../result/canonical.js'
import type { Result } from '../result/result.js'

/**
 * The conclusion on the rows so far, as plain data. Rows may come in any order and may be none.
 *
 * @throws RangeError naming the path if the conclusion is not plain data (NaN, a typed array not
 *   packed)
 *
 * @example
 * import { conclude, findExperiment } from '@nonconvex/experiments'
 * const experiment = findExperiment('gaussian/no-overlap')
 * const { verdicts } = await conclude(experiment, [], experiment.params.parse({}))
 * console.log(verdicts[0].status) // → inconclusive
 */
export async function conclude(
  experiment: Experiment,
  rows: readonly Row[],
  params: ParamValues,
  failures: readonly Failure[] = [],
): Promise<Conclusion> {
  return concludeBy(await experiment.work(), experiment, rows, params, failures)
}

/**
 * How the rows of each part of an experiment are checked by `verifyResult`.
 *
 * @example
 * import { findExperiment, verification } from '@nonconvex/experiments'
 * const { set } = await verification(findExperiment('overparam/perceptron'))
 * console.log(set) // → { rows: 'recomputed', audited: true }
 */
export async function verification(
  experiment: Experiment,
): Promise<{ readonly [part: string]: RowCheck }> {
  return (await experiment.work()).verification ?? {}
}

/** `conclude` of an experiment whose work is there already. */
export function concludeBy(
  work: Work,
  experiment: Experiment,
  rows: readonly Row[],
  params: ParamValues,
  failures: readonly Failure[] = [],
): Conclusion {
  const order = new Map(experiment.cells(params).map((cell, i) => [cell.key, i]))
  const place = (row: Row): number => order.get(row.key) ?? Infinity
  const sorted = rows.map(plain).sort((a, b) => place(a) - place(b))
  return plain(work.conclude(sorted, params, failures))
}

/**
 * The part of a result that follows from (experiment, params, seed): all but timings and versions.
 */
export function resultDigest(result: Omit<Result, 'digest' | 'timings' | 'versions'>): string {
  const { schema, experiment, params, seed, status, failures } = result
  const { verdicts, rows, tables, figures } = result
  const body = { schema, experiment, params, seed, status, verdicts, rows, tables, figures }
  return digestOf({ ...body, ...(failures && { failures }) })
}

/** The document of a run, from its rows. */
export async function makeResult(
  experiment: Experiment,
  run: {
    readonly params: ParamValues
    readonly seed: number
    readonly rows: readonly Row[]
    /** cells that failed */
    readonly failures?: readonly Failure[]
    readonly timings: Result['timings']
    readonly versions: Result['versions']
  },
): Promise<Result> {
  const cells = experiment.cells(run.params)
  const byKey = new Map(run.rows.map((row) => [row.key, row]))
  const rows = cells.flatMap(({ key }) => byKey.get(key) ?? [])
  const cellFailures = run.failures ?? []
  const concluded = await conclude(experiment, rows, run.params, cellFailures)
  const failures = [...cellFailures, ...(concluded.failures ?? [])]
  const body = {
    schema: 'nonconvex/result@1',
    experiment: experiment.id,
    params: plain(run.params),
    seed: run.seed,
    status: rows.length === cells.length ? 'complete' : 'partial',
    rows,
    ...concluded,
    ...(failures.length > 0 && { failures }),
  } as const
  return { ...body, digest: resultDigest(body), timings: run.timings, versions: run.versions }
}

/** The document as a file holds it: indented where a reader looks, ended by a line break. */
export function resultText(result: Result): string {
  canonicalJson(result)
  return `${JSON.stringify(result, null, 1)}\n`
}
