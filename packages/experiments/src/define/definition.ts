import type { Cell, Experiment, ParamValues, Work } from './experiment.js'
import type { InputIssue } from './input-error.js'
import { keyed } from './keys.js'
import { object, type ValuesOf } from './object.js'
import type { ParamOf, ParamSchema } from './params.js'

/** The descriptive fields of an experiment; none of them computes. */
type Description = Pick<
  Experiment,
  'id' | 'part' | 'name' | 'title' | 'about' | 'formula' | 'symbols' | 'source' | 'expectedSeconds'
>

/**
 * An experiment without its work: what the command line lists and the viewer shows as a form.
 * `P` are its parameter values, `Cells` the cell of each part by the part's name.
 */
export interface Definition<
  P,
  Cells extends { readonly [part: string]: object },
> extends Description {
  readonly params: ParamSchema<P>
  readonly presets: { readonly quick: Partial<P>; readonly full: Partial<P> }
  readonly cells: { readonly [Part in keyof Cells]: (params: P) => readonly Cells[Part][] }
}

/** The parameter values of a definition: `ParamsOf<typeof leaky>`. */
export type ParamsOf<D> = D extends Definition<infer P, infer _> ? P : never

/** The cell of each part of a definition, by the part's name. */
export type CellsOf<D> = D extends Definition<infer _, infer Cells> ? Cells : never

/** What makes the cells of each part from the parameter values. */
type CellMakers<P> = { readonly [part: string]: (params: P) => readonly object[] }

/** The cell of each part, from what makes them. */
type MadeBy<M extends CellMakers<never>> = {
  readonly [Part in keyof M]: ReturnType<M[Part]>[number]
}

/**
 * Defines an experiment. The types of parameters and cells are inferred, so `params` stands before
 * `cells`. What computes is in another module, named in the registry (`withWork`).
 *
 * A cell is an independent piece of work: plain data that says what to measure. Its key is made
 * from its part and its fields ('runs=0-24', 'point/k=3/leak=0.1', see `cellKey`); a cell with a
 * field `key` has that one. Cells run in the order of the parts.
 *
 * @param given - `params`: a record of fields, one for each parameter; `review`: further faults of
 *   values that are valid one by one
 * @throws InputError if a preset does not fit the parameters
 *
 * @example
 * import { experiment, integer, integers, blocks } from '@nonconvex/experiments/define'
 * const coins = experiment({
 *   id: 'demo/coins',
 *   part: 'optimization',
 *   name: 'Coins',
 *   title: 'A fair coin shows heads half of the time',
 *   about: 'Coins are tossed.',
 *   formula: 'p = 1/2',
 *   symbols: [],
 *   source: { ours: 'a toy' },
 *   params: { tosses: integer({ default: 100, min: 1, max: 10_000, help: 'tosses of a coin' }) },
 *   presets: { quick: { tosses: 10 }, full: {} },
 *   expectedSeconds: { quick: 0.1, full: 1 },
 *   cells: { tosses: (p) => blocks(p.tosses, 50) },
 * })
 * console.log(coins.cells.tosses({ tosses: 100 }).length) // → 2
 */
export function experiment<
  const F extends { readonly [name: string]: ParamOf<unknown> },
  const M extends CellMakers<ValuesOf<F>>,
>(
  given: Description & {
    readonly params: F
    readonly review?: (values: ValuesOf<F>) => readonly InputIssue[]
    readonly presets: {
      readonly quick: Partial<ValuesOf<F>>
      readonly full: Partial<ValuesOf<F>>
    }
    readonly cells: M
  },
): Definition<ValuesOf<F>, MadeBy<M>> {
  const { params: fields, review, cells, ...rest } = given
  const params = object(fields, review)
  for (const preset of [given.presets.quick, given.presets.full]) params.parse(preset)
  return { ...rest, params, cells }
}

/**
 * The experiment as the engine runs it: the definition, and where its work is. The module is loaded
 * when the first cell runs, so listing experiments loads nothing that computes.
 *
 * @param load - `() => import('./leaky/work.js')`: a module that exports `work` (see `workOf`)
 */
export function withWork<P, Cells extends { readonly [part: string]: object }>(
  definition: Definition<P, Cells>,
  load: () => Promise<{ readonly work: Work }>,
): Experiment {
  const { cells: _, ...rest } = definition
  return {
    ...(rest as unknown as Omit<Experiment, 'cells' | 'work'>),
    cells: (params: ParamValues): readonly Cell[] => keyed(definition, params as P),
    work: async () => (await load()).work,
  }
}
