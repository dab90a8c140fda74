/** Groups of pairs of numbers; only pairs within a group are compared with each other. */
export type Groups = readonly (readonly (readonly [number, number])[])[]

/**
 * Kendall's τ over several groups: (concordant − discordant) / all pairs, and its distance from 0
 * in standard deviations under random order within each group. Ties count as neither.
 *
 * @param groups - pairs of finite numbers; with fewer than two pairs in each group τ and z are 0
 *
 * Cost: O(n²) in the size of a group.
 *
 * @example
 * import { kendall } from '@nonconvex/optim/statistics'
 * console.log(kendall([[[1, 10], [2, 20], [3, 15]]]).tau) // → 0.3333333333333333
 */
export function kendall(groups: Groups): {
  readonly tau: number
  readonly z: number
  readonly pairs: number
} {
  let [sum, pairs, variance] = [0, 0, 0]
  for (const group of groups) {
    const n = group.length
    pairs += (n * (n - 1)) / 2
    variance += (n * (n - 1) * (2 * n + 5)) / 18
    group.forEach(([x, y], i) => {
      for (const [a, b] of group.slice(i + 1)) sum += Math.sign((a - x) * (b - y))
    })
  }
  return {
    tau: pairs > 0 ? sum / pairs : 0,
    z: variance > 0 ? sum / Math.sqrt(variance) : 0,
    pairs,
  }
}
