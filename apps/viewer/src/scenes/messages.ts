import type { Edits } from './edits.js'
import type { GPIReport } from '@nonconvex/structured/invariance'
import type { NamedParameters } from '@nonconvex/structured/batch'

/** The models of the page, in the order in which they are trained. */
export const models = ['alone', 'joint', 'ordered'] as const
export type Model = (typeof models)[number]

/** What the models and scenes are determined by. Plain data: it is sent to a worker. */
export interface Settings {
  readonly seed: number
  /** training scenes, and test scenes */
  readonly train: number
  readonly test: number
  /** of Adam, at most */
  readonly steps: number
  /** hidden units */
  readonly hidden: number
  /** margins of the detector */
  readonly inner: number
  readonly relation: number
}

/** The progress of training. */
export interface Progress {
  readonly model: Model
  readonly step: number
  readonly steps: number
  /** accuracy on the objects of the validation scenes, at the last evaluation */
  readonly right?: number
}

/**
 * What training found: weights, with which another worker goes on, and weights of right objects of
 * the fresh scenes.
 */
export interface Trained {
  readonly weights: { readonly [model in Model]: NamedParameters }
  readonly right: { readonly [model in Model]: number }
  /** objects of the test scenes */
  readonly objects: number
}

/** A test scene with permuted objects: position i holds object order[i]. */
export interface Query {
  /** of the scenes; the models may have another one */
  readonly seed: number
  readonly scene: number
  readonly edits: Edits
  /** of the objects that were not deleted */
  readonly order: readonly number[]
}

/** What a model predicts for a scene, objects in the order of the query. */
export interface Prediction {
  readonly classes: readonly number[]
  /** of each of these classes */
  readonly probabilities: readonly number[]
  /**
   * subject, object, predicate: as many as are annotated, the likeliest first; of a model that says
   * something of pairs
   */
  readonly relations?: readonly (readonly [number, number, number])[]
  /** row i: attention weights of object i; of the joint model */
  readonly attention?: readonly (readonly number[])[]
  /** largest difference of a score to that in the original order, the permutation undone */
  readonly difference: number
  /** classes predicted for the same objects in the original order */
  readonly was: readonly number[]
}
export type Predictions = { readonly [model in Model]: Prediction }

/** The result of the invariance checker. */
export interface CheckReport {
  readonly ok: boolean
  readonly trials: number
  /** largest difference of a score; of a model that passed */
  readonly maxError?: number
  /** the checker's own sentence */
  readonly statement: string
  /** features of the nodes of the counterexample */
  readonly nodes?: readonly (readonly number[])[]
}

/** Reads a report for the page. */
export function checkReportOf(report: GPIReport): CheckReport {
  const { ok, trials, statement } = report
  if (report.ok) return { ok, trials, statement, maxError: report.maxError }
  if (report.reason !== 'violation') return { ok, trials, statement }
  const { rows, cols, data } = report.counterexample.nodes
  const nodes = Array.from({ length: rows }, (_, i) =>
    Array.from(data.subarray(i * cols, (i + 1) * cols)),
  )
  return { ok, trials, statement, nodes }
}

/** The worker that trains the models and predicts with them. */
export interface ScenesWorker {
  train(settings: Settings, onProgress: (progress: Progress) => void): Promise<Trained>
  /** loads the networks that come with the page */
  shipped(): Promise<{ readonly settings: Settings; readonly trained: Trained }>
  /** loads weights that another worker has trained */
  load(settings: Settings, trained: Trained): void
  ask(query: Query): Predictions
  check(model: Model): CheckReport
}
