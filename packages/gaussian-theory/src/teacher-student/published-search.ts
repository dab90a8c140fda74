/** What the published search found with k teacher neurons and n = k or k + 1 neurons. */
export interface PublishedSearch {
  readonly k: number
  /** n − k */
  readonly extra: 0 | 1
  /** runs of 1000 that ended with a loss of at least 1e-3 */
  readonly bad: number
  /** the smallest loss of their ends */
  readonly smallestLoss: number
  /** decimals of that loss */
  readonly decimals: 6 | 9
}

/** Runs for each pair (n, k) of the published search. */
export const PUBLISHED_RUNS = 1000

// k, runs that missed the teacher, smallest loss
const square: readonly (readonly [number, number, number])[] = [
  [6, 3, 0.025080581],
  [7, 55, 0.023202715],
  [8, 126, 0.021508037],
  [9, 218, 0.020014176],
  [10, 346, 0.018702195],
  [11, 455, 0.017546676],
  [12, 585, 0.016523793],
  [13, 730, 0.015613154],
  [14, 736, 0.014797829],
  [15, 803, 0.014063882],
  [16, 851, 0.013399845],
  [17, 897, 0.012796245],
  [18, 900, 0.012245213],
  [19, 934, 0.01174017],
  [20, 949, 0.011275582],
]

const wider: readonly (readonly [number, number, number])[] = [
  [8, 1, 0.020560792],
  [10, 1, 0.017892655],
  [11, 1, 0.016784482],
  [12, 3, 0.015800516],
  [13, 15, 0.014922737],
  [14, 55, 0.014136],
  [15, 102, 0.013427],
  [16, 180, 0.012785],
  [17, 233, 0.012201],
  [18, 369, 0.011668],
  [19, 491, 0.01118],
]

/**
 * The results of the published search, from its archive: 1000 runs for each pair of sizes. Pairs of
 * which the archive has no file are missing: all k ≤ 5, and k = 6, 7, 9 with n = k + 1.
 *
 * Source: the repository ItaySafran/OneLayerGDconvergence of Safran & Shamir (2018); the losses are
 * those of its points, computed by `loss`.
 *
 * @example
 * import { publishedSearch } from '@nonconvex/gaussian-theory/teacher-student'
 * console.log(publishedSearch.find(({ k, extra }) => k === 8 && extra === 0)?.bad) // → 126
 */
export const publishedSearch: readonly PublishedSearch[] = [
  ...square.map(([k, bad, smallestLoss]) => {
    return { k, extra: 0, bad, smallestLoss, decimals: 9 } as const
  }),
  ...wider.map(([k, bad, smallestLoss]) => {
    return { k, extra: 1, bad, smallestLoss, decimals: k < 14 ? 9 : 6 } as const
  }),
]
