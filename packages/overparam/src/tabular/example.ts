/** An example from a reader. Its values are reused for the next example: copy them to keep them. */
export interface Example {
  /** [d] */
  readonly values: Float64Array
  /** absent if the options exclude labels */
  readonly label?: string
  /** its line in the file, from 1; for IDX the number of the image */
  readonly line: number
}

export type OnExample = (example: Example) => void

/** A reader of examples from a text that is passed in pieces. Memory: one row. */
export interface ExampleReader {
  push(text: string): void
  /** after the last piece */
  end(): void
  /** names of the features, in the order of the values, known after the first example */
  readonly features: readonly string[]
}
