import type { GPIReport, NamedParameters } from '@nonconvex/structured'

/** The models of the page, in the order in which they are trained. */
export const models = ['alone', 'joint', 'ordered'] as const
export type Model = (typeof models)[number]

/** What everything follows from. Plain data: it crosses to a worker. */
export interface Settings {
  readonly seed: number
  /** scenes to learn from, and fresh ones */
  readonly train: number
  readonly test: number
  /** of Adam */
  readonly steps: number
  /** hidden units */
  readonly hidden: number
  /** margins of the detector */
  readonly inner: number
  readonly relation: number
}

/** How far training is. */
export interface Progress {
  readonly model: Model
  readonly step: number
  readonly steps: number
  /** share of objects of the validation scenes with the right class, at the last look */
  readonly right?: number
}

/**
 * What training found: weights, with which another worker goes on, and shares of right objects of
 * the fresh scenes.
 */
export interface Trained {
  readonly weights: { readonly [model in Model]: NamedParameters }
  readonly right: { readonly [model in Model]: number }
  /** objects of the fresh scenes */
  readonly objects: number
}

/** A scene of the test, its objects listed in another order: place i holds object order[i]. */
export interface Question {
  readonly scene: number
  readonly order: readonly number[]
}

/** What a model says of a scene, its objects as they are listed. */
export interface Answer {
  readonly classes: readonly number[]
  /** probability of each of these */
  readonly sure: readonly number[]
  /**
   * subject, object, predicate: as many as are annotated, the likeliest first; of a model that says
   * something of pairs
   */
  readonly relations?: readonly (readonly [number, number, number])[]
  /** row i: how object i shares its attention; of the joint model */
  readonly attention?: readonly (readonly number[])[]
  /** largest difference of a score to that in the order as made, the order undone */
  readonly moved: number
  /** classes of the same objects in the order as made */
  readonly was: readonly number[]
}
export type Answers = { readonly [model in Model]: Answer }

/** What the checker says. */
export interface Checked {
  readonly ok: boolean
  readonly trials: number
  /** largest difference of a score; of a model that passed */
  readonly maxError?: number
  /** in the checker's own words */
  readonly statement: string
  /** features of the nodes of the counterexample */
  readonly nodes?: readonly (readonly number[])[]
}

/** Reads a report for the page. */
export function checkedOf(report: GPIReport): Checked {
  const { ok, trials, statement } = report
  if (report.ok) return { ok, trials, statement, maxError: report.maxError }
  if (report.reason !== 'violation') return { ok, trials, statement }
  const { rows, cols, data } = report.counterexample.nodes
  const nodes = Array.from({ length: rows }, (_, i) =>
    Array.from(data.subarray(i * cols, (i + 1) * cols)),
  )
  return { ok, trials, statement, nodes }
}

/** The worker that trains the models and asks them. */
export interface ScenesWorker {
  train(settings: Settings, told: (progress: Progress) => void): Promise<Trained>
  /** takes up what another worker has trained */
  load(settings: Settings, trained: Trained): void
  ask(question: Question): Answers
  check(model: Model): Checked
}
