import type { Status, Verdict } from '@nonconvex/optim/claims'
import type { Conclusion, Experiment, ParamValues, Row, Work } from '../src/define/experiment.js'
import type { KeyedCell } from '../src/define/keys.js'
import { concludeBy } from '../src/engine/conclude.js'
import { runExperiment } from '../src/engine/run.js'
import type { Figure } from '../src/figure/figure.js'
import { findExperiment } from '../src/registry.js'

/** The status of each claim, by its id without the experiment's part: 'updates-bounded'. */
export type Statuses = { readonly [claim: string]: Status }

/**
 * A run of an experiment, and what is concluded from its rows when they, or the parameters, are
 * others.
 */
export class Trial {
  readonly #experiment: Experiment
  readonly #work: Work
  readonly rows: readonly Row[]
  readonly params: ParamValues

  private constructor(
    experiment: Experiment,
    work: Work,
    rows: readonly Row[],
    params: ParamValues,
  ) {
    this.#experiment = experiment
    this.#work = work
    this.rows = rows
    this.params = params
  }

  static run(id: string, params: ParamValues, seed = 1): Promise<Trial> {
    return Trial.#of(findExperiment(id), params, seed)
  }

  /** A run of one part alone: claims that need another part are inconclusive. */
  static part(id: string, part: string, params: ParamValues): Promise<Trial> {
    const experiment = findExperiment(id)
    const cells = (values: ParamValues) =>
      experiment.cells(values).filter((cell) => (cell as Partial<KeyedCell>).part === part)
    return Trial.#of({ ...experiment, cells }, params, 1)
  }

  static async #of(experiment: Experiment, params: ParamValues, seed: number): Promise<Trial> {
    const result = await runExperiment(experiment, { params, seed })
    return new Trial(experiment, await experiment.work(), result.rows, result.params)
  }

  /** Concludes on these rows: by default on those of the run. */
  statuses(rows: readonly Row[] = this.rows, params: ParamValues = {}): Statuses {
    return Object.fromEntries(
      this.#verdicts(rows, params).map(({ claim, status }) => [shortOf(claim), status]),
    )
  }

  /** The verdict on a claim: by default from the rows of the run. */
  verdict(short: string, rows: readonly Row[] = this.rows, params: ParamValues = {}): Verdict {
    const found = this.#verdicts(rows, params).find(({ claim }) => shortOf(claim) === short)
    if (!found) throw new Error(`no verdict on ${short}`)
    return found
  }

  /** A table, from the rows of the run: each row by the names of its columns. */
  table(id: string): readonly { readonly [column: string]: number | string | null }[] {
    const found = this.#conclude().tables.find((table) => table.id === id)
    if (!found) throw new Error(`no table ${id}`)
    const names = found.columns.map(({ name }) => name)
    return found.rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])))
  }

  /** A figure, from the rows of the run. */
  figure(id: string): Figure {
    const found = this.#conclude().figures.find((figure) => figure.id === id)
    if (!found) throw new Error(`no figure ${id}`)
    return found
  }

  /** What the key of each panel of a figure names, from the rows of the run. */
  keys(id: string): readonly (readonly string[])[] {
    return this.figure(id).panels.map(({ marks }) => [
      ...new Set(marks.flatMap((mark) => ('key' in mark && mark.key ? [mark.key] : []))),
    ])
  }

  #verdicts(rows: readonly Row[], params: ParamValues): readonly Verdict[] {
    const given = this.#experiment.params.parse({ ...this.params, ...params })
    return this.#conclude(rows, given).verdicts
  }

  #conclude(rows = this.rows, params = this.params): Conclusion {
    return concludeBy(this.#work, this.#experiment, rows, params)
  }

  /**
   * The rows with what `change` gives for the measured part of each; rows for which it gives
   * nothing stay.
   */
  changed<M>(change: (measured: M, key: string) => M | undefined): Row[] {
    return this.rows.map((row) => {
      const measured = change(row.measured as M, row.key)
      return measured === undefined ? row : ({ ...row, measured } as unknown as Row)
    })
  }

  /** The rows, with what `change` gives for the measured part of those of one part of the cells. */
  changedIn<M>(part: string, change: (measured: M) => M): Row[] {
    const keys = new Set(
      this.#experiment
        .cells(this.params)
        .flatMap((cell) => ('part' in cell && cell.part === part ? [cell.key] : [])),
    )
    return this.changed<M>((measured, key) => (keys.has(key) ? change(measured) : undefined))
  }

  /** The rows without those whose key begins so. */
  without(prefix: string): Row[] {
    return this.rows.filter(({ key }) => !key.startsWith(prefix))
  }
}

/** A claim's id without the experiment's part. */
const shortOf = (claim: string): string => claim.slice(claim.indexOf('/') + 1)

/** The claims with this status, sorted. */
export const those = (statuses: Statuses, status: Status): string[] =>
  Object.keys(statuses)
    .filter((claim) => statuses[claim] === status)
    .sort()
