import {
  classDistribution,
  meanScores,
  predicateDistribution,
  tinySettings,
  tinySizes,
  type TinySettings,
  type TinyOptions,
  type TinyScene,
} from './tiny.js'

/** Predictions of the optimal rule for each kind of information: classes of objects, [n]. */
export interface TinyAnswers {
  /** from an object's own scores */
  readonly own: Int32Array
  /** from all objects' scores, through the kind of scene */
  readonly withType: Int32Array
  /** from all objects' scores and all scores of relations, without the kind of scene */
  readonly withRelations: Int32Array
  /** from everything: the Bayes-optimal rule */
  readonly joint: Int32Array
  /**
   * [n], their posterior probabilities, whose mean over scenes is the expected accuracy
   */
  readonly jointProbability: Float64Array
  /** [n²] predicates, from the pair's own scores */
  readonly ownPredicates: Int32Array
  /** [n²] predicates, given the true classes */
  readonly knownClasses: Int32Array
}

const { objects: n, classes: C, predicates: R, types: T } = tinySizes

/** P(r | a, b), [a, b, r]. */
const predicateTable = Float64Array.from({ length: C * C * R }, (_, at) => {
  const pair = Math.floor(at / R)
  return predicateDistribution(Math.floor(pair / C), pair % C)[at % R]
})

/**
 * The Bayes-optimal rules, each the argmax of a marginal posterior, by enumeration of all 7⁵
 * labelings.
 *
 * @throws RangeError for options out of their range
 * Cost: about 0.5 ms. Source: ours.
 *
 * @example
 * import { tinyAnswers, tinyScene } from '@nonconvex/structured/scenes'
 * import { stream } from '@nonconvex/tensor'
 * let right = 0
 * for (let t = 0; t < 400; t++) {
 *   const scene = tinyScene(stream(1).child('scene', t))
 *   tinyAnswers(scene).joint.forEach((c, i) => (right += Number(c === scene.classes[i])))
 * }
 * console.log((right / 2000).toFixed(1)) // → 0.9
 */
export function tinyAnswers(scene: TinyScene, options: TinyOptions = {}): TinyAnswers {
  const settings = tinySettings('tinyAnswers', options)
  const given = classDistribution(settings)
  const prior = Array.from({ length: C }, (_, c) => given.reduce((sum, p) => sum + p[c] / T, 0))
  const likelihood = likelihoods(scene, settings)
  const pairs = pairFactors(scene, settings)
  const own = argmaxRows(n, C, (i, c) => prior[c] * likelihood[i * C + c])
  const { free, joint } = enumerate(given, prior, likelihood, pairs)
  const evidence = given.map((p) =>
    Array.from({ length: n }, (_, i) =>
      p.reduce((sum, pc, c) => sum + pc * likelihood[i * C + c], 0),
    ),
  )
  const withType = argmaxRows(n, C, (i, c) =>
    given.reduce((sum, p, t) => {
      const others = evidence[t].reduce((product, e, j) => (j === i ? product : product * e), 1)
      return sum + p[c] * likelihood[i * C + c] * others
    }, 0),
  )
  const { classes, relations } = scene
  const score = (pair: number, r: number): number =>
    Math.exp(settings.relationMargin * relations.data[pair * R + r])
  const marginal = marginalPredicates(given)
  const best = argmaxRows(n, C, (i, c) => joint[i * C + c])
  return {
    own,
    withType,
    withRelations: argmaxRows(n, C, (i, c) => free[i * C + c]),
    joint: best,
    jointProbability: Float64Array.from(best, (c, i) => {
      const row = joint.subarray(i * C, (i + 1) * C)
      return row[c] / row.reduce((sum, p) => sum + p, 0)
    }),
    ownPredicates: argmaxRows(n * n, R, (pair, r) => marginal[r] * score(pair, r)),
    knownClasses: argmaxRows(n * n, R, (pair, r) => {
      const known = predicateDistribution(classes[Math.floor(pair / n)], classes[pair % n])
      return known[r] * score(pair, r)
    }),
  }
}

