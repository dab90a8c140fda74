/** A cell that failed, or a claim that could not be decided. */
export interface Failure {
  /** the key of the cell, or the id of the claim */
  readonly key: string
  readonly message: string
}

/** The failure that an error of a cell or claim is. */
export const failureOf = (key: string, cause: unknown): Failure => ({
  key,
  message: cause instanceof Error ? cause.message : String(cause),
})
