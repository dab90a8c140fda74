import type { Json, Source, Verdict } from '@nonconvex/optim/claims'
import type { Stream } from '@nonconvex/tensor'
import type { Figure } from '../figure/figure.js'
import type { Failure } from './failure.js'
import type { ParamSchema } from './params.js'
import type { Readers } from './readers.js'
import type { Table } from './table.js'

/** The three arguments of the talk, in the order in which the report shows them. */
export type Part = 'optimization' | 'generalization' | 'architecture'

/** Parameter values of an experiment: plain data, made by its schema. */
export type ParamValues = { readonly [name: string]: Json }

/** An independent piece of work. Its numbers do not depend on where or in which order it runs. */
export interface Cell {
  /** unique in its experiment and part of every stream's name: 'k=10/seed=3' */
  readonly key: string
}

/** The result of a cell. `measured` must follow from (cell, params, seed, witness) alone. */
export interface Row {
  readonly key: string
  /** numbers and short texts that `conclude` reads; recomputed by `check` */
  readonly measured: Json
  /** what an independent check starts from: the point, the separator, the list of updates */
  readonly witness: Json
}

export interface MeasureContext<P> extends Readers {
  readonly params: P
  /** the root stream's child named (experiment id, cell key) */
  readonly stream: Stream
  /** the experiment's own stream, for what all cells share: the data set of a sweep */
  readonly shared: Stream
  readonly signal: AbortSignal
  /** streams a trajectory while the cell runs; thinned by the receiver, never part of the result */
  readonly watch: (point: { readonly [name: string]: number }) => void
}

export interface CheckContext<P, C extends Cell> extends Readers {
  readonly params: P
  readonly cell: C
  readonly stream: Stream
  readonly shared: Stream
  readonly signal: AbortSignal
}

/** How `verifyResult` checks the rows of a part: `verifyResult`. */
export interface RowCheck {
  /**
   * 'recomputed': measured again from the seed and compared; 'replayed': a witness, such as a
   * sequence of updates, is walked step by step
   */
  readonly rows: 'recomputed' | 'replayed'
  /** whether another formula or algorithm confirms the numbers besides */
  readonly audited: boolean
}

/** Verdicts, tables and figures. Pure data, defined for the rows so far. */
export interface Conclusion {
  /** claims that could not be decided although their rows are there; absent if there are none */
  readonly failures?: readonly Failure[]
  readonly verdicts: readonly Verdict[]
  readonly tables: readonly Table[]
  readonly figures: readonly Figure[]
}

/**
 * The computing part of an experiment: everything that needs the theory packages.
 */
export interface Work {
  /** the only place where numbers are made */
  measure(cell: Cell, context: MeasureContext<ParamValues>): Row | Promise<Row>
  /**
   * `row.measured` as it follows from the witness, computed independently of `measure` where
   * possible
   */
  check(row: Row, context: CheckContext<ParamValues, Cell>): Json | Promise<Json>
  /** pure, and defined for the rows so far: a claim whose rows are missing is `inconclusive` */
  conclude(rows: readonly Row[], params: ParamValues, failures?: readonly Failure[]): Conclusion
  /** how the rows of each part are checked */
  readonly verification?: { readonly [part: string]: RowCheck }
}

/**
 * One experiment: params → cells → rows → conclusion. Progress, workers, shards, resuming, live
 * pages, determinism and independent checking all follow from this shape and are written once, in
 * the engine.
 */
export interface Experiment {
  /** 'gaussian/no-overlap' */
  readonly id: string
  readonly part: Part
  /** short name for menus: 'No overlap' */
  readonly name: string
  /** the claim as a sentence in the present tense */
  readonly title: string
  /** three sentences for a reader who has not seen the paper; inline TeX between $…$ */
  readonly about: string
  /** the formula of the theorem, display TeX */
  readonly formula: string
  /** symbols of the formula that are not parameters */
  readonly symbols: readonly { readonly tex: string; readonly text: string }[]
  readonly source: Source
  readonly params: ParamSchema<ParamValues>
  readonly presets: { readonly quick: ParamValues; readonly full: ParamValues }
  /** seconds on one core, for `show` */
  readonly expectedSeconds: { readonly quick: number; readonly full: number }
  cells(params: ParamValues): readonly Cell[]
  /**
   * Loads the functions that measure, check and conclude from a separate module (`() =>
   * import('./work.js')`); listing experiments, making forms and parsing parameters do not need it.
   * Called for each cell.
   */
  work(): Work | Promise<Work>
}
