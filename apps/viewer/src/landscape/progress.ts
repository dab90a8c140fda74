import type { Run } from './descent.js'

/** Iterations until none of the runs moves visibly any more, all of them if one never does. */
export function visibleSteps(runs: readonly Pick<Run, 'iterations' | 'steps'>[]): number {
  return Math.max(
    0,
    ...runs.map(({ iterations, steps }) => Math.min(steps, 1 + (iterations.at(-2) ?? 0))),
  )
}

/** Which fraction of its trajectory, by length, a run has behind it after so many iterations. */
export function fractionAt({ path, iterations, steps }: Run, iteration: number): number {
  if (iteration >= visibleSteps([{ iterations, steps }])) return 1
  let [behind, whole] = [0, 0]
  for (let i = 1; i < iterations.length; i++) {
    const piece = Math.hypot(path[2 * i] - path[2 * i - 2], path[2 * i + 1] - path[2 * i - 1])
    whole += piece
    if (iterations[i] <= iteration) behind = whole
  }
  return whole === 0 ? 1 : behind / whole
}

/** The loss of a run after so many iterations. */
export function lossAt({ losses, iterations }: Run, iteration: number): number {
  let i = 0
  while (i + 1 < iterations.length && iterations[i + 1] <= iteration) i++
  return losses[i]
}
