/** Plain data that `JSON.stringify` and `JSON.parse` reproduce exactly. All numbers are finite. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

/**
 * The status of a claim on a run.
 *
 * - `holds`: checked, and true on this run.
 * - `violated`: checked, and false on this run; the verdict has a witness.
 * - `inapplicable`: a hypothesis fails.
 * - `inconclusive`: the arithmetic, the budget or the rows so far cannot decide.
 */
export type Status = 'holds' | 'violated' | 'inapplicable' | 'inconclusive'

/**
 * How a verdict is established: `proof` (outward-rounded or exact arithmetic), `float64` (with an
 * error budget), `statistical` (with a confidence).
 */
export type Rigor = 'proof' | 'float64' | 'statistical'

/** The relation required between the measured number and the bound. */
export type Relation = '<=' | '>=' | '=='

/**
 * A hypothesis of a theorem, with its status on this run.
 *
 * - `holds`, `fails`: measured, or computed, on this run.
 * - `assumed`: not checked.
 * - `by construction`: true because the program makes it so; not a measurement.
 */
export interface Hypothesis {
  readonly text: string
  readonly status: 'holds' | 'fails' | 'assumed' | 'by construction'
  readonly measured?: number
}

/** The source of a claim; `ours` summarizes the idea of our proof. */
export interface Source {
  readonly talk?: string
  readonly paper?: string
  readonly theorem?: string
  readonly ours?: string
}

/**
 * A theorem as data: a stable id, one sentence in the present tense, its rigor and its source.
 */
export interface Claim {
  /** stable id, `<part>/<what>`: 'overparam/updates-bounded' */
  readonly id: string
  /**
   * one sentence in the present tense, without numbers: 'SGD stops after a bounded number of
   * updates'
   */
  readonly title: string
  readonly rigor: Rigor
  readonly source: Source
}

/**
 * A claim that was decided on a run, as plain data that is written into result documents unchanged.
 */
export interface Verdict {
  readonly claim: string
  readonly title: string
  readonly status: Status
  /** one sentence with its numbers: '133 updates, at most 2,410 allowed' */
  readonly statement: string
  readonly rigor: Rigor
  readonly measured?: number
  readonly relation?: Relation
  readonly bound?: number
  /**
   * Fraction of a theorem's bound that was measured: measured/bound for ≤, bound/measured for ≥; 1
   * where the run attains the bound, above 1 where it violates it. Absent where the bound is a
   * tolerance or a threshold.
   */
  readonly tightness?: number
  /** id of the claim that shows how nearly the bound is attained */
  readonly attainedBy?: string
  /**
   * Of a claim that others name in `attainedBy`: the fraction of their bound that the tightest instance
   * known reaches, 1 where it is equal
   */
  readonly attains?: number
  readonly confidence?: number
  readonly hypotheses: readonly Hypothesis[]
  /** the data for an independent check: the point, the examples used, the counterexample */
  readonly witness?: Json
  readonly source: Source
}
