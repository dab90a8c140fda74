/** A training that goes on: how many iterations or passes were made, and what is left to the tolerance. */
export interface TrainingProgress {
  readonly iteration: number
  /** the certificate, without one the norm of the gradient; of the perceptron the mistakes of the pass */
  readonly left: number
}

/** Makes all steps; what they end with. */
export function lastOf<T>(steps: Generator<TrainingProgress, T>): T {
  let found = steps.next()
  while (found.done !== true) found = steps.next()
  return found.value
}
