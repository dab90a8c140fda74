import type { Json, Verdict } from '@nonconvex/optim/claims'
import { sameJson, plain } from '../result/canonical.js'
import type { Definition } from './definition.js'
import type { CheckContext, Conclusion, MeasureContext, Row, RowCheck, Work } from './experiment.js'
import type { Failure } from './failure.js'
import { keyed, type KeyedCell } from './keys.js'
import { verdictMaker, type VerdictMaker } from './verdict-maker.js'

/** What was measured, with the witness from which it can be checked; made by `witnessed`. */
export class Witnessed<M, W> {
  readonly measured: M
  readonly witness: W

  constructor(measured: M, witness: W) {
    this.measured = measured
    this.witness = witness
  }
}

/**
 * The result of a cell that has a witness: the point, the separator, the list of updates that an
 * independent check starts from. Both are plain data.
 */
export const witnessed = <M, W>(measured: M, witness: W): Witnessed<M, W> =>
  new Witnessed(measured, witness)

/** A row of one part, as `conclude` and the checks read it. */
export interface PartRow<C = object, M = Json, W = Json> {
  readonly key: string
  readonly cell: C
  readonly measured: M
  readonly witness: W
}

/** The context of a check besides its row. */
export type PartContext<P> = Omit<CheckContext<P, KeyedCell>, 'cell'>

/** How the cells of one part are measured and checked. */
export interface PartWork<P, C> {
  /**
   * The only place where numbers are made: plain data, or `witnessed(measured, witness)`. Checking
   * a row measures again and compares, unless `replay` is given.
   *
   * The type of the rows is that of what it returns. TypeScript infers it from a function that is
   * written here or has a name, not from a call of a generic one: for `measure: timed(one)` rows are
   * unknown, for `measure: (cell, context) => timed(one)(cell, context)` they are not.
   */
  measure(cell: C, context: MeasureContext<P>): unknown
  /**
   * Checks that the files from which a row was measured are unchanged; runs before the row is
   * measured again.
   *
   * @throws FileError where it is not
   */
  sources?(row: PartRow<C, unknown, unknown>, context: PartContext<P>): void | Promise<void>
  /** `measured` as it follows from the witness, walked step by step; replaces measuring again */
  replay?(row: PartRow<C, unknown, unknown>, context: PartContext<P>): unknown
  /**
   * A genuinely independent check: another formula or algorithm confirms the row.
   *
   * @throws Error naming the two numbers that disagree
   */
  audit?(row: PartRow<C, unknown, unknown>, context: PartContext<P>): void | Promise<void>
}

type PartsWork<P, Cells> = { readonly [Part in keyof Cells]: PartWork<P, Cells[Part]> }

type Returned<W> = W extends { measure(...args: never[]): infer R } ? Awaited<R> : never
type MeasuredOf<R> = R extends Witnessed<infer M, infer _> ? M : R
type WitnessOf<R> = R extends Witnessed<infer _, infer W> ? W : null

/** The rows of each part, in the order of the cells: what `conclude` gets. */
export type RowsOf<Cells, Parts extends { readonly [Part in keyof Cells]: unknown }> = {
  readonly [Part in keyof Cells]: readonly PartRow<
    Cells[Part],
    MeasuredOf<Returned<Parts[Part]>>,
    WitnessOf<Returned<Parts[Part]>>
  >[]
}

