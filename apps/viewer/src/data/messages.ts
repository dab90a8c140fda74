import type { FitProgress, SeparableFit } from '@nonconvex/overparam/fit'
import type { DataFormat } from '@nonconvex/overparam/tabular'
import type { DataParams } from './params.js'

/** Examples to be read: a file of the reader's, or a text. It never leaves the page. */
export interface DataSource {
  readonly name: string
  readonly content: Blob | string
}

/** What is to be done with them. Plain data: it crosses to a worker. */
export interface DataJob {
  readonly params: DataParams
  readonly seed: number
}

/** How far an analysis is. */
export type DataProgress = { readonly stage: 'reading'; readonly rows: number } | FitProgress

/** One example of the picture, on the two principal directions. */
export interface Projected {
  readonly x: number
  readonly y: number
  readonly label: 1 | -1
  /** SGD made an update on it */
  readonly updated: boolean
  /** the network is on the wrong side */
  readonly wrong: boolean
}

/** What was found. */
export interface DataAnswer {
  readonly format: DataFormat
  readonly labelColumn?: string
  readonly classes: { readonly positive: string; readonly negative: string }
  readonly fit: Pick<
    SeparableFit,
    'table' | 'd' | 'radius' | 'separation' | 'runs' | 'guarantees' | 'verdicts'
  >
  readonly projected: readonly Projected[]
  /** fraction of the variance along the two directions */
  readonly explained: number
  /** model.json and weights.safetensors, as the command line writes them */
  readonly document: string
  readonly weights: Uint8Array
}

/** The worker that reads and fits. */
export interface DataWorker {
  analyze(
    source: DataSource,
    job: DataJob,
    onProgress: (progress: DataProgress) => void,
  ): Promise<DataAnswer>
}
