import type { SeparableModel } from '@nonconvex/overparam/fit'
import { norm2 } from '@nonconvex/tensor'

/**
 * ‖W‖ of each network: |N(x)| ≤ ‖W‖ ‖x‖, so that N(x)/‖W‖ is a margin on one scale for all, however
 * long a network was trained.
 */
export const weightNorms = (models: readonly SeparableModel[]): readonly number[] =>
  models.map(({ net }) => norm2(net.weights) || 1)

/** The largest normalized output, and whose it is; −1 if two have it. */
export function largestOutput(
  outputs: readonly number[],
  norms: readonly number[],
): { readonly name: number; readonly output: number } {
  const normalized = outputs.map((output, c) => output / norms[c])
  const output = Math.max(...normalized)
  const name = normalized.indexOf(output)
  return { name: normalized.includes(output, name + 1) ? -1 : name, output }
}