/**
 * The work of an experiment: how each part is measured and checked, and what its rows say.
 *
 * @param definition - names parts, cells and parameters; their types are inferred from it
 * @param given - `parts`: for each part how a cell is measured; `conclude`: pure, and defined for
 *   the rows so far. Claims are decided through `verdict`, which handles missing rows.
 *
 * @example
 * import { runExperiment } from '@nonconvex/experiments'
 * import { experiment, integer, withWork, workOf } from '@nonconvex/experiments/define'
 * const squares = experiment({
 *   id: 'demo/squares',
 *   part: 'optimization',
 *   name: 'Squares',
 *   title: 'Squares are not negative',
 *   about: 'Numbers are squared.',
 *   formula: 'x^2 \\ge 0',
 *   symbols: [],
 *   source: { ours: 'a toy' },
 *   params: { n: integer({ default: 2, min: 1, max: 9, help: 'numbers' }) },
 *   presets: { quick: {}, full: {} },
 *   expectedSeconds: { quick: 0.1, full: 0.1 },
 *   cells: { x: ({ n }) => Array.from({ length: n }, (_, x) => ({ x })) },
 * })
 * const work = workOf(squares, {
 *   parts: { x: { measure: ({ x }) => x * x } },
 *   conclude: () => ({ verdicts: [], tables: [], figures: [] }),
 * })
 * const { rows } = await runExperiment(withWork(squares, async () => ({ work })), { seed: 1 })
 * console.log(rows.map(({ key, measured }) => `${key}: ${measured}`).join()) // → x=0: 0,x=1: 1
 */
export function workOf<
  P,
  Cells extends { readonly [part: string]: object },
  Parts extends PartsWork<P, Cells>,
>(
  definition: Definition<P, Cells>,
  given: {
    readonly parts: Parts
    conclude(
      rows: RowsOf<Cells, Parts>,
      params: P,
      verdict: VerdictMaker<Cells>,
    ): { readonly verdicts: readonly Verdict[] } & Pick<Conclusion, 'tables' | 'figures'>
  },
): Work {
  const partOf = (name: string): PartWork<P, object> => given.parts[name as keyof Parts]
  const measured = async (
    { key, part, cell }: KeyedCell,
    context: MeasureContext<P>,
  ): Promise<Row> => {
    const found = await partOf(part).measure(cell, context)
    return found instanceof Witnessed
      ? { key, measured: found.measured as Json, witness: found.witness as Json }
      : { key, measured: found as Json, witness: null }
  }
  const work = {
    measure: measured,
    check: async (row: Row, context: CheckContext<P, KeyedCell>): Promise<Json> => {
      const { cell: keyedCell, ...rest } = context
      const { key, part, cell } = keyedCell
      const theirs = partOf(part)
      const { witness } = row
      if (theirs.sources) await theirs.sources({ ...row, cell }, rest)
      let again: Json
      if (theirs.replay) again = (await theirs.replay({ ...row, cell }, rest)) as Json
      else {
        const found = plain(await measured(keyedCell, { ...rest, watch: () => undefined }))
        if (!sameJson(witness, found.witness))
          throw new Error(`witness: expected what the cell "${key}" gives when measured again`)
        again = found.measured
      }
      await theirs.audit?.({ ...row, cell }, rest)
      return again
    },
    conclude: (rows: readonly Row[], params: P, failures: readonly Failure[] = []): Conclusion => {
      const cells = keyed(definition, params)
      const byKey = new Map(rows.map((row) => [row.key, row]))
      const grouped = Object.fromEntries(
        Object.keys(definition.cells).map((part) => [
          part,
          cells.flatMap(({ key, part: own, cell }) => {
            const row = own === part ? byKey.get(key) : undefined
            return row ? [{ ...row, cell }] : []
          }),
        ]),
      ) as unknown as RowsOf<Cells, Parts>
      const undecided: Failure[] = []
      const verdict = verdictMaker<Cells>(
        cells,
        (key) => byKey.has(key),
        failures,
        (failure) => undecided.push(failure),
      )
      const { verdicts, tables, figures } = given.conclude(grouped, params, verdict)
      return { verdicts, tables, figures, ...(undecided.length > 0 && { failures: undecided }) }
    },
    verification: Object.fromEntries(
      Object.keys(definition.cells).map((part): [string, RowCheck] => [
        part,
        {
          rows: partOf(part).replay ? 'replayed' : 'recomputed',
          audited: partOf(part).audit !== undefined,
        },
      ]),
    ),
  }
  return work as unknown as Work
}