/** e^(−½|x_i − μ_c|²), in units of the largest of each object. */
function likelihoods({ objects }: TinyScene, settings: TinySettings): Float64Array {
  const means = Array.from({ length: C }, (_, c) => meanScores(c, settings))
  const out = new Float64Array(n * C)
  for (let i = 0; i < n; i++) {
    const logs = means.map((mean) =>
      mean.reduce((sum, m, k) => sum - (objects.data[i * C + k] - m) ** 2 / 2, 0),
    )
    const top = Math.max(...logs)
    logs.forEach((x, c) => (out[i * C + c] = Math.exp(x - top)))
  }
  return out
}

/**
 * For i < j: Σ_r P(r | a, b) e^(s q_ij(r)) Σ_r P(r | b, a) e^(s q_ji(r)), [(i, j), a, b], scaled.
 */
function pairFactors({ relations: { data } }: TinyScene, settings: TinySettings): Float64Array {
  const weights = new Float64Array(n * n * R)
  for (let pair = 0; pair < n * n; pair++) {
    const row = data.subarray(pair * R, (pair + 1) * R)
    const top = Math.max(...row)
    row.forEach((q, r) => (weights[pair * R + r] = Math.exp(settings.relationMargin * (q - top))))
  }
  const factor = (pair: number, a: number, b: number): number => {
    let sum = 0
    for (let r = 0; r < R; r++) sum += predicateTable[(a * C + b) * R + r] * weights[pair * R + r]
    return sum
  }
  const out = new Float64Array(n * n * C * C)
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++)
      for (let a = 0; a < C; a++)
        for (let b = 0; b < C; b++)
          out[((i * n + j) * C + a) * C + b] = factor(i * n + j, a, b) * factor(j * n + i, b, a)
  return out
}

/**
 * Marginals over all labelings: with independent classes (`free`) and with the kind of scene
 * summed out.
 */
function enumerate(
  given: readonly (readonly number[])[],
  prior: readonly number[],
  likelihood: Float64Array,
  pairs: Float64Array,
): { free: Float64Array; joint: Float64Array } {
  const [free, joint] = [new Float64Array(n * C), new Float64Array(n * C)]
  const chosen = new Int32Array(n)
  /**
   * by depth: P of the classes so far without, and with each kind of scene; times likelihoods and
   * pairs
   */
  const w = new Float64Array(4 * (n + 1)).fill(1, 0, 4)
  const [first, second, third] = given
  const visit = (i: number): void => {
    const at = 4 * i
    if (i === n) {
      const together = (w[at + 1] + w[at + 2] + w[at + 3]) / T
      for (let k = 0; k < n; k++) {
        free[k * C + chosen[k]] += w[at]
        joint[k * C + chosen[k]] += together
      }
      return
    }
    for (let c = 0; c < C; c++) {
      let factor = likelihood[i * C + c]
      for (let j = 0; j < i; j++) factor *= pairs[((j * n + i) * C + chosen[j]) * C + c]
      chosen[i] = c
      w[at + 4] = w[at] * prior[c] * factor
      w[at + 5] = w[at + 1] * first[c] * factor
      w[at + 6] = w[at + 2] * second[c] * factor
      w[at + 7] = w[at + 3] * third[c] * factor
      visit(i + 1)
    }
  }
  visit(0)
  return { free, joint }
}

/** P(r) of a pair of objects of one scene. */
function marginalPredicates(given: readonly (readonly number[])[]): number[] {
  const out = [0, 0, 0, 0]
  for (const p of given)
    for (let a = 0; a < C; a++)
      for (let b = 0; b < C; b++)
        for (let r = 0; r < R; r++)
          out[r] += (p[a] * p[b] * predicateTable[(a * C + b) * R + r]) / T
  return out
}

/** For each row the column of the largest value, the first of equals. */
function argmaxRows(
  rows: number,
  cols: number,
  value: (row: number, col: number) => number,
): Int32Array {
  return new Int32Array(rows).map((_, row) => {
    let best = 0
    for (let col = 1; col < cols; col++) if (value(row, col) > value(row, best)) best = col
    return best
  })
}
