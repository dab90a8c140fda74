import { noOverlapLoss } from '@nonconvex/gaussian-theory'
import { stepsUntil, type Polar } from '@nonconvex/gaussian-theory/descent'

type At = Required<Polar>

/** Gradient descent from norm r₀ at angle φ₀ to −w*, ‖w*‖ = 1. */
export interface ScalarRun {
  readonly r0: number
  readonly phi0: number
  readonly k: number
  readonly eta: number
  readonly maxSteps: number
}

/**
 * The number of steps by the recursion of norm and angle, independent of the run on vectors.
 *
 * @throws Error unless it agrees with what was recorded, to one step
 */
export function checkScalars(
  which: string,
  recorded: number,
  { r0, phi0, k, eta, maxSteps }: ScalarRun,
  arrived: (at: At) => boolean,
): void {
  const start = { r: r0, theta: Math.PI - phi0, phi: phi0 }
  const steps = stepsUntil(start, k, arrived, { maxSteps, eta }) ?? maxSteps + 1
  if (!(Math.abs(steps - recorded) <= 1))
    throw new Error(`${which}: two scalars need ${steps} steps, recorded are ${recorded}`)
}

/** Whether the loss without overlap is at most ε. */
export const lossBelow =
  (eps: number, k: number) =>
  ({ r, theta }: At): boolean =>
    noOverlapLoss([r * Math.cos(theta), r * Math.sin(theta)], [1, 0], k) <= eps
